// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket_loop.h"

#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace net {

SocketLoop::SocketLoop()
    : m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = m_wake;
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_wake, &event);
    m_thread = std::thread([this] { run(); });
}

SocketLoop::~SocketLoop() {
    {
        const std::lock_guard lock(m_mutex);
        m_isOver = true;
    }
    wake();
    m_thread.join();
    ::close(m_wake);
    ::close(m_epoll);
}

void SocketLoop::post(base::Task task) {
    bool isFirst = false;
    {
        const std::lock_guard lock(m_mutex);
        isFirst = m_tasks.empty();
        m_tasks.push_back(std::move(task));
    }
    if (isFirst)
        wake();
}

void SocketLoop::wake() const {
    const std::uint64_t one = 1;
    static_cast<void>(!::write(m_wake, &one, sizeof one));
}

void SocketLoop::watch(int descriptor, std::uint32_t events, Handler handler) {
    m_handlers[descriptor] = std::make_shared<Handler>(std::move(handler));
    epoll_event event{};
    event.events = events;
    event.data.fd = descriptor;
    ::epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event);
}

void SocketLoop::change(int descriptor, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.fd = descriptor;
    ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
}

void SocketLoop::forget(int descriptor) {
    ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
    m_handlers.erase(descriptor);
}

void SocketLoop::runTasks() {
    std::vector<base::Task> tasks;
    {
        const std::lock_guard lock(m_mutex);
        tasks.swap(m_tasks);
    }
    for (const base::Task& task : tasks)
        task();
}

void SocketLoop::run() {
    // Signals are the main thread's.
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
    std::array<epoll_event, 64> events{};
    for (;;) {
        const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), -1);
        for (int i = 0; i < count; ++i) {
            const epoll_event& event = events[static_cast<std::size_t>(i)];
            if (event.data.fd == m_wake) {
                std::uint64_t ignored = 0;
                static_cast<void>(!::read(m_wake, &ignored, sizeof ignored));
                continue;
            }
            // Forgotten by one before it, perhaps. Held, as it may forget itself.
            const auto at = m_handlers.find(event.data.fd);
            if (at == m_handlers.end())
                continue;
            const std::shared_ptr<Handler> handler = at->second;
            (*handler)(event.events);
        }
        runTasks();
        const std::lock_guard lock(m_mutex);
        if (m_isOver && m_tasks.empty())
            return;
        if (!m_tasks.empty())
            wake(); // what the tasks have posted
    }
}

} // namespace net
