// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/call.h"
#include "ui/base/qt_executor.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>
#include <thread>
#include <vector>

class TestQtExecutor : public QObject {
    Q_OBJECT
private slots:
    void runsInOrderAndNeverInsidePost();
    void takesPostsFromOtherThreads();
    void yieldsToTheEventLoop();
    void dropsAfterClose();
    void callDropsAnswersForDeadGuards();
    void callDropsAnswersForFormerSubjects();
};

void TestQtExecutor::runsInOrderAndNeverInsidePost() {
    ui::QtExecutor executor;
    std::vector<int> ran;
    for (int i = 0; i < 100; ++i)
        executor.post([&ran, i] { ran.push_back(i); });
    QVERIFY(ran.empty());
    QTRY_COMPARE(ran.size(), std::size_t{100});
    QVERIFY(std::is_sorted(ran.begin(), ran.end()));
}

void TestQtExecutor::takesPostsFromOtherThreads() {
    ui::QtExecutor executor;
    int sum = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 1000; ++i)
                    executor.post([&sum] { ++sum; });
            });
        }
    }
    QTRY_COMPARE(sum, 4000);
}

// Tasks that together take longer than a turn let other events through between them.
void TestQtExecutor::yieldsToTheEventLoop() {
    ui::QtExecutor executor;
    int done = 0;
    int doneAtForeignEvent = -1;
    for (int i = 0; i < 40; ++i) {
        executor.post([&done] {
            QElapsedTimer timer;
            timer.start();
            while (timer.nsecsElapsed() < 1'000'000) {
            }
            ++done;
        });
    }
    QMetaObject::invokeMethod(this, [&] { doneAtForeignEvent = done; }, Qt::QueuedConnection);
    QTRY_COMPARE(done, 40);
    QVERIFY2(doneAtForeignEvent >= 0 && doneAtForeignEvent < 40, qPrintable(QString::number(doneAtForeignEvent)));
}

void TestQtExecutor::dropsAfterClose() {
    ui::QtExecutor executor;
    bool ran = false;
    executor.post([&ran] { ran = true; });
    executor.close();
    executor.post([&ran] { ran = true; });
    QCoreApplication::processEvents();
    QVERIFY(!ran);
}

void TestQtExecutor::callDropsAnswersForDeadGuards() {
    ui::Subject subject;
    auto guard = std::make_unique<QObject>();
    int answers = 0;
    std::function<void(int)> callback;
    const auto op = [&callback](auto handler) {
        callback = std::move(handler);
        return base::Cancel::create();
    };
    auto first = ui::call(guard.get(), subject, op, [&answers](int n) { answers += n; });
    callback(1);
    QCOMPARE(answers, 1);
    guard.reset();
    callback(1);
    QCOMPARE(answers, 1);
}

void TestQtExecutor::callDropsAnswersForFormerSubjects() {
    ui::Subject subject;
    int answers = 0;
    std::function<void(int)> callback;
    auto cancel = ui::call(
        this, subject,
        [&callback](auto handler) {
            callback = std::move(handler);
            return base::Cancel::create();
        },
        [&answers](int n) { answers += n; });
    subject.renew();
    callback(1);
    QCOMPARE(answers, 0);
}

QTEST_MAIN(TestQtExecutor)
#include "tst_qt_executor.moc"
