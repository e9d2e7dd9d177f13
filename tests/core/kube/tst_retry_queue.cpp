// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/memory_transport.h"
#include "core/kube/retry_queue.h"
#include "core/kube/server_traits.h"
#include "core/kube/watcher.h"

#include <QtTest>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using base::ErrorCode;
using kube::RetryQueue;
using kube::WatchPhase;
using About = RetryQueue::About;
using Live = RetryQueue::Member::Live;

namespace {

/// A queue whose time is in the test's hand, and members that note when they were let go.
struct Queue {
    base::ManualTimers time;
    base::ManualExecutor executor;
    RetryQueue queue;
    std::vector<std::size_t> went;
    std::vector<RetryQueue::Member> members; // They let others go when they go.

    explicit Queue(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            members.push_back(queue.join({time, time, executor}));
    }
    std::chrono::milliseconds wait(std::size_t index, RetryQueue::Wait wait) {
        return members[index].wait(wait, [this, index] { went.push_back(index); });
    }
    void pass(std::chrono::milliseconds span) {
        for (; span.count() > 0; span -= 50ms) {
            time.advance(50ms);
            executor.runPending();
        }
    }
};

/// A server with twenty kinds and a watch on each.
struct TwentyWatches {
    base::ManualTimers time;
    base::ManualExecutor pool;
    base::ManualExecutor home;
    std::shared_ptr<kube::MemoryTransport> transport = std::make_shared<kube::MemoryTransport>(&time);
    kube::WatchEnvironment environment;
    std::vector<std::shared_ptr<kube::MemoryStream>> streams;
    std::optional<base::Error> failure;
    std::size_t asked = 0;
    std::vector<WatchPhase> phases = std::vector<WatchPhase>(20, WatchPhase::Listing);
    std::vector<base::Cancel> watches;

    TwentyWatches() {
        environment.transport = transport;
        environment.decodePool = &pool;
        environment.clock = &time;
        environment.timers = &time;
        environment.traits = std::make_shared<kube::ServerTraits>();
        transport->onSend([this](const kube::ApiRequest&) -> std::optional<kube::MemoryAnswer> {
            ++asked;
            if (failure)
                return kube::MemoryAnswer{.failure = failure};
            return kube::MemoryAnswer{
                .body = R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"1"},)"
                        R"("columnDefinitions":[{"name":"Name","type":"string","format":"name","description":"",)"
                        R"("priority":0}],"rows":[]})"};
        });
        transport->onStream([this](std::shared_ptr<kube::MemoryStream> stream) {
            ++asked;
            if (failure) {
                stream->end(base::fail(*failure));
                return;
            }
            stream->head();
            if (stream->request().target.find("sendInitialEvents") != std::string::npos)
                stream->send(R"({"type":"BOOKMARK","object":{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":)"
                             R"({},"rows":[{"cells":[""],"object":{"kind":"PartialObjectMetadata","metadata":)"
                             R"({"resourceVersion":"5","annotations":{"k8s.io/initial-events-end":"true"}}}}]}})"
                             "\n");
            streams.push_back(std::move(stream));
        });
        for (std::size_t i = 0; i < phases.size(); ++i) {
            kube::WatchSpec spec;
            spec.kind.group = "shop.example.com";
            spec.kind.version = "v1";
            spec.kind.plural = "things" + std::to_string(i);
            spec.kind.kind = "Thing" + std::to_string(i);
            spec.kind.verbs = {"get", "list", "watch"};
            watches.push_back(kube::watch(environment, std::move(spec), home,
                                          [this, i](const kube::WatchUpdate& update) { phases[i] = update.phase; }));
        }
    }

    [[nodiscard]] std::ptrdiff_t count(WatchPhase phase) const { return std::ranges::count(phases, phase); }
    void pass(std::chrono::milliseconds span) {
        const auto pump = [this] {
            while (pool.runPending() + home.runPending() > 0) {
            }
        };
        for (pump(); span.count() > 0; span -= 10ms) {
            time.advance(10ms);
            pump();
        }
    }
    void die(ErrorCode code, const char* why) {
        failure = base::fail(code, why).value();
        for (const auto& stream : std::exchange(streams, {}))
            stream->end(base::fail(*failure));
    }
};

} // namespace

class TestRetryQueue : public QObject {
    Q_OBJECT

private slots:
    void oneTriesForAll() {
        Queue q(5);
        for (std::size_t i = 0; i < 5; ++i)
            QVERIFY(q.wait(i, {About::Server, 100ms, 0ms}) <= 800ms);
        q.pass(1s);
        QCOMPARE(q.went, (std::vector<std::size_t>{0}));
        q.pass(10s);
        QCOMPARE(q.went.size(), std::size_t(1)); // still out
        q.wait(0, {About::Server, 100ms, 0ms});
        q.pass(2s);
        // It went to the end of the line.
        QCOMPARE(q.went, (std::vector<std::size_t>{0, 1}));
        q.members[1].answered();
        QCOMPARE(q.went, (std::vector<std::size_t>{0, 1, 2, 3, 4, 0}));
    }

    void whoDoesNotComeBackHoldsUpNobody() {
        Queue q(3);
        for (std::size_t i = 0; i < 3; ++i)
            q.wait(i, {});
        q.pass(1s);
        QCOMPARE(q.went, (std::vector<std::size_t>{0}));
        q.pass(40s);
        QCOMPARE(q.went, (std::vector<std::size_t>{0, 1}));
        // One that is given up is replaced at once.
        q.members[1].leave();
        q.pass(50ms);
        QCOMPARE(q.went, (std::vector<std::size_t>{0, 1, 2}));
        q.members[2].leave();
        QCOMPARE(q.time.pending(), std::size_t(0));
        QCOMPARE(q.wait(2, {}), 0ms);
        q.pass(1min);
        QCOMPARE(q.went.size(), std::size_t(3));
    }

    void ownTimeWhileTheServerIsThere() {
        Queue q(4);
        q.members[3].setLive(Live::Yes);
        QCOMPARE(q.wait(0, {About::Server, 300ms, 0ms}), 300ms);
        QCOMPARE(q.wait(1, {About::Server, 5s, 0ms}), 5000ms);
        QCOMPARE(q.wait(2, {About::Server, 300ms, 2s}), 2000ms);
        q.pass(350ms);
        QCOMPARE(q.went, (std::vector<std::size_t>{0}));
        q.pass(2s);
        QCOMPARE(q.went, (std::vector<std::size_t>{0, 2}));
        q.pass(3s);
        QCOMPARE(q.went, (std::vector<std::size_t>{0, 2, 1}));
    }

    void ownMattersGoByTheirOwnTime() {
        Queue q(3);
        q.wait(0, {About::Kind, 200ms, 0ms});
        q.wait(1, {About::Server, 0ms, 10s});
        q.wait(2, {About::Kind, 300ms, 60s});
        q.pass(5s);
        QCOMPARE(q.went, (std::vector<std::size_t>{0}));
        q.pass(5s + 50ms);
        QCOMPARE(q.went, (std::vector<std::size_t>{0, 1}));
        // What somebody was answered does not concern it; somebody who says "now" does.
        q.members[1].answered();
        QCOMPARE(q.went.size(), std::size_t(2));
        q.queue.retryNow();
        QCOMPARE(q.went, (std::vector<std::size_t>{0, 1, 2}));
    }

    void nowMeansOneKnock() {
        Queue q(3);
        for (std::size_t i = 0; i < 3; ++i)
            q.wait(i, {About::Server, 0ms, 60s});
        q.queue.retryNow();
        QCOMPARE(q.went, (std::vector<std::size_t>{0}));
        q.queue.answered();
        QCOMPARE(q.went, (std::vector<std::size_t>{0, 1, 2}));
        q.queue.retryNow();
        QCOMPARE(q.went.size(), std::size_t(3));
    }

    void patienceAskedForHoldsForAll() {
        Queue q(2);
        q.wait(0, {About::Server, 100ms, 0ms});
        q.wait(1, {About::Server, 100ms, 9s});
        q.pass(8s);
        QVERIFY(q.went.empty());
        q.pass(1s + 50ms);
        QCOMPARE(q.went, (std::vector<std::size_t>{0}));
    }

    void deadServerIsAskedOnceAStep_data() {
        QTest::addColumn<int>("code");
        QTest::newRow("refused") << int(ErrorCode::Refused);
        QTest::newRow("cut") << int(ErrorCode::Unreachable);
        QTest::newRow("failing") << int(ErrorCode::ServerFailure);
    }
    void deadServerIsAskedOnceAStep() {
        QFETCH(int, code);
        TwentyWatches bed;
        bed.pass(1s);
        QCOMPARE(bed.count(WatchPhase::Live), 20);
        bed.asked = 0;
        bed.die(ErrorCode(code), "nobody there");
        bed.pass(10ms);
        QCOMPARE(bed.count(WatchPhase::Waiting), 20);
        bed.pass(10min);
        // Steps of 15 s on average once they are long, with a few short ones before: 20 watches on their own would have
        // knocked some 900 times.
        qInfo("asked %zu times in ten minutes", bed.asked);
        QVERIFY2(bed.asked >= 20 && bed.asked <= 80, std::to_string(bed.asked).c_str());
        QCOMPARE(bed.count(WatchPhase::Waiting), 20);
        bed.asked = 0;
        bed.failure.reset();
        bed.pass(30s + 10ms);
        QCOMPARE(bed.count(WatchPhase::Live), 20);
        QCOMPARE(bed.asked, std::size_t(20));
        bed.watches.clear();
        bed.pass(10ms);
        QCOMPARE(bed.time.pending(), std::size_t(0));
    }

    void whatConcernsOneKindLeavesTheOthersAlone() {
        TwentyWatches bed;
        bed.pass(1s);
        bed.streams[4]->end(base::fail(ErrorCode::ServerFailure, "the service behind it is down"));
        bed.pass(1s);
        QCOMPARE(bed.count(WatchPhase::Live), 20);
        QCOMPARE(bed.streams.size(), std::size_t(21));
    }

    void whoIsGoneTriesForNobody() {
        TwentyWatches bed;
        bed.pass(1s);
        bed.die(ErrorCode::Refused, "nobody there");
        bed.pass(2min);
        bed.failure.reset();
        // Whoever is next, it is not this one.
        while (bed.watches.size() > 1)
            bed.watches.erase(bed.watches.begin());
        bed.pass(31s);
        QVERIFY(bed.phases.back() == WatchPhase::Live);
    }
};

QTEST_GUILESS_MAIN(TestRetryQueue)
#include "tst_retry_queue.moc"
