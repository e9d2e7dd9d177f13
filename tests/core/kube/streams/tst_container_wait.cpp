// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/timer.h"
#include "core/kube/memory_transport.h"
#include "core/kube/streams/container_wait.h"

#include <QtTest>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using base::ErrorCode;
using kube::ContainerState;

namespace {

std::string podWith(const std::string& state) {
    return R"({"kind":"Pod","status":{"ephemeralContainerStatuses":[{"name":"debugger-1","state":{)" + state + "}}]}}";
}

struct Bench {
    base::ManualExecutor home;
    base::ManualTimers timers;
    std::shared_ptr<kube::MemoryTransport> transport = std::make_shared<kube::MemoryTransport>();
    std::vector<std::string> waits;
    std::optional<base::Result<ContainerState>> result;
    std::string pod;
    std::unique_ptr<kube::ContainerWait> wait;

    void answer(kube::MemoryAnswer answer) { transport->put("/api/v1/namespaces/team-a/pods/web", std::move(answer)); }
    void begin() {
        kube::ContainerWait::Sink sink;
        sink.waiting = [this](const ContainerState& state) { waits.push_back(state.why()); };
        sink.done = [this](base::Result<ContainerState> found, std::string json) {
            result = std::move(found);
            pod = std::move(json);
            wait.reset(); // as its keepers may
        };
        wait = std::make_unique<kube::ContainerWait>(kube::ContainerWait::Environment{transport, home, timers, timers},
                                                     kube::ContainerWait::Subject{"team-a", "web", "debugger-1"},
                                                     std::chrono::seconds(3), std::move(sink));
        home.runPending();
    }
    void look() {
        timers.advance(std::chrono::milliseconds(500));
        home.runPending();
    }
};

} // namespace

class TestContainerWait : public QObject {
    Q_OBJECT

private slots:
    void saysEachReasonOnceUntilItRuns() {
        Bench bench;
        bench.answer({.body = R"({"kind":"Pod"})"});
        bench.begin();
        bench.answer({.body = podWith(R"("waiting":{"reason":"PodInitializing"})")});
        bench.look();
        bench.look();
        bench.answer({.body = podWith(R"("waiting":{"reason":"ErrImagePull","message":"no such image"})")});
        bench.look();
        QVERIFY(!bench.result);
        QCOMPARE(bench.waits, (std::vector<std::string>{"PodInitializing", "ErrImagePull: no such image"}));
        const std::string running = podWith(R"("running":{"startedAt":"2026-01-01T00:00:00Z"})");
        bench.answer({.body = running});
        bench.look();
        QVERIFY(bench.result && *bench.result);
        QVERIFY((*bench.result)->phase == ContainerState::Phase::Running);
        QCOMPARE(bench.pod, running);
        QCOMPARE(bench.timers.pending(), std::size_t(0));
    }

    void endedIsAnAnswerToo() {
        Bench bench;
        bench.answer({.body = podWith(R"("terminated":{"exitCode":3,"reason":"Error"})")});
        bench.begin();
        QVERIFY(bench.result && *bench.result);
        QVERIFY((*bench.result)->phase == ContainerState::Phase::Ended);
        QCOMPARE((*bench.result)->exitCode, 3);
    }

    void patienceEndsWithTheReason() {
        Bench bench;
        bench.answer({.body = podWith(R"("waiting":{"reason":"ImagePullBackOff"})")});
        bench.begin();
        for (int i = 0; i < 6; ++i)
            bench.look();
        QVERIFY(bench.result && !*bench.result);
        QVERIFY(bench.result->error().code == ErrorCode::TimedOut);
        QCOMPARE(bench.result->error().message,
                 std::string("container debugger-1 did not start in time: ImagePullBackOff"));
    }

    void serverThatIsAwayForAMomentIsAskedAgain() {
        Bench bench;
        base::Error cut;
        cut.code = ErrorCode::Unreachable;
        bench.answer({.failure = cut});
        bench.begin();
        bench.look();
        QVERIFY(!bench.result);
        bench.answer({.body = podWith(R"("running":{})")});
        bench.look();
        QVERIFY(bench.result && *bench.result);
    }

    void refusalAndMissingPodEndIt_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("forbidden") << 403 << QByteArray("Forbidden") << ErrorCode::Forbidden;
        QTest::newRow("gone") << 404 << QByteArray("NotFound") << ErrorCode::NotFound;
    }
    void refusalAndMissingPodEndIt() {
        QFETCH(int, status);
        QFETCH(QByteArray, reason);
        QFETCH(ErrorCode, code);
        Bench bench;
        bench.answer({.status = status,
                      .body = R"({"kind":"Status","details":{"kind":"pods","name":"web"},"reason":")" +
                              reason.toStdString() + R"("})"});
        bench.begin();
        QVERIFY(bench.result && !*bench.result);
        QVERIFY(bench.result->error().code == code);
    }

    void destroyedItIsSilent() {
        Bench bench;
        bench.answer({.body = podWith(R"("waiting":{})")});
        bench.begin();
        bench.wait.reset();
        bench.answer({.body = podWith(R"("running":{})")});
        bench.look();
        QVERIFY(!bench.result);
    }
};

QTEST_GUILESS_MAIN(TestContainerWait)
#include "tst_container_wait.moc"
