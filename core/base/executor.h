// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/unique_function.h"

#include <cstddef>
#include <memory>

namespace base {

using Task = UniqueFunction<void()>;

/// Runs tasks somewhere, later, never inside post(). Tasks posted from one thread run in the order they were posted,
/// unless the executor says otherwise. post() may be called from any thread.
class Executor {
public:
    virtual ~Executor() = default;
    virtual void post(Task task) = 0;
};

/// Runs tasks only when told to, on the thread that tells it: tests and command-line programs.
class ManualExecutor final : public Executor {
public:
    ManualExecutor();
    ~ManualExecutor() override;

    void post(Task task) override;
    /// Runs what is queued now and what that queues, returns how many tasks ran.
    std::size_t runPending();
    /// Runs tasks as they come until stop() was called from a task or another thread. stop() before run() makes the
    /// next run() return at once.
    void run();
    /// Like run(), returns false if `milliseconds` passed without stop().
    bool runFor(int milliseconds);
    void stop();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// A fixed number of threads over one queue. Order between tasks is not kept: put a Strand in front where it matters.
/// The destructor drops what has not started and joins.
class ThreadPool final : public Executor {
public:
    explicit ThreadPool(std::size_t threads);
    ~ThreadPool() override;

    void post(Task task) override;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// Keeps order and mutual exclusion over another executor: tasks of one strand never run at the same time. The
/// underlying executor must outlive the strand's tasks; the strand object itself may go first.
class Strand final : public Executor {
public:
    explicit Strand(Executor& executor);
    ~Strand() override;

    void post(Task task) override;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace base
