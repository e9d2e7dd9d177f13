// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/timer.h"

#include <QTest>

#include <memory>
#include <vector>

using namespace std::chrono_literals;

class TestTimer : public QObject {
    Q_OBJECT
private slots:
    void manualRunsInOrderOfTime();
    void manualCancelDropsTheTask();
    void cancelAfterPostStillHolds();
    void systemRunsInOrder();
    void systemCancelAndDestroy();
};

void TestTimer::manualRunsInOrderOfTime() {
    base::ManualExecutor executor;
    base::ManualTimers timers;
    std::vector<int> ran;
    timers.after(20ms, executor, [&] { ran.push_back(2); }).detach();
    timers.after(10ms, executor, [&] { ran.push_back(1); }).detach();
    timers.after(20ms, executor, [&] { ran.push_back(3); }).detach();
    QCOMPARE(timers.untilNext(), 10ms);
    executor.runPending();
    QVERIFY(ran.empty());
    timers.advance(10ms);
    executor.runPending();
    QCOMPARE(ran, (std::vector<int>{1}));
    timers.advance(15ms);
    executor.runPending();
    QCOMPARE(ran, (std::vector<int>{1, 2, 3}));
    QCOMPARE(timers.pending(), std::size_t(0));
    QCOMPARE(timers.untilNext(), -1ms);
    QCOMPARE(timers.steadyMs(), std::int64_t(25));
}

void TestTimer::manualCancelDropsTheTask() {
    base::ManualExecutor executor;
    base::ManualTimers timers;
    auto alive = std::make_shared<int>(1);
    base::Cancel cancel = timers.after(10ms, executor, [alive] { QFAIL("cancelled task ran"); });
    cancel.cancel();
    QCOMPARE(alive.use_count(), 1L);
    QCOMPARE(timers.pending(), std::size_t(0));
    timers.advance(20ms);
    QCOMPARE(executor.runPending(), std::size_t(0));
}

void TestTimer::cancelAfterPostStillHolds() {
    base::ManualExecutor executor;
    base::ManualTimers timers;
    base::Cancel cancel = timers.after(1ms, executor, [] { QFAIL("cancelled task ran"); });
    timers.advance(1ms);
    cancel.cancel();
    QCOMPARE(executor.runPending(), std::size_t(1));
}

void TestTimer::systemRunsInOrder() {
    base::ManualExecutor executor;
    base::SystemTimers timers;
    std::vector<int> ran;
    timers
        .after(30ms, executor,
               [&] {
                   ran.push_back(3);
                   executor.stop();
               })
        .detach();
    timers.after(5ms, executor, [&] { ran.push_back(2); }).detach();
    timers.after(0ms, executor, [&] { ran.push_back(1); }).detach();
    QVERIFY(executor.runFor(10000));
    QCOMPARE(ran, (std::vector<int>{1, 2, 3}));
}

void TestTimer::systemCancelAndDestroy() {
    base::ThreadPool pool(1);
    for (int i = 0; i < 100; ++i) {
        base::SystemTimers timers;
        base::Cancel first = timers.after(1ms, pool, [] {});
        base::Cancel second = timers.after(0ms, pool, [] {});
        base::Cancel third = timers.after(1h, pool, [] {});
        second.cancel();
    }
    base::Cancel late;
    {
        base::SystemTimers timers;
        late = timers.after(1h, pool, [] {});
    }
    late.cancel(); // After the timers are gone.
}

QTEST_GUILESS_MAIN(TestTimer)
#include "tst_timer.moc"
