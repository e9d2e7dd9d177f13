// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/engine_fixture.h"
#include "tests/support/h2_script.h"
#include "tests/support/silent_name_server.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <string>
#include <vector>

using namespace enginetest;
using Speech = LyingServer::Speech;
using std::chrono::milliseconds;
using testsupport::SilentNameServer;

namespace answer = testsupport::answer;
namespace h2 = testsupport::h2;

namespace {

void sayOk(const Exchange&, Wire& wire) {
    wire.write(answer::plain("ok"));
}

LyingServer::Options http2() {
    LyingServer::Options options = tls();
    options.speech = Speech::Raw;
    options.protocol = "h2";
    return options;
}

} // namespace

class TestEngineLiveness : public QObject {
    Q_OBJECT

private slots:
    void cleanupTestCase() {
        // Nothing waits for these threads, which is the point.
        SilentNameServer::answer();
        QTRY_COMPARE(SilentNameServer::hanging(), 0);
    }

    void silentNameServerHoldsUpNobody() {
        LyingServer server(tls(), sayOk);
        QElapsedTimer whole;
        {
            net::Engine engine;
            base::ManualExecutor executor;
            QVERIFY(ask(engine, get(trusting(server.url()))).has_value());
            std::vector<base::Cancel> cancels;
            std::string words;
            ErrorCode code = ErrorCode::Internal;
            for (int i = 0; i < 8; ++i) {
                net::Request request = get(trusting("https://" + std::to_string(i) + ".silent-name-server.test"));
                request.deadline = milliseconds(200 + 50 * i); // some are given up while we measure
                cancels.push_back(engine.send(request, executor, [&](base::Result<net::Response> result) {
                    code = result.error().code;
                    words = result.error().message;
                }));
            }
            QTRY_COMPARE(SilentNameServer::hanging(), 8);
            std::vector<qint64> times;
            whole.start();
            QElapsedTimer timer;
            while (whole.elapsed() < 700) {
                timer.start();
                QVERIFY(ask(engine, get(trusting(server.url()))).has_value());
                times.push_back(timer.nsecsElapsed());
                executor.runPending();
            }
            std::sort(times.begin(), times.end());
            const qint64 typical = times[times.size() / 2];
            const qint64 slow = times[times.size() * 99 / 100];
            qInfo("beside a silent name server: %zu requests, median %.1f ms, p99 %.1f ms", times.size(),
                  static_cast<double>(typical) / 1e6, static_cast<double>(slow) / 1e6);
            QVERIFY2(slow < 50'000'000, qPrintable(QString::number(slow)));
            QCOMPARE(nameOf(code), nameOf(ErrorCode::NameResolution));
            QVERIFY2(words.find("name server") != std::string::npos, words.c_str());
            cancels.push_back(engine.send(get(trusting("https://last.silent-name-server.test")), executor,
                                          [](base::Result<net::Response>) {}));
            QTRY_COMPARE(SilentNameServer::hanging(), 9);
            whole.start();
        }
        QVERIFY2(whole.elapsed() < 1000, "the engine waited for the name server when it was destroyed");
    }

    // A proxy in the way keeps the connection alive for a server that is gone.
    void silentStreamsAreAskedFor_data() {
        QTest::addColumn<bool>("multiplexed");
        QTest::newRow("HTTP/1.1") << false;
        QTest::newRow("HTTP/2") << true;
    }
    void silentStreamsAreAskedFor() {
        QFETCH(bool, multiplexed);
        constexpr int streams = 3;
        std::atomic<int> probes = 0;
        const auto script = [&](const Exchange& exchange, Wire& wire) {
            if (multiplexed) {
                h2::serve(wire, [&](std::uint32_t stream, int number) {
                    if (number <= streams)
                        return h2::head(stream) + h2::data(stream, "open");
                    ++probes;
                    return h2::head(stream, h2::End::Stream);
                });
            } else if (exchange.target == "/watch") {
                wire.write(std::string(answer::chunkedHead) + answer::chunk("open"));
                wire.hold();
            } else {
                if (exchange.target == "/livez")
                    ++probes;
                wire.write(answer::plain("", 403));
            }
        };
        LyingServer server(multiplexed ? http2() : tls(), script);
        LyingServer::Options raw;
        raw.speech = Speech::Raw;
        Gate freeze;
        LyingServer proxy(raw, [&](const Exchange&, Wire& wire) { wire.relay(server.port(), &freeze); });
        net::Engine engine;
        base::ManualExecutor executor;
        std::array<Streamed, streams> watches;
        std::vector<base::Cancel> cancels;
        for (Streamed& streamed : watches) {
            net::Request request = get(trusting("https" + proxy.url().substr(4)), "/watch");
            request.silence = milliseconds(600);
            cancels.push_back(engine.stream(request, executor, into(streamed, executor)));
        }
        QTRY_VERIFY_WITH_TIMEOUT((executor.runPending(), probes.load() >= 3), 10000);
        for (const Streamed& streamed : watches) {
            QCOMPARE(streamed.data, std::string("open"));
            QVERIFY(!streamed.end);
        }
        QElapsedTimer timer;
        timer.start();
        freeze.open();
        for (int i = 0; i < streams; ++i)
            QVERIFY(executor.runFor(10000));
        qInfo("noticed after %lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() < 1300); // 600 of silence after the last answer, and time for a loaded machine
        for (const Streamed& streamed : watches) {
            QVERIFY(streamed.end && !streamed.end->has_value());
            QCOMPARE(nameOf(streamed.end->error().code), nameOf(ErrorCode::Unreachable));
            QVERIFY2(streamed.end->error().message.find("is dead") != std::string::npos,
                     streamed.end->error().message.c_str());
        }
    }

    void talkingStreamsAreNotAskedFor() {
        std::atomic<int> asked = 0;
        LyingServer server(tls(), [&](const Exchange& exchange, Wire& wire) {
            if (exchange.target != "/watch") {
                ++asked;
                return;
            }
            wire.write(answer::chunkedHead);
            std::string text;
            for (int i = 0; i < 20; ++i)
                text += answer::chunk("some");
            wire.dribble(text + std::string(answer::lastChunk), 9, 100);
        });
        net::Engine engine;
        net::Request request = get(trusting(server.url()), "/watch");
        request.silence = milliseconds(900);
        const Streamed streamed = follow(engine, request);
        QVERIFY(streamed.end && streamed.end->has_value());
        QCOMPARE(asked.load(), 0);
    }

    // Packets vanish, as when a laptop slept or a VPN dropped. All in one run, since it takes its time: a request over
    // an old connection, one over a new connection, and a stream that was silent.
    void blackHoleIsNoticed() {
        LyingServer server(tls(), [](const Exchange& exchange, Wire& wire) {
            if (exchange.target == "/watch") {
                wire.write(std::string(answer::chunkedHead) + answer::chunk("open"));
                wire.hold();
            } else {
                wire.write(answer::plain("ok"));
            }
        });
        LyingServer multiplexed(http2(), [](const Exchange&, Wire& wire) {
            h2::serve(wire, [](std::uint32_t stream, int number) {
                return number == 1 ? h2::head(stream) + h2::data(stream, "open") : h2::head(stream, h2::End::Stream);
            });
        });
        net::Engine engine;
        base::ManualExecutor executor;
        std::array<Streamed, 2> watches;
        const auto one = get(trusting(server.url()), "/watch");
        const auto two = get(trusting(multiplexed.url()), "/watch");
        const base::Cancel first = engine.stream(one, executor, into(watches[0], executor));
        const base::Cancel second = engine.stream(two, executor, into(watches[1], executor));
        QTRY_VERIFY((executor.runPending(), watches[0].data == "open" && watches[1].data == "open"));
        QVERIFY(ask(engine, get(trusting(server.url()))).has_value());
        QVERIFY(ask(engine, get(trusting(multiplexed.url()))).has_value());
        server.blackHole();
        multiplexed.blackHole();
        QElapsedTimer timer;
        timer.start();
        std::vector<base::Cancel> cancels;
        base::ManualExecutor requests;
        int done = 0;
        std::vector<qint64> times;
        for (const auto* target : {&server, &multiplexed, &server}) {
            net::Request request = get(trusting(target->url()));
            request.deadline = milliseconds(60000);
            cancels.push_back(engine.send(request, requests, [&](base::Result<net::Response> result) {
                QVERIFY(!result);
                qInfo("request: %lld ms, %s", timer.elapsed(), result.error().message.c_str());
                times.push_back(timer.elapsed());
                if (++done == 3)
                    requests.stop();
            }));
        }
        QVERIFY(requests.runFor(30000));
        for (const qint64 time : times)
            QVERIFY2(time < 10000, qPrintable(QString::number(time)));
        while (!watches[0].end || !watches[1].end)
            QVERIFY(executor.runFor(30000));
        for (const Streamed& streamed : watches)
            qInfo("stream: %s", streamed.end->error().message.c_str());
        qInfo("streams ended after %lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() < 30000);
    }

    // The connection stays, the server behind it does not answer: only asking can tell.
    void muteHttp2ConnectionIsGivenUp() {
        std::atomic<int> connections = 0;
        LyingServer server(http2(), [&](const Exchange&, Wire& wire) {
            const bool mute = ++connections == 1;
            h2::serve(wire, [&](std::uint32_t stream, int number) {
                return mute && number > 1 ? std::string() : h2::head(stream, h2::End::Stream);
            });
        });
        net::Engine engine;
        QVERIFY(ask(engine, get(trusting(server.url()))).has_value());
        QElapsedTimer timer;
        timer.start();
        net::Request request = get(trusting(server.url()));
        request.deadline = milliseconds(60000);
        const auto result = ask(engine, request);
        QVERIFY(!result);
        qInfo("%lld ms, %s", timer.elapsed(), result.error().message.c_str());
        QVERIFY(timer.elapsed() < 10000);
        QVERIFY(ask(engine, get(trusting(server.url()))).has_value());
        QCOMPARE(server.connections(), 2);
    }
};

QTEST_GUILESS_MAIN(TestEngineLiveness)
#include "tst_engine_liveness.moc"
