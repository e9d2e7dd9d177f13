// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/engine_fixture.h"
#include "tests/support/h2_script.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

using namespace enginetest;
using Greeting = LyingServer::Greeting;
using Speech = LyingServer::Speech;

namespace answer = testsupport::answer;
namespace h2 = testsupport::h2;

namespace {

void sayOk(const Exchange&, Wire& wire) {
    wire.write(answer::plain("ok"));
}

} // namespace

// How requests reach their server: identities, shared connections, proxies, limits.
class TestEngineWays : public QObject {
    Q_OBJECT

private slots:
    void init() {
        for (const char* name : {"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"})
            qunsetenv(name);
    }

    void presentsTheClientCertificate() {
        LyingServer::Options options = tls();
        options.clientCaPem = authority().pem();
        LyingServer server(options, sayOk);
        net::Engine engine;
        for (const char* name : {"alice", "bob", "alice"}) {
            testsupport::CertificateWish wish;
            wish.commonName = name;
            static std::map<std::string, testsupport::Identity> identities;
            if (!identities.contains(name))
                identities[name] = authority().issue(wish);
            net::Endpoint endpoint = trusting(server.url());
            endpoint.clientCertPem = identities[name].certPem;
            endpoint.clientKeyPem = identities[name].keyPem;
            const auto result = ask(engine, get(endpoint));
            QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
            QCOMPARE(server.seen().back().clientName, std::string(name));
        }
        QCOMPARE(server.connections(), 2); // the third request went over the first one's connection
    }

    // Trust is part of the way: a connection that was accepted without verification, or against another authority, is
    // not lent to a request that demands more.
    void unequalEndpointsShareNothing() {
        LyingServer server(tls(), sayOk);
        net::Engine engine;
        net::Endpoint insecure;
        insecure.url = server.url();
        insecure.insecureSkipVerify = true;
        QVERIFY(ask(engine, get(insecure)).has_value());
        net::Endpoint foreign = trusting(server.url());
        foreign.caPem = testsupport::CertificateAuthority("foreign").pem();
        QVERIFY(!ask(engine, get(foreign)).has_value());
        net::Endpoint strict = trusting(server.url());
        QVERIFY(ask(engine, get(strict)).has_value());
        QVERIFY(!ask(engine, get(foreign)).has_value());
        net::Endpoint named = strict;
        named.tlsServerName = "localhost";
        QVERIFY(ask(engine, get(named)).has_value());
        net::Endpoint both = strict;
        both.caPem += testsupport::CertificateAuthority("one more").pem();
        QVERIFY(ask(engine, get(both)).has_value());
        const std::vector<Exchange> seen = server.seen();
        QCOMPARE(seen.size(), std::size_t(4));
        for (std::size_t i = 1; i < seen.size(); ++i)
            QVERIFY(seen[i].connection != seen[i - 1].connection);
        QVERIFY(ask(engine, get(strict)).has_value());
        QCOMPARE(server.seen().back().connection, seen[1].connection);
    }

    void serverNameOfItsOwn() {
        LyingServer::Options options = tls();
        testsupport::CertificateWish wish;
        wish.names = {"kubernetes.default.svc"};
        options.identity = authority().issue(wish);
        LyingServer server(options, sayOk);
        net::Engine engine;
        net::Endpoint endpoint = trusting(server.url() + "/prefix");
        QVERIFY(!ask(engine, get(endpoint)).has_value());
        endpoint.tlsServerName = "kubernetes.default.svc";
        const auto result = ask(engine, get(endpoint, "/api"));
        QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
        const Exchange seen = server.seen().back();
        QCOMPARE(seen.serverName, std::string("kubernetes.default.svc"));
        QCOMPARE(seen.header("Host"), "127.0.0.1:" + std::to_string(server.port()));
        QCOMPARE(seen.target, std::string("/prefix/api"));
    }

    void goesThroughAProxy_data() {
        QTest::addColumn<QString>("scheme");
        QTest::addColumn<bool>("serverName");
        QTest::newRow("http") << "http" << false;
        QTest::newRow("https") << "https" << false;
        QTest::newRow("socks5") << "socks5" << false;
        QTest::newRow("http and server name") << "http" << true;
        QTest::newRow("socks5 and server name") << "socks5" << true;
    }
    void goesThroughAProxy() {
        QFETCH(QString, scheme);
        QFETCH(bool, serverName);
        LyingServer::Options options = tls();
        testsupport::CertificateWish wish;
        wish.names = {serverName ? "inner" : "cluster.invalid"};
        options.identity = authority().issue(wish);
        LyingServer server(options, sayOk);
        // The name means nothing here: only the proxy knows where it leads.
        std::string asked;
        std::string authorization;
        const auto connect = [&](const Exchange& exchange, Wire& wire) {
            asked = exchange.target;
            authorization = exchange.header("Authorization") + exchange.header("Proxy-Authorization");
            wire.write("HTTP/1.1 200 Go\r\n\r\n");
            wire.relay(server.port());
        };
        const auto socks = [&](const Exchange&, Wire& wire) {
            wire.read(); // version, methods
            wire.write(std::string("\x05\x00", 2));
            const std::string request = wire.read();
            asked = request.substr(5, static_cast<std::size_t>(request[4])) + " by type " + std::to_string(request[3]);
            wire.write(std::string("\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00", 10));
            wire.relay(server.port());
        };
        LyingServer::Options proxyOptions = scheme == "https" ? tls() : LyingServer::Options{};
        proxyOptions.speech = scheme == "socks5" ? Speech::Raw : Speech::Http1;
        net::Endpoint endpoint = trusting("https://cluster.invalid:6443");
        if (serverName)
            endpoint.tlsServerName = "inner";
        LyingServer proxy(proxyOptions, scheme == "socks5" ? testsupport::Script(socks) : testsupport::Script(connect));
        endpoint.proxyUrl = scheme.toStdString() + "://127.0.0.1:" + std::to_string(proxy.port());
        net::Request request = get(endpoint);
        request.headers = {{"Authorization", "Bearer secret"}};
        {
            net::Engine engine;
            const auto result = ask(engine, request);
            QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
        }
        QCOMPARE(server.seen().at(0).header("Authorization"), std::string("Bearer secret"));
        QCOMPARE(server.seen().at(0).header("Host"), std::string("cluster.invalid:6443"));
        QCOMPARE(asked, scheme == "socks5" ? std::string("cluster.invalid by type 3") : "cluster.invalid:6443");
        QCOMPARE(authorization, std::string());
    }

    void proxyFromTheEnvironment() {
        LyingServer proxy([](const Exchange&, Wire& wire) { wire.write(answer::plain("", 407)); });
        const std::string url = "http://127.0.0.1:" + std::to_string(proxy.port());
        qputenv("HTTPS_PROXY", url.c_str());
        qputenv("NO_PROXY", ".direct.invalid");
        net::Engine engine;
        const auto denied = ask(engine, get(trusting("https://cluster.invalid")));
        QVERIFY(!denied);
        QCOMPARE(nameOf(denied.error().code), nameOf(ErrorCode::Unauthorized));
        const auto direct = ask(engine, get(trusting("https://a.direct.invalid")));
        QVERIFY(!direct);
        QCOMPARE(nameOf(direct.error().code), nameOf(ErrorCode::NameResolution));
        LyingServer local(tls(), sayOk);
        QVERIFY(ask(engine, get(trusting(local.url()))).has_value());
        QCOMPARE(proxy.seen().size(), std::size_t(1));
    }

    void limitsConnectionsAndRequests() {
        Gate gate;
        LyingServer server(tls(), [&](const Exchange& exchange, Wire& wire) {
            if (exchange.target == "/first") {
                wire.write(answer::plain("ok"));
                return;
            }
            wire.wait(gate);
            wire.write(answer::plain("ok"));
        });
        net::Engine engine;
        net::Endpoint endpoint = trusting(server.url());
        endpoint.maxConnections = 3;
        QVERIFY(ask(engine, get(endpoint, "/first")).has_value());
        base::ManualExecutor executor;
        int done = 0;
        std::vector<base::Cancel> cancels;
        for (int i = 0; i < 10; ++i)
            cancels.push_back(engine.send(get(endpoint), executor, [&](base::Result<net::Response> result) {
                if (result && ++done == 10)
                    executor.stop();
            }));
        QTRY_COMPARE(server.seen().size(), std::size_t(4));
        QVERIFY(!executor.runFor(50));
        QCOMPARE(server.seen().size(), std::size_t(4));
        QCOMPARE(server.connections(), 3);
        gate.open();
        QVERIFY(executor.runFor(30000));
        QCOMPARE(server.connections(), 3);
    }

    // Over HTTP/1.1 streams have connections of their own: as many as allowed stand at once, requests pass beside them,
    // and what is beyond the limit says so.
    void streamsAndRequestsDoNotStarveEachOther() {
        Gate gate;
        LyingServer server(tls(), [&](const Exchange& exchange, Wire& wire) {
            if (exchange.target == "/watch") {
                wire.write(answer::chunkedHead);
                wire.hold();
            } else {
                if (exchange.target == "/slow")
                    wire.wait(gate);
                wire.write(answer::plain("ok"));
            }
        });
        net::Engine engine;
        net::Endpoint endpoint = trusting(server.url());
        endpoint.maxConnections = 2;
        endpoint.maxStreams = 12;
        QVERIFY(ask(engine, get(endpoint)).has_value());
        base::ManualExecutor executor;
        std::vector<base::Cancel> cancels;
        int slow = 0;
        for (int i = 0; i < 2; ++i)
            cancels.push_back(engine.send(get(endpoint, "/slow"), executor,
                                          [&](base::Result<net::Response> result) { slow += result ? 1 : 0; }));
        std::array<Streamed, 15> streams;
        for (Streamed& streamed : streams) {
            net::Request request = get(endpoint, "/watch");
            request.deadline = std::chrono::milliseconds(1500);
            cancels.push_back(engine.stream(request, executor, into(streamed, executor)));
        }
        // Slow requests hold up no stream,
        QTRY_COMPARE(server.openConnections(), 14);
        // and streams hold up no request.
        gate.open();
        QTRY_COMPARE((executor.runPending(), slow), 2);
        QVERIFY(ask(engine, get(endpoint)).has_value());
        for (int i = 0; i < 3; ++i)
            QVERIFY(executor.runFor(30000));
        const auto count = [&](const auto& is) { return std::count_if(streams.begin(), streams.end(), is); };
        QCOMPARE(count([](const Streamed& streamed) { return streamed.head && !streamed.end; }), 12);
        QCOMPARE(count([](const Streamed& streamed) {
                     return streamed.end && streamed.end->error().code == ErrorCode::TimedOut &&
                            streamed.end->error().message.find("12 streams") != std::string::npos;
                 }),
                 3);
        QCOMPARE(server.openConnections(), 14);
    }

    // One that ends lets the next one in.
    void endedStreamMakesRoom() {
        LyingServer server(tls(), [](const Exchange& exchange, Wire& wire) {
            wire.write(exchange.target == "/watch" ? std::string(answer::chunkedHead) : answer::plain("ok"));
            if (exchange.target == "/watch")
                wire.hold();
        });
        net::Engine engine;
        net::Endpoint endpoint = trusting(server.url());
        endpoint.maxStreams = 1;
        QVERIFY(ask(engine, get(endpoint)).has_value());
        base::ManualExecutor executor;
        Streamed first;
        Streamed second;
        base::Cancel running = engine.stream(get(endpoint, "/watch"), executor, into(first, executor));
        const base::Cancel waiting = engine.stream(get(endpoint, "/watch"), executor, into(second, executor));
        QTRY_VERIFY((executor.runPending(), first.head.has_value()));
        QVERIFY(!second.head);
        running.cancel();
        QTRY_VERIFY((executor.runPending(), second.head.has_value()));
    }

    void honoursRetryAfter() {
        std::atomic<int> served = 0;
        LyingServer server(tls(), [&](const Exchange&, Wire& wire) {
            if (++served == 1)
                wire.write(answer::plain("busy", 429, {{"Retry-After", "1"}}));
            else
                wire.write(answer::plain("ok"));
        });
        LyingServer other(tls(), sayOk);
        net::Engine engine;
        const auto first = ask(engine, get(trusting(server.url())));
        QVERIFY(first && first->status == 429);
        QElapsedTimer timer;
        timer.start();
        auto second = ask(engine, get(trusting(server.url())));
        QVERIFY(!second);
        QCOMPARE(nameOf(second.error().code), nameOf(ErrorCode::Throttled));
        QCOMPARE(second.error().httpStatus, 429);
        QVERIFY(second.error().retryAfter && second.error().retryAfter->count() <= 1000);
        QVERIFY(ask(engine, get(trusting(other.url()))).has_value());
        base::ManualExecutor patience;
        QVERIFY(!patience.runFor(static_cast<int>(second.error().retryAfter->count())));
        QVERIFY(ask(engine, get(trusting(server.url()))).has_value());
        QVERIFY(timer.elapsed() >= 900);
        QCOMPARE(served.load(), 2);
    }

    // Eight servers that hang in their handshake hold up the ninth for half a second at most.
    void hangingHandshakesDoNotBlockOthers() {
        LyingServer::Options silent;
        silent.greeting = Greeting::Silent;
        std::vector<std::unique_ptr<LyingServer>> tarpits;
        net::Engine engine;
        base::ManualExecutor executor;
        std::vector<base::Cancel> cancels;
        for (int i = 0; i < 16; ++i) {
            tarpits.push_back(std::make_unique<LyingServer>(silent, [](const Exchange&, Wire&) {}));
            cancels.push_back(
                engine.send(get(trusting(tarpits.back()->url())), executor, [](base::Result<net::Response>) {}));
        }
        LyingServer server(tls(), sayOk);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(ask(engine, get(trusting(server.url()))).has_value());
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
    }

    void multiplexesOverHttp2() {
        LyingServer::Options options = tls();
        options.speech = Speech::Raw;
        options.protocol = "h2";
        LyingServer server(options, [](const Exchange&, Wire& wire) {
            h2::serve(wire, [](std::uint32_t stream, int number) {
                return h2::head(stream) + h2::data(stream, "stream " + std::to_string(number), h2::End::Stream);
            });
        });
        net::Engine engine;
        base::ManualExecutor executor;
        int done = 0;
        std::vector<base::Cancel> cancels;
        for (int i = 0; i < 60; ++i)
            cancels.push_back(
                engine.send(get(trusting(server.url())), executor, [&](base::Result<net::Response> result) {
                    if (result && result->httpVersion == 20 && result->body.starts_with("stream ") && ++done == 60)
                        executor.stop();
                }));
        QVERIFY(executor.runFor(30000));
        QCOMPARE(server.connections(), 1);
    }

    // The server takes its leave in order: streams that it still serves go on, new requests use another connection.
    void http2GoAway() {
        LyingServer::Options options = tls();
        options.speech = Speech::Raw;
        options.protocol = "h2";
        LyingServer server(options, [](const Exchange& exchange, Wire& wire) {
            h2::serve(wire, [&](std::uint32_t stream, int number) {
                if (exchange.connection == 1 && number == 2)
                    return h2::head(stream) + h2::data(stream, "last", h2::End::Stream) + h2::goAway(stream);
                return h2::head(stream) + h2::data(stream, "ok", h2::End::Stream);
            });
        });
        net::Engine engine;
        for (int i = 0; i < 5; ++i) {
            const auto result = ask(engine, get(trusting(server.url())));
            QVERIFY2(result.has_value(), result ? "" : result.error().message.c_str());
        }
        QCOMPARE(server.connections(), 2);
    }
};

QTEST_GUILESS_MAIN(TestEngineWays)
#include "tst_engine_ways.moc"
