// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/net/engine_fixture.h"
#include "tests/support/h2_script.h"

#include <QtTest>

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace enginetest;
using Greeting = LyingServer::Greeting;

namespace answer = testsupport::answer;

class TestEngineLifetime : public QObject {
    Q_OBJECT

private slots:
    void raisesTheLimitOfDescriptors() {
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        rlimit low = before;
        low.rlim_cur = std::min<rlim_t>(before.rlim_max, 256);
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &low), 0);
        const net::Engine engine;
        rlimit now{};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &now), 0);
        QCOMPARE(now.rlim_cur, std::min<rlim_t>(before.rlim_max, 65536));
    }

    void cancelledBeforeItRuns() {
        LyingServer server(tls(), [](const Exchange&, Wire& wire) { wire.write(answer::plain("ok")); });
        net::Engine engine;
        base::ManualExecutor executor;
        auto held = std::make_shared<int>(0);
        bool ran = false;
        base::Cancel cancel = engine.send(get(trusting(server.url())), executor,
                                          [&ran, held](base::Result<net::Response>) { ran = true; });
        QTRY_COMPARE(server.seen().size(), std::size_t(1));
        QVERIFY(
            ask(engine, get(trusting(server.url()))).has_value()); // the first answer is in the executor's queue now
        QCOMPARE(held.use_count(), 2L);
        cancel.cancel();
        QCOMPARE(held.use_count(), 1L); // the handler went with the cancel, on this thread
        executor.runPending();
        QVERIFY(!ran);
    }

    // The executor may be destroyed right after the cancel, while the engine's thread delivers.
    void executorGoesAfterCancel() {
        LyingServer server(tls(), [](const Exchange&, Wire& wire) {
            wire.write(answer::chunkedHead);
            const std::string piece = answer::chunk(std::string(20000, 'x'));
            while (wire.write(piece)) {
            }
        });
        net::Engine engine;
        for (int i = 0; i < 30; ++i) {
            auto executor = std::make_unique<base::ManualExecutor>();
            net::StreamSink sink;
            bool some = false;
            sink.data = [&](const std::string&) { some = true; };
            base::Cancel cancel = engine.stream(get(trusting(server.url())), *executor, std::move(sink));
            QTRY_VERIFY((executor->runPending(), some));
            cancel.cancel();
            executor.reset();
        }
        QTRY_COMPARE(server.openConnections(), 0);
    }

    void cancelInsideAHandler() {
        LyingServer server(tls(), [](const Exchange&, Wire& wire) {
            wire.write(std::string(answer::chunkedHead) + answer::chunk("one"));
            wire.hold();
        });
        net::Engine engine;
        base::ManualExecutor executor;
        base::Cancel cancel;
        int calls = 0;
        net::StreamSink sink;
        sink.head = [&](const net::Response&) {
            ++calls;
            cancel.cancel();
            executor.stop();
        };
        sink.data = [&](const std::string&) { ++calls; };
        sink.end = [&](const base::Result<void>&) { ++calls; };
        cancel = engine.stream(get(trusting(server.url())), executor, std::move(sink));
        QVERIFY(executor.runFor(30000));
        QTRY_COMPARE(server.openConnections(), 0);
        executor.runPending();
        QCOMPARE(calls, 1);
    }

    void detachedOnesFinish() {
        LyingServer server(tls(), [](const Exchange&, Wire& wire) { wire.write(answer::plain("ok")); });
        net::Engine engine;
        base::ManualExecutor executor;
        engine.send(get(trusting(server.url())), executor, [&](const base::Result<net::Response>&) { executor.stop(); })
            .detach();
        QVERIFY(executor.runFor(30000));
    }

    // Requests in every stage, a hundred times, with cancels from another thread: the destructor returns, no handler
    // runs after it, nothing leaks (the sanitizers look at that) and nobody waits for a server.
    void shutdownInEveryStage() {
        LyingServer::Options silent;
        silent.greeting = Greeting::Silent;
        LyingServer handshaking(silent, [](const Exchange&, Wire&) {});
        LyingServer::Options half;
        half.greeting = Greeting::HalfRecord;
        LyingServer failing(half, [](const Exchange&, Wire&) {});
        LyingServer server(tls(), [](const Exchange& exchange, Wire& wire) {
            if (exchange.target == "/silent") {
                wire.hold();
            } else if (exchange.target == "/endless") {
                wire.write(answer::chunkedHead);
                const std::string piece = answer::chunk(std::string(1000, 'x'));
                while (wire.write(piece)) {
                }
            } else {
                wire.write(answer::plain("ok"));
            }
        });
        LyingServer::Options options = tls();
        options.speech = LyingServer::Speech::Raw;
        options.protocol = "h2";
        LyingServer multiplexed(options, [](const Exchange&, Wire& wire) {
            namespace h2 = testsupport::h2;
            h2::serve(wire, [](std::uint32_t stream, int number) {
                return number % 2 == 0 ? h2::head(stream) + h2::data(stream, "open")
                                       : h2::head(stream, h2::End::Stream);
            });
        });
        const testsupport::RefusingPort refusing;
        const testsupport::SilentPort dropping;
        const std::vector<std::pair<std::string, std::string>> stages{
            {handshaking.url(), "/"},
            {failing.url(), "/"},
            {server.url(), "/"},
            {server.url(), "/silent"},
            {server.url(), "/endless"},
            {multiplexed.url(), "/"},
            {"https://127.0.0.1:" + std::to_string(refusing.port()), "/"},
            {"https://127.0.0.1:" + std::to_string(dropping.port()), "/"},
            {"https://does-not-exist.invalid", "/"},
            {"nonsense", "/"},
        };
        QElapsedTimer timer;
        qint64 longest = 0;
        for (int round = 0; round < 100; ++round) {
            base::ThreadPool pool(2);
            base::ManualExecutor executor;
            base::Strand strand(pool);
            std::atomic<bool> gone = false;
            std::atomic<int> late = 0;
            std::atomic<int> ran = 0;
            std::vector<base::Cancel> cancels;
            auto engine = std::make_unique<net::Engine>();
            for (int i = 0; i < 3; ++i) {
                for (const auto& [url, target] : stages) {
                    const net::Request request = get(trusting(url), target);
                    cancels.push_back(engine->send(request, executor, [&](const base::Result<net::Response>&) {
                        ++ran;
                        late += gone ? 1 : 0;
                    }));
                    net::StreamSink sink;
                    sink.data = [&](const std::string&) { ++ran; };
                    sink.end = [&](const base::Result<void>&) { ++ran; };
                    cancels.push_back(engine->stream(request, strand, std::move(sink)));
                }
            }
            // How far they come differs from round to round.
            executor.runFor(round % 20);
            std::thread canceller([&] {
                for (std::size_t i = 0; i < cancels.size(); i += 2)
                    cancels[i].cancel();
            });
            if (round % 2 == 0)
                canceller.join();
            timer.start();
            engine.reset();
            longest = std::max(longest, timer.elapsed());
            gone = true;
            if (canceller.joinable())
                canceller.join();
            executor.runPending();
            QCOMPARE(late.load(), 0);
        }
        qInfo("slowest shutdown: %lld ms", longest);
        // Below every timeout of the network, above what a loaded machine's scheduler takes.
        QVERIFY(longest < 5000);
        QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 10000);
    }
};

QTEST_GUILESS_MAIN(TestEngineLifetime)
#include "tst_engine_lifetime.moc"
