// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/base/unique_function.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace net {

/// One thread over epoll for sockets of this machine: the Executor on which all that has to do with them runs, away
/// from the window's thread and from the engine's. The destructor runs what was posted before it, and joins.
class SocketLoop final : public base::Executor {
public:
    /// Told the events of epoll that came.
    using Handler = base::UniqueFunction<void(std::uint32_t events)>;

    SocketLoop();
    ~SocketLoop() override;
    SocketLoop(const SocketLoop&) = delete;
    SocketLoop& operator=(const SocketLoop&) = delete;

    void post(base::Task task) override;

    // The loop's own thread only. A descriptor has to be forgotten before it is closed; a handler may do so itself.
    void watch(int descriptor, std::uint32_t events, Handler handler);
    void change(int descriptor, std::uint32_t events);
    void forget(int descriptor);

private:
    void run();
    void runTasks();
    void wake() const;

    int m_epoll = -1;
    int m_wake = -1;
    std::mutex m_mutex;
    std::vector<base::Task> m_tasks;
    bool m_isOver = false;
    std::unordered_map<int, std::shared_ptr<Handler>> m_handlers;
    std::thread m_thread;
};

} // namespace net
