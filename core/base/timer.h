// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/executor.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace base {

/// Runs tasks later. Any thread may call.
class Timers {
public:
    virtual ~Timers() = default;
    /// Posts `task` to `executor` once `delay` has passed (at once if it is not positive). After the Cancel was used
    /// nothing is posted any more, and on the executor's thread the task does not run any more. `executor` must live
    /// until the task ran or was cancelled.
    [[nodiscard]] virtual Cancel after(std::chrono::milliseconds delay, Executor& executor, Task task) = 0;
};

/// Timers by the steady clock: one thread, which sleeps until the next one is due. The destructor drops what is left
/// and joins.
class SystemTimers final : public Timers {
public:
    SystemTimers();
    ~SystemTimers() override;
    SystemTimers(const SystemTimers&) = delete;
    SystemTimers& operator=(const SystemTimers&) = delete;

    [[nodiscard]] Cancel after(std::chrono::milliseconds delay, Executor& executor, Task task) override;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

/// Time that passes only when told to: both a clock and its timers, for tests. Starts at 2024-01-01 00:00:00 UTC.
class ManualTimers final : public Timers, public Clock {
public:
    ManualTimers();
    ~ManualTimers() override;

    [[nodiscard]] Cancel after(std::chrono::milliseconds delay, Executor& executor, Task task) override;
    [[nodiscard]] std::int64_t nowMs() const override;
    [[nodiscard]] std::int64_t steadyMs() const override;

    /// Lets time pass and posts what became due, in order of time. Tasks that run between two steps see the time of
    /// the end: advance in small steps where that matters.
    void advance(std::chrono::milliseconds step);
    /// How long until the next timer is due; negative if there is none.
    [[nodiscard]] std::chrono::milliseconds untilNext() const;
    [[nodiscard]] std::size_t pending() const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace base
