// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/engine_fixture.h"

#include <QtTest>

#include <string>

using namespace enginetest;

class TestEngine : public QObject {
    Q_OBJECT

private slots:
    void getsOverTls() {
        LyingServer server(tls(), [](const Exchange&, Wire& wire) {
            wire.write(testsupport::answer::plain("hello", 200, {{"X-Thing", "some"}}));
        });
        net::Engine engine;
        net::Request request = get(trusting(server.url() + "/prefix/"), "/api?x=1");
        request.headers = {{"Accept", "application/json"}};
        const auto result = ask(engine, request);
        QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
        QCOMPARE(result->status, 200);
        QCOMPARE(result->httpVersion, 11);
        QCOMPARE(result->body, std::string("hello"));
        QCOMPARE(std::string(net::header(result->headers, "x-thing")), std::string("some"));
        const net::Timings& timings = result->timings;
        qInfo("lookup %lld connect %lld tls %lld first byte %lld total %lld us",
              static_cast<long long>(timings.nameLookup), static_cast<long long>(timings.connect),
              static_cast<long long>(timings.tls), static_cast<long long>(timings.firstByte),
              static_cast<long long>(timings.total));
        QVERIFY(timings.nameLookup > 0);
        QVERIFY(timings.connect >= timings.nameLookup);
        QVERIFY(timings.tls > timings.connect);
        QVERIFY(result->timings.total >= result->timings.firstByte);
        const auto again = ask(engine, request);
        QVERIFY(again.has_value());
        QCOMPARE(again->timings.tls, std::int64_t(-1));
        QCOMPARE(server.connections(), 1);
        const Exchange seen = server.seen().at(0);
        QCOMPARE(seen.target, std::string("/prefix/api?x=1"));
        QCOMPARE(seen.header("Accept"), std::string("application/json"));
        QCOMPARE(seen.header("Accept-Encoding"), std::string("gzip"));
        QCOMPARE(seen.header("User-Agent"), std::string("quarterdeck"));
    }

    void sendsBodies_data() {
        QTest::addColumn<QString>("method");
        for (const char* method : {"POST", "PUT", "PATCH", "DELETE"})
            QTest::newRow(method) << method;
    }
    void sendsBodies() {
        QFETCH(QString, method);
        LyingServer server(
            [](const Exchange& exchange, Wire& wire) { wire.write(testsupport::answer::plain(exchange.body, 201)); });
        net::Engine engine;
        net::Request request = get(trusting(server.url()));
        request.method = method.toStdString();
        request.headers = {{"Content-Type", "application/merge-patch+json"}};
        request.body = std::string(300000, 'x');
        const auto result = ask(engine, request);
        QVERIFY(result.has_value());
        QCOMPARE(result->status, 201);
        QCOMPARE(result->body, request.body);
        QCOMPARE(server.seen().at(0).method, request.method);
        QCOMPARE(server.seen().at(0).header("Content-Type"), std::string("application/merge-patch+json"));
        QCOMPARE(server.seen().at(0).header("Expect"), std::string());
    }

    void streamsAsItComes() {
        Gate gate;
        LyingServer server(tls(), [&](const Exchange&, Wire& wire) {
            wire.write(testsupport::answer::chunkedHead);
            wire.write(testsupport::answer::chunk("one"));
            wire.wait(gate);
            wire.write(testsupport::answer::chunk("two"));
            wire.write(testsupport::answer::lastChunk);
        });
        net::Engine engine;
        base::ManualExecutor executor;
        Streamed streamed;
        net::StreamSink sink = into(streamed, executor);
        auto count = std::move(sink.data);
        // The second piece is only sent once the first one was seen here.
        sink.data = [&](std::string data) {
            count(std::move(data));
            gate.open();
        };
        const base::Cancel cancel = engine.stream(get(trusting(server.url())), executor, std::move(sink));
        QVERIFY(executor.runFor(60000));
        QCOMPARE(streamed.data, std::string("onetwo"));
        QCOMPARE(streamed.pieces, 2);
        QCOMPARE(streamed.order, std::string("hde"));
        QVERIFY(streamed.end->has_value());
    }

    void cutStreamEndsWithError() {
        LyingServer server(tls(), [](const Exchange&, Wire& wire) {
            wire.write(testsupport::answer::chunkedHead);
            wire.write(testsupport::answer::chunk("one"));
            wire.reset();
        });
        net::Engine engine;
        const Streamed streamed = follow(engine, get(trusting(server.url())));
        QVERIFY(streamed.end && !streamed.end->has_value());
        QCOMPARE(nameOf(streamed.end->error().code), nameOf(ErrorCode::Unreachable));
    }

    void unpacksGzip() {
        std::string body;
        for (int i = 0; i < 100000; ++i)
            body += "line " + std::to_string(i) + "\n";
        const std::string packed = testsupport::answer::gzip(body);
        LyingServer server([&](const Exchange&, Wire& wire) {
            wire.write(testsupport::answer::plain(packed, 200, {{"Content-Encoding", "gzip"}}));
        });
        net::Engine engine;
        const auto result = ask(engine, get(trusting(server.url())));
        QVERIFY(result.has_value());
        QCOMPARE(result->body, body);
        QVERIFY(net::header(result->headers, "Content-Encoding").empty());
        const Streamed streamed = follow(engine, get(trusting(server.url())));
        QCOMPARE(streamed.data, body);
        net::Request small = get(trusting(server.url()));
        small.maxBody = 100000;
        const auto refused = ask(engine, small);
        QVERIFY(!refused.has_value());
        QCOMPARE(nameOf(refused.error().code), nameOf(ErrorCode::BadResponse));
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
