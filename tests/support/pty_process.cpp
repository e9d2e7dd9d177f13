// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pty_process.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>

namespace testbed {

namespace {

int leftOf(std::chrono::steady_clock::time_point end) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    return left.count() > 0 ? static_cast<int>(left.count()) : 0;
}

} // namespace

PtyProcess::PtyProcess(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment,
                       std::uint16_t width, std::uint16_t height) {
    std::vector<char*> words;
    for (const std::string& word : command)
        words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    winsize size{height, width, 0, 0};
    if (::openpty(&m_master, &m_slave, nullptr, nullptr, &size) != 0)
        return;
    ::fcntl(m_master, F_SETFD, FD_CLOEXEC);
    m_pid = ::fork();
    if (m_pid != 0)
        return;
    ::login_tty(m_slave);
    for (const auto& [name, value] : environment)
        ::setenv(name.c_str(), value.c_str(), 1);
    ::execvp(words.front(), words.data());
    ::_exit(127);
}

PtyProcess::~PtyProcess() {
    if (m_pid > 0) {
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
    }
    ::close(m_master);
    ::close(m_slave);
}

void PtyProcess::type(const std::string& keys) const {
    static_cast<void>(!::write(m_master, keys.data(), keys.size()));
}

void PtyProcess::resize(std::uint16_t width, std::uint16_t height) const {
    const winsize size{height, width, 0, 0};
    ::ioctl(m_master, TIOCSWINSZ, &size);
}

void PtyProcess::signal(int number) const {
    ::kill(m_pid, number);
}

bool PtyProcess::readSome(int timeoutMs) {
    pollfd end{m_master, POLLIN, 0};
    if (::poll(&end, 1, timeoutMs) <= 0)
        return false;
    std::array<char, 4096> buffer{};
    const ssize_t count = ::read(m_master, buffer.data(), buffer.size());
    if (count <= 0)
        return false;
    m_output.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
}

bool PtyProcess::waitFor(const std::string& text, int timeoutMs) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeoutMs);
    while (true) {
        if (const std::size_t at = m_output.find(text, m_seen); at != std::string::npos) {
            m_seen = at + text.size();
            return true;
        }
        if (leftOf(end) == 0 || !readSome(leftOf(end)))
            return false;
    }
}

int PtyProcess::waitForEnd(int timeoutMs) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(timeoutMs);
    int status = 0;
    while (m_pid > 0 && leftOf(end) > 0) {
        readSome(20);
        if (::waitpid(m_pid, &status, WNOHANG) != m_pid)
            continue;
        m_pid = -1;
        while (readSome(0))
            continue;
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    return -1;
}

bool PtyProcess::isRaw() const {
    termios settings{};
    return ::tcgetattr(m_slave, &settings) == 0 && (settings.c_lflag & ICANON) == 0;
}

} // namespace testbed
