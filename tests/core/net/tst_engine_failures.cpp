// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/engine_fixture.h"

#include <QtTest>

#include <string>
#include <vector>

using namespace enginetest;
using Greeting = LyingServer::Greeting;
using testsupport::CertificateAuthority;
using testsupport::RefusingPort;
using testsupport::SilentPort;

namespace answer = testsupport::answer;

namespace {

void say(const base::Error& error) {
    qInfo("%s: %s", nameOf(error.code).c_str(), error.message.c_str());
}

// The request fails with `code`, and its message holds `words`.
bool failsWith(const base::Result<net::Response>& result, ErrorCode code, const std::string& words) {
    if (result) {
        qWarning("answered with status %d", result->status);
        return false;
    }
    say(result.error());
    return result.error().code == code && result.error().message.find(words) != std::string::npos;
}

} // namespace

class TestEngineFailures : public QObject {
    Q_OBJECT

private slots:
    void refused() {
        const RefusingPort port;
        net::Engine engine;
        const auto result = ask(engine, get(trusting("https://127.0.0.1:" + std::to_string(port.port()))));
        QVERIFY(failsWith(result, ErrorCode::Refused, "127.0.0.1:" + std::to_string(port.port())));
    }

    void unknownName() {
        net::Engine engine;
        QVERIFY(failsWith(ask(engine, get(trusting("https://does-not-exist.invalid"))), ErrorCode::NameResolution,
                          "does-not-exist.invalid"));
    }

    void noRoute() {
        net::Engine engine;
        QVERIFY(failsWith(ask(engine, get(trusting("https://255.255.255.255:6443"))), ErrorCode::Unreachable, "255"));
    }

    void badUrls_data() {
        QTest::addColumn<QString>("url");
        QTest::newRow("no scheme") << "example.com";
        QTest::newRow("other scheme") << "ftp://example.com";
        QTest::newRow("no host") << "https://";
        QTest::newRow("bad port") << "https://example.com:port";
        QTest::newRow("empty") << "";
        QTest::newRow("space") << "https://exa mple.com";
    }
    void badUrls() {
        QFETCH(QString, url);
        net::Engine engine;
        QVERIFY(failsWith(ask(engine, get(trusting(url.toStdString()))), ErrorCode::BadInput, ""));
    }

    void badProxy() {
        net::Engine engine;
        net::Endpoint endpoint = trusting("https://example.com");
        endpoint.proxyUrl = "gopher://user:secret@proxy:1";
        const auto result = ask(engine, get(endpoint));
        QVERIFY(failsWith(result, ErrorCode::BadInput, "proxy"));
        QVERIFY(result.error().message.find("secret") == std::string::npos);
        const RefusingPort port;
        endpoint.proxyUrl = "http://user:secret@127.0.0.1:" + std::to_string(port.port());
        const auto refused = ask(engine, get(endpoint));
        QVERIFY(failsWith(refused, ErrorCode::Refused, "proxy 127.0.0.1:" + std::to_string(port.port())));
        QVERIFY(refused.error().message.find("secret") == std::string::npos);
    }

    void headerInjection() {
        net::Engine engine;
        net::Request request = get(trusting("https://127.0.0.1:1"));
        request.headers = {{"Impersonate-User", "a\r\nAuthorization: b"}};
        QVERIFY(failsWith(ask(engine, request), ErrorCode::BadInput, "header"));
    }

    void certificates_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("expired") << "expired" << "has expired";
        QTest::newRow("future") << "future" << "not valid yet";
        QTest::newRow("unknown") << "unknown" << "unknown authority";
        QTest::newRow("name") << "name" << "not made out for the name 127.0.0.1";
        QTest::newRow("no CA in data") << "garbage" << "holds no certificate";
        QTest::newRow("system CAs only") << "system" << "unknown authority";
        QTest::newRow("no client certificate") << "client" << "asks for a client certificate";
        QTest::newRow("expired client certificate") << "clientExpired" << "it has expired";
        QTest::newRow("client certificate of another authority") << "clientForeign" << "client certificate";
        QTest::newRow("client key of another certificate") << "clientKey" << "client certificate or its key";
    }
    void certificates() {
        QFETCH(QString, kind);
        QFETCH(QString, words);
        static const CertificateAuthority other("another authority");
        LyingServer::Options options = tls();
        testsupport::CertificateWish wish;
        if (kind == "expired")
            wish.validFromS = -7200, wish.validForS = -3600;
        if (kind == "future")
            wish.validFromS = 3600;
        if (kind == "name")
            wish.names = {"kubernetes.default"};
        options.identity = kind == "unknown" ? other.issue(wish) : authority().issue(wish);
        if (kind.startsWith("client"))
            options.clientCaPem = authority().pem();
        LyingServer server(options, [](const Exchange&, Wire& wire) { wire.write(answer::plain("ok")); });
        net::Endpoint endpoint = trusting(server.url());
        if (kind == "garbage")
            endpoint.caPem = "no certificate";
        if (kind == "system")
            endpoint.caPem.clear();
        testsupport::CertificateWish clientWish;
        clientWish.commonName = "somebody";
        if (kind == "clientExpired")
            clientWish.validFromS = -7200, clientWish.validForS = -3600;
        const testsupport::Identity client =
            kind == "clientForeign" ? other.issue(clientWish) : authority().issue(clientWish);
        if (kind.startsWith("client") && kind != "client") {
            endpoint.clientCertPem = client.certPem;
            endpoint.clientKeyPem = kind == "clientKey" ? authority().issue({}).keyPem : client.keyPem;
        }
        net::Engine engine;
        const auto result = ask(engine, get(endpoint));
        QVERIFY(failsWith(result, kind == "clientExpired" ? ErrorCode::Expired : ErrorCode::Tls, words.toStdString()));
        QVERIFY(server.seen().empty());
    }

    void insecureAcceptsAnything() {
        LyingServer::Options options = tls();
        testsupport::CertificateWish wish;
        wish.names = {"other"};
        wish.validFromS = -7200;
        wish.validForS = -3600;
        options.identity = CertificateAuthority("unknown").issue(wish);
        LyingServer server(options, [](const Exchange&, Wire& wire) { wire.write(answer::plain("ok")); });
        net::Engine engine;
        net::Endpoint endpoint;
        endpoint.url = server.url();
        endpoint.insecureSkipVerify = true;
        QVERIFY(ask(engine, get(endpoint)).has_value());
    }

    void greetings_data() {
        QTest::addColumn<int>("greeting");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("words");
        const auto row = [](const char* name, Greeting greeting, ErrorCode code, const char* words) {
            QTest::newRow(name) << static_cast<int>(greeting) << static_cast<int>(code) << words;
        };
        row("half a record", Greeting::HalfRecord, ErrorCode::Tls, "in the middle of the TLS handshake");
        row("half a record, then silence", Greeting::HalfSilent, ErrorCode::TimedOut, "TLS handshake");
        row("silence", Greeting::Silent, ErrorCode::TimedOut, "TLS handshake");
        row("reset", Greeting::Reset, ErrorCode::Unreachable, "127.0.0.1"); // while connecting or while greeting
        row("garbage", Greeting::Garbage, ErrorCode::Tls, "does not speak TLS");
    }
    void greetings() {
        QFETCH(int, greeting);
        QFETCH(int, code);
        QFETCH(QString, words);
        LyingServer::Options options;
        options.greeting = static_cast<Greeting>(greeting);
        LyingServer server(options, [](const Exchange&, Wire&) {});
        net::Engine engine;
        net::Request request = get(trusting(server.url()));
        request.deadline = std::chrono::milliseconds(500);
        QVERIFY(failsWith(ask(engine, request), static_cast<ErrorCode>(code), words.toStdString()));
    }

    void plainServerAskedForTls() {
        LyingServer server([](const Exchange&, Wire& wire) { wire.write(answer::plain("ok")); });
        net::Engine engine;
        // A server that waits for more of what it takes for a request line would leave us waiting as well.
        net::Request request = get(trusting("https" + server.url().substr(4)));
        request.deadline = std::chrono::milliseconds(500);
        const auto result = ask(engine, request);
        QVERIFY(!result);
        say(result.error());
    }

    void answers_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("code");
        const auto row = [](const char* kind, ErrorCode code) {
            QTest::newRow(kind) << kind << static_cast<int>(code);
        };
        row("nothing", ErrorCode::Unreachable);
        row("reset", ErrorCode::Unreachable);
        row("cut body", ErrorCode::Unreachable);
        row("cut chunk", ErrorCode::Unreachable);
        row("garbage", ErrorCode::BadResponse);
        row("bad chunk", ErrorCode::BadResponse);
        row("bad gzip", ErrorCode::BadResponse);
        row("short gzip", ErrorCode::BadResponse);
        row("endless", ErrorCode::BadResponse);
        row("endless header", ErrorCode::BadResponse);
        row("silent", ErrorCode::TimedOut);
        row("tarpit", ErrorCode::TimedOut);
        row("slow body", ErrorCode::TimedOut);
    }
    void answers() {
        QFETCH(QString, kind);
        QFETCH(int, code);
        LyingServer server(tls(), [&](const Exchange&, Wire& wire) {
            const std::string zipped = answer::gzip(std::string(5000, 'x') + "end");
            if (kind == "nothing")
                wire.close();
            else if (kind == "reset")
                wire.reset();
            else if (kind == "cut body")
                wire.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), wire.close();
            else if (kind == "cut chunk")
                wire.write(std::string(answer::chunkedHead) + "ff\r\nhalf"), wire.close();
            else if (kind == "garbage")
                wire.write("\x03\x04 this is no HTTP\r\n\r\n"), wire.close();
            else if (kind == "bad chunk")
                wire.write(std::string(answer::chunkedHead) + "zz\r\nhalf\r\n"), wire.hold();
            else if (kind == "bad gzip")
                wire.write(answer::plain("no gzip at all", 200, {{"Content-Encoding", "gzip"}}));
            else if (kind == "short gzip")
                wire.write(answer::plain(zipped.substr(0, zipped.size() - 10), 200, {{"Content-Encoding", "gzip"}}));
            else if (kind == "endless")
                for (wire.write("HTTP/1.1 200 OK\r\n\r\n"); wire.write(std::string(65536, 'x'));) {
                }
            else if (kind == "endless header")
                for (wire.write("HTTP/1.1 200 OK\r\n"); wire.write("X-Header: " + std::string(60000, 'x') + "\r\n");) {
                }
            else if (kind == "silent")
                wire.hold();
            else if (kind == "tarpit")
                wire.dribble("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n", 1, 50);
            else if (kind == "slow body")
                wire.dribble("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x'), 5, 50);
        });
        net::Engine engine;
        net::Request request = get(trusting(server.url()));
        request.deadline = std::chrono::milliseconds(code == static_cast<int>(ErrorCode::TimedOut) ? 400 : 20000);
        request.maxBody = 1000000;
        QVERIFY(failsWith(ask(engine, request), static_cast<ErrorCode>(code), "127.0.0.1:"));
    }

    void unacceptingPort() {
        const SilentPort port;
        net::Engine engine;
        net::Request request = get(trusting("https://127.0.0.1:" + std::to_string(port.port())));
        QElapsedTimer timer;
        timer.start();
        QVERIFY(failsWith(ask(engine, request), ErrorCode::TimedOut, "accepted no connection"));
        QVERIFY2(timer.elapsed() < 10000, qPrintable(QString::number(timer.elapsed())));
    }

    // Requests that waited for the same connection fail with it instead of trying one after the other.
    void waitingOnesShareTheFailure() {
        LyingServer::Options options;
        options.greeting = Greeting::HalfRecord;
        LyingServer server(options, [](const Exchange&, Wire&) {});
        net::Engine engine;
        base::ManualExecutor executor;
        int failed = 0;
        std::vector<base::Cancel> cancels;
        for (int i = 0; i < 20; ++i)
            cancels.push_back(engine.send(get(trusting(server.url())), executor, [&](base::Result<net::Response> r) {
                if (!r && r.error().code == ErrorCode::Tls && ++failed == 20)
                    executor.stop();
            }));
        QVERIFY(executor.runFor(30000));
        QVERIFY(server.connections() < 20);
    }

    // What is not safe to repeat is sent once, even when the connection it went over was an old one.
    void postIsNotSentTwice() {
        LyingServer server(tls(), [](const Exchange& exchange, Wire& wire) {
            if (exchange.method == "POST")
                wire.reset();
            else
                wire.write(answer::plain("ok"));
        });
        net::Engine engine;
        QVERIFY(ask(engine, get(trusting(server.url()))).has_value());
        net::Request post = get(trusting(server.url()));
        post.method = "POST";
        post.body = "once";
        QVERIFY(failsWith(ask(engine, post), ErrorCode::Unreachable, ""));
        QCOMPARE(server.seen().size(), std::size_t(2));
    }

    // A server may close an idle connection just when it is used again: a GET is then asked anew.
    void getIsRepeatedOnAFreshConnection() {
        LyingServer server(tls(), [](const Exchange& exchange, Wire& wire) {
            if (exchange.connection == 1 && exchange.target == "/second")
                wire.reset();
            else
                wire.write(answer::plain("ok"));
        });
        net::Engine engine;
        QVERIFY(ask(engine, get(trusting(server.url()))).has_value());
        QVERIFY(ask(engine, get(trusting(server.url()), "/second")).has_value());
        QCOMPARE(server.connections(), 2);
    }
};

QTEST_GUILESS_MAIN(TestEngineFailures)
#include "tst_engine_failures.moc"
