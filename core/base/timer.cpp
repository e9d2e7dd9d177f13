// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/timer.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace base {

namespace {

using Key = std::pair<std::int64_t, std::uint64_t>; // Due time, then order of asking.

struct Entry {
    Executor* executor = nullptr;
    CancelToken token;
    Task task;
};

// What is waiting, by due time. Callers hold the owner's lock.
struct Queue {
    std::map<Key, Entry> entries;
    std::uint64_t nextOrder = 0;

    Key add(std::int64_t due, Entry entry) {
        const Key key{due, nextOrder++};
        entries.emplace(key, std::move(entry));
        return key;
    }

    // Posted under the lock: once a Cancel's hook has had the lock, the executor is not touched any more.
    void postDue(std::int64_t now) {
        while (!entries.empty() && entries.begin()->first.first <= now) {
            Entry entry = std::move(entries.begin()->second);
            entries.erase(entries.begin());
            entry.executor->post([token = std::move(entry.token), task = std::move(entry.task)] {
                if (!token.isCancelled())
                    task();
            });
        }
    }
};

template <typename State>
Cancel addEntry(const std::shared_ptr<State>& state, std::int64_t due, Executor& executor, Task task) {
    Cancel cancel = Cancel::create();
    const CancelToken token = cancel.token();
    Key key;
    {
        const std::lock_guard lock(state->mutex);
        key = state->queue.add(due, Entry{&executor, token, std::move(task)});
    }
    token.onCancel([weak = std::weak_ptr<State>(state), key] {
        const auto locked = weak.lock();
        if (!locked)
            return;
        Entry dropped; // Destroyed after the lock is released: a task may own a Cancel of these timers.
        const std::lock_guard lock(locked->mutex);
        if (auto found = locked->queue.entries.extract(key))
            dropped = std::move(found.mapped());
    });
    return cancel;
}

} // namespace

struct SystemTimers::State {
    std::mutex mutex;
    std::condition_variable wake;
    Queue queue;
    bool stopping = false;
    SystemClock clock;
    std::thread thread;

    void work() {
        std::unique_lock lock(mutex);
        while (!stopping) {
            queue.postDue(clock.steadyMs());
            if (queue.entries.empty()) {
                wake.wait(lock, [this] { return stopping || !queue.entries.empty(); });
                continue;
            }
            const std::int64_t due = queue.entries.begin()->first.first;
            const auto deadline = std::chrono::steady_clock::time_point(std::chrono::milliseconds(due));
            wake.wait_until(lock, deadline, [this, due] {
                return stopping || queue.entries.empty() || queue.entries.begin()->first.first < due;
            });
        }
    }
};

SystemTimers::SystemTimers()
    : m_state(std::make_shared<State>()) {
    m_state->thread = std::thread([state = m_state.get()] { state->work(); });
}

SystemTimers::~SystemTimers() {
    std::map<Key, Entry> dropped;
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->stopping = true;
        dropped.swap(m_state->queue.entries);
    }
    m_state->wake.notify_all();
    m_state->thread.join();
}

Cancel SystemTimers::after(std::chrono::milliseconds delay, Executor& executor, Task task) {
    const std::int64_t due = m_state->clock.steadyMs() + (delay.count() > 0 ? delay.count() : 0);
    Cancel cancel = addEntry(m_state, due, executor, std::move(task));
    m_state->wake.notify_all();
    return cancel;
}

struct ManualTimers::State {
    mutable std::mutex mutex;
    Queue queue;
    std::int64_t steady = 0;
};

namespace {
constexpr std::int64_t kManualStartMs = 1704067200000;
}

ManualTimers::ManualTimers()
    : m_state(std::make_shared<State>()) {}

ManualTimers::~ManualTimers() = default;

Cancel ManualTimers::after(std::chrono::milliseconds delay, Executor& executor, Task task) {
    const std::int64_t due = steadyMs() + (delay.count() > 0 ? delay.count() : 0);
    return addEntry(m_state, due, executor, std::move(task));
}

std::int64_t ManualTimers::nowMs() const {
    return kManualStartMs + steadyMs();
}

std::int64_t ManualTimers::steadyMs() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->steady;
}

void ManualTimers::advance(std::chrono::milliseconds step) {
    const std::lock_guard lock(m_state->mutex);
    m_state->steady += step.count();
    m_state->queue.postDue(m_state->steady);
}

std::chrono::milliseconds ManualTimers::untilNext() const {
    const std::lock_guard lock(m_state->mutex);
    if (m_state->queue.entries.empty())
        return std::chrono::milliseconds(-1);
    const std::int64_t left = m_state->queue.entries.begin()->first.first - m_state->steady;
    return std::chrono::milliseconds(left > 0 ? left : 0);
}

std::size_t ManualTimers::pending() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->queue.entries.size();
}

} // namespace base
