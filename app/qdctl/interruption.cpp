// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/interruption.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

namespace qdctl {

namespace {

// What a signal handler may use: a pipe whose one end a thread waits at.
std::array<int, 2> wakePipe{-1, -1};

void wake(int /*signal*/) {
    const int before = errno;
    static_cast<void>(!::write(wakePipe[1], "!", 1));
    errno = before;
}

void setHandler(int signal, void (*handler)(int)) {
    struct sigaction action{};
    action.sa_handler = handler;
    ::sigaction(signal, &action, nullptr);
}

} // namespace

Interruption::Interruption(base::ManualExecutor& home)
    : m_home(home) {
    if (::pipe2(wakePipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    setHandler(SIGPIPE, SIG_IGN); // Writing fails instead.
    setHandler(SIGINT, wake);
    setHandler(SIGTERM, wake);
    m_thread = std::thread([this] { wait(); });
}

Interruption::~Interruption() {
    if (!m_thread.joinable())
        return;
    m_isOver = true;
    wake(0);
    m_thread.join();
    for (const int signal : {SIGPIPE, SIGINT, SIGTERM})
        setHandler(signal, SIG_DFL);
    for (int& end : wakePipe)
        ::close(std::exchange(end, -1));
}

void Interruption::wait() {
    // Nothing is asked of stdout, so that only its errors count: the reader is gone, the terminal closed.
    std::array<pollfd, 2> ends{pollfd{wakePipe[0], POLLIN, 0}, pollfd{STDOUT_FILENO, 0, 0}};
    while (::poll(ends.data(), ends.size(), -1) < 0 && errno == EINTR)
        continue;
    // Whoever asks a second time shall not wait for us.
    setHandler(SIGINT, SIG_DFL);
    setHandler(SIGTERM, SIG_DFL);
    if (!m_isOver)
        m_home.stop();
}

} // namespace qdctl
