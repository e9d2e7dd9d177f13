// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/retry_queue.h"

#include "core/base/backoff.h"

#include <algorithm>
#include <limits>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace kube {

namespace {

using std::chrono::milliseconds;

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
/// Longer than the deadline of a request: who has not come back by then does not hold up the others.
constexpr milliseconds kScoutPatience(35000);

} // namespace

struct RetryQueue::State : std::enable_shared_from_this<State> {
    struct Waiter {
        std::uint64_t id = 0;
        About about = About::Server;
        std::int64_t dueMs = 0;
        base::UniqueFunction<void()> go;
    };
    using Waiters = std::vector<Waiter>;

    std::mutex mutex; // Guards all below.
    Waiters waiters;  // In the order they came.
    std::optional<Environment> environment;
    std::optional<base::Backoff> backoff;
    std::uint64_t lastId = 0;
    int live = 0;
    bool isPlanned = false; // The server's next step is known.
    std::int64_t stepMs = 0;
    std::uint64_t scout = 0; // Who tries for all; 0 if nobody does.
    std::int64_t scoutUntilMs = 0;
    base::Cancel timer;
    std::int64_t timerMs = never;

    static void run(Waiters ready) {
        for (Waiter& waiter : ready)
            waiter.go();
    }

    template <typename Is>
    void take(Waiters& ready, Is is) {
        const auto first =
            std::stable_partition(waiters.begin(), waiters.end(), [&](const Waiter& waiter) { return !is(waiter); });
        std::move(first, waiters.end(), std::back_inserter(ready));
        waiters.erase(first, waiters.end());
    }

    void sendOut(std::uint64_t id, std::int64_t now, Waiters& ready) {
        scout = id;
        scoutUntilMs = now + kScoutPatience.count();
        take(ready, [id](const Waiter& waiter) { return waiter.id == id; });
    }

    Waiters takeDue() {
        const std::int64_t now = environment->clock.steadyMs();
        Waiters ready;
        const auto isOwn = [&](const Waiter& waiter) { return live > 0 || waiter.about == About::Kind; };
        take(ready, [&](const Waiter& waiter) { return isOwn(waiter) && waiter.dueMs <= now; });
        if (scout != 0 && scoutUntilMs <= now)
            scout = 0;
        if (live == 0 && scout == 0 && stepMs <= now) {
            const auto next = std::ranges::find(waiters, About::Server, &Waiter::about);
            if (next != waiters.end())
                sendOut(next->id, now, ready);
        }
        std::int64_t due = never;
        for (const Waiter& waiter : waiters)
            due = std::min(due, isOwn(waiter) ? waiter.dueMs : scout != 0 ? scoutUntilMs : stepMs);
        arm(due, now);
        return ready;
    }

    void arm(std::int64_t due, std::int64_t now) {
        if (due == timerMs)
            return;
        timerMs = due;
        if (due == never) {
            timer.cancel();
            return;
        }
        const milliseconds delay(std::max<std::int64_t>(due - now, 0));
        timer = environment->timers.after(delay, environment->executor, [weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->look();
        });
    }

    void look() {
        Waiters ready;
        {
            const std::lock_guard lock(mutex);
            timerMs = never;
            ready = takeDue();
        }
        run(std::move(ready));
    }

    // Of those that wait for the server only; they need not be due.
    Waiters takeServerWaiters() {
        scout = 0;
        isPlanned = false;
        Waiters ready;
        take(ready, [](const Waiter& waiter) { return waiter.about == About::Server; });
        return ready;
    }
};

RetryQueue::RetryQueue()
    : m_state(std::make_shared<State>()) {}

RetryQueue::~RetryQueue() = default;

RetryQueue::Member RetryQueue::join(const Environment& environment) {
    const std::lock_guard lock(m_state->mutex);
    if (!m_state->environment) {
        m_state->environment.emplace(environment);
        m_state->backoff.emplace(environment.clock);
    }
    return {m_state, ++m_state->lastId};
}

void RetryQueue::retryNow() {
    State::Waiters ready;
    {
        const std::lock_guard lock(m_state->mutex);
        State& state = *m_state;
        const bool isThere = state.live > 0;
        state.take(ready, [isThere](const State::Waiter& waiter) { return isThere || waiter.about == About::Kind; });
        const auto next = std::ranges::find(state.waiters, About::Server, &State::Waiter::about);
        // The one that is out may hang in an attempt from before.
        if (next != state.waiters.end())
            state.sendOut(next->id, state.environment->clock.steadyMs(), ready);
    }
    State::run(std::move(ready));
}

void RetryQueue::answered() {
    State::Waiters ready;
    {
        const std::lock_guard lock(m_state->mutex);
        ready = m_state->takeServerWaiters();
    }
    State::run(std::move(ready));
}

RetryQueue::Member::~Member() {
    leave();
}

std::chrono::milliseconds RetryQueue::Member::wait(Wait wait, base::UniqueFunction<void()> go) {
    State::Waiters ready;
    milliseconds delay{0};
    {
        const std::lock_guard lock(m_state->mutex);
        State& state = *m_state;
        if (m_isGone)
            return delay;
        const std::int64_t now = state.environment->clock.steadyMs();
        state.live -= std::exchange(m_isLive, false) ? 1 : 0;
        const bool tried = state.scout == m_id;
        if (tried)
            state.scout = 0;
        const std::int64_t dueMs = now + std::max(wait.delay, wait.least).count();
        if (wait.about == About::Server) {
            // Of many that break together only the first makes a step.
            if (tried || !std::exchange(state.isPlanned, true))
                state.stepMs = now + state.backoff->next().count();
            state.stepMs = std::max(state.stepMs, now + wait.least.count());
        }
        const bool isOwn = state.live > 0 || wait.about == About::Kind;
        delay = milliseconds((isOwn ? dueMs : std::max(state.stepMs, now)) - now);
        state.waiters.push_back({m_id, wait.about, dueMs, std::move(go)});
        ready = state.takeDue();
    }
    State::run(std::move(ready));
    return delay;
}

void RetryQueue::Member::answered() {
    State::Waiters ready;
    {
        const std::lock_guard lock(m_state->mutex);
        ready = m_state->takeServerWaiters();
        State::Waiters due = m_state->takeDue();
        std::move(due.begin(), due.end(), std::back_inserter(ready));
    }
    State::run(std::move(ready));
}

void RetryQueue::Member::setLive(Live live) {
    const std::lock_guard lock(m_state->mutex);
    const bool isLive = live == Live::Yes && !m_isGone;
    if (m_isLive != isLive)
        m_state->live += isLive ? 1 : -1;
    m_isLive = isLive;
}

void RetryQueue::Member::leave() {
    if (!m_state)
        return;
    State::Waiters gone; // Destroyed outside the lock.
    State::Waiters ready;
    {
        const std::lock_guard lock(m_state->mutex);
        State& state = *m_state;
        m_isGone = true;
        state.live -= std::exchange(m_isLive, false) ? 1 : 0;
        state.take(gone, [this](const State::Waiter& waiter) { return waiter.id == m_id; });
        if (state.scout == m_id)
            state.scout = 0;
        ready = state.takeDue();
    }
    State::run(std::move(ready));
}

} // namespace kube
