// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/executor.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace base {

struct ManualExecutor::State {
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Task> queue;
    bool stopped = false;
};

ManualExecutor::ManualExecutor()
    : m_state(std::make_unique<State>()) {}

ManualExecutor::~ManualExecutor() = default;

void ManualExecutor::post(Task task) {
    // Notified under the lock: the runner may destroy this executor as soon as it has seen the task.
    const std::lock_guard lock(m_state->mutex);
    m_state->queue.push_back(std::move(task));
    m_state->wake.notify_one();
}

std::size_t ManualExecutor::runPending() {
    std::size_t count = 0;
    for (;;) {
        Task task;
        {
            const std::lock_guard lock(m_state->mutex);
            if (m_state->queue.empty())
                return count;
            task = std::move(m_state->queue.front());
            m_state->queue.pop_front();
        }
        task();
        ++count;
    }
}

void ManualExecutor::run() {
    std::unique_lock lock(m_state->mutex);
    while (!m_state->stopped) {
        m_state->wake.wait(lock, [this] { return m_state->stopped || !m_state->queue.empty(); });
        while (!m_state->stopped && !m_state->queue.empty()) {
            Task task = std::move(m_state->queue.front());
            m_state->queue.pop_front();
            lock.unlock();
            task();
            task = nullptr;
            lock.lock();
        }
    }
    m_state->stopped = false;
}

bool ManualExecutor::runFor(int milliseconds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    std::unique_lock lock(m_state->mutex);
    while (!m_state->stopped) {
        if (!m_state->wake.wait_until(lock, deadline, [this] { return m_state->stopped || !m_state->queue.empty(); }))
            return false;
        if (m_state->stopped)
            break;
        Task task = std::move(m_state->queue.front());
        m_state->queue.pop_front();
        lock.unlock();
        task();
        task = nullptr;
        lock.lock();
    }
    m_state->stopped = false;
    return true;
}

void ManualExecutor::stop() {
    const std::lock_guard lock(m_state->mutex);
    m_state->stopped = true;
    m_state->wake.notify_all();
}

struct ThreadPool::State {
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Task> queue;
    bool stopping = false;
    std::vector<std::thread> threads;

    void work() {
        for (;;) {
            Task task;
            {
                std::unique_lock lock(mutex);
                wake.wait(lock, [this] { return stopping || !queue.empty(); });
                if (stopping)
                    return;
                task = std::move(queue.front());
                queue.pop_front();
            }
            task();
        }
    }
};

ThreadPool::ThreadPool(std::size_t threads)
    : m_state(std::make_unique<State>()) {
    m_state->threads.reserve(threads);
    for (std::size_t i = 0; i < threads; ++i)
        m_state->threads.emplace_back([state = m_state.get()] { state->work(); });
}

ThreadPool::~ThreadPool() {
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->stopping = true;
    }
    m_state->wake.notify_all();
    for (std::thread& thread : m_state->threads)
        thread.join();
    // Dropped tasks may own objects whose destructors post again: release them outside the lock, until none is left.
    std::deque<Task> dropped;
    do {
        dropped.clear();
        const std::lock_guard lock(m_state->mutex);
        dropped.swap(m_state->queue);
    } while (!dropped.empty());
}

void ThreadPool::post(Task task) {
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->queue.push_back(std::move(task));
    }
    m_state->wake.notify_one();
}

struct Strand::State : std::enable_shared_from_this<Strand::State> {
    explicit State(Executor& target)
        : executor(target) {}

    Executor& executor;
    std::mutex mutex;
    std::deque<Task> queue;
    bool scheduled = false;

    // Hands the thread back after a slice, so that one busy strand does not hold a pool thread for ever.
    void drain() {
        for (int i = 0; i < 64; ++i) {
            Task task;
            {
                const std::lock_guard lock(mutex);
                if (queue.empty()) {
                    scheduled = false;
                    return;
                }
                task = std::move(queue.front());
                queue.pop_front();
            }
            task();
        }
        takeTurn();
    }

    void takeTurn();

    // Tasks may own what owns the strand: kept, they would keep each other.
    void drop() {
        std::deque<Task> dropped;
        do {
            dropped.clear();
            const std::lock_guard lock(mutex);
            dropped.swap(queue);
        } while (!dropped.empty());
    }

    // Drops the strand's tasks where the executor ends without running it.
    class Turn {
    public:
        explicit Turn(std::shared_ptr<State> strand)
            : m_strand(std::move(strand)) {}
        ~Turn() {
            if (m_strand)
                m_strand->drop();
        }
        Turn(Turn&&) noexcept = default;
        Turn& operator=(Turn&&) = delete;

        void operator()() { std::exchange(m_strand, nullptr)->drain(); }

    private:
        std::shared_ptr<State> m_strand;
    };
};

void Strand::State::takeTurn() {
    executor.post(Turn(shared_from_this()));
}

Strand::Strand(Executor& executor)
    : m_state(std::make_shared<State>(executor)) {}

Strand::~Strand() = default;

void Strand::post(Task task) {
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->queue.push_back(std::move(task));
        if (m_state->scheduled)
            return;
        m_state->scheduled = true;
    }
    m_state->takeTurn();
}

} // namespace base
