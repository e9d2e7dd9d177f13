// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cancel.h"
#include "core/base/executor.h"

#include <QtTest>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

class TestExecutor : public QObject {
    Q_OBJECT

private slots:
    void manualRunsInOrder() {
        base::ManualExecutor executor;
        std::vector<int> seen;
        executor.post([&] {
            seen.push_back(1);
            executor.post([&] { seen.push_back(3); });
        });
        executor.post([&] { seen.push_back(2); });
        QCOMPARE(executor.runPending(), std::size_t(3));
        QCOMPARE(seen, (std::vector<int>{1, 2, 3}));
    }

    void runForTimesOut() {
        base::ManualExecutor executor;
        QVERIFY(!executor.runFor(1));
        executor.post([&] { executor.stop(); });
        QVERIFY(executor.runFor(60000));
    }

    void strandKeepsOrderOverPool() {
        base::ThreadPool pool(4);
        base::ManualExecutor main;
        base::Strand strand(pool);
        std::vector<int> seen; // guarded by the strand
        for (int i = 0; i < 10000; ++i)
            strand.post([&seen, i] { seen.push_back(i); });
        strand.post([&main] { main.stop(); });
        QVERIFY(main.runFor(60000));
        QCOMPARE(seen.size(), std::size_t(10000));
        QVERIFY(std::is_sorted(seen.begin(), seen.end()));
    }

    void poolDropsWhatDidNotStart() {
        for (int round = 0; round < 100; ++round) {
            auto alive = std::make_shared<int>(0);
            {
                base::ThreadPool pool(2);
                for (int i = 0; i < 50; ++i)
                    pool.post([alive] {});
            }
            QCOMPARE(alive.use_count(), 1L);
        }
    }

    void poolsEndFreesWhatOwnsItsStrand() {
        struct Owner {
            explicit Owner(base::Executor& executor)
                : strand(executor) {}
            base::Strand strand;
        };
        for (int round = 0; round < 100; ++round) {
            std::weak_ptr<Owner> seen;
            {
                base::ThreadPool pool(1);
                const auto owner = std::make_shared<Owner>(pool);
                seen = owner;
                for (int i = 0; i < 500; ++i) // more than one slice
                    owner->strand.post([owner] {});
            }
            QVERIFY(seen.expired());
        }
    }

    void cancelRunsItsHookOnce() {
        int hooks = 0;
        base::CancelToken token;
        {
            base::Cancel cancel = base::Cancel::create();
            token = cancel.token();
            token.onCancel([&] { ++hooks; });
            QVERIFY(!token.isCancelled());
            cancel.cancel();
            QCOMPARE(hooks, 1);
        }
        QVERIFY(token.isCancelled());
        QCOMPARE(hooks, 1);
        token.onCancel([&] { ++hooks; });
        QCOMPARE(hooks, 2);
    }

    void detachLetsWorkFinish() {
        base::Cancel cancel = base::Cancel::create();
        const base::CancelToken token = cancel.token();
        cancel.detach();
        cancel.cancel();
        QVERIFY(!token.isCancelled());
    }
};

QTEST_GUILESS_MAIN(TestExecutor)
#include "tst_executor.moc"
