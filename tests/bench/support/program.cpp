// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/support/program.h"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>

namespace bench {

namespace {

std::string slurp(const std::string& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

[[noreturn]] void become(const Program::Start& start, std::vector<char*>& words) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::close_range(3, ~0U, 0);
    for (const auto& [name, value] : start.environment)
        ::setenv(name.c_str(), value.c_str(), 1);
    ::execvp(words.front(), words.data());
    ::_exit(127);
}

} // namespace

double now() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

Program::Program(const Start& start) {
    std::vector<std::string> command = start.command;
    std::vector<char*> words;
    for (std::string& word : command)
        words.push_back(word.data());
    words.push_back(nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    m_startedAt = now();
    if (start.output == Output::Terminal) {
        const winsize size{50, 200, 0, 0};
        m_pid = ::forkpty(&m_out, nullptr, nullptr, &size);
        if (m_pid == 0)
            become(start, words);
        return;
    }
    std::array<int, 2> in{-1, -1};
    std::array<int, 2> out{-1, -1};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0)
        std::abort();
    ::fcntl(out[1], F_SETPIPE_SZ, 1 << 20);
    m_pid = ::fork();
    if (m_pid == 0) {
        ::dup2(in[0], 0);
        ::dup2(out[1], 1);
        ::dup2(out[1], 2);
        become(start, words);
    }
    ::close(in[0]);
    ::close(out[1]);
    m_in = in[1];
    m_out = out[0];
}

Program::~Program() {
    end();
}

int Program::end() {
    if (m_pid < 0)
        return -1;
    for (int* descriptor : {&m_in, &m_out}) {
        if (*descriptor >= 0)
            ::close(*descriptor);
        *descriptor = -1;
    }
    ::kill(m_pid, SIGTERM);
    int status = 0;
    const double deadline = now() + 2;
    while (::waitpid(m_pid, &status, WNOHANG) == 0) {
        if (now() > deadline)
            ::kill(m_pid, SIGKILL);
        ::poll(nullptr, 0, 5);
    }
    m_pid = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

double Program::read(const std::function<bool(const std::string& piece)>& take, double seconds) {
    const double deadline = now() + seconds;
    std::string piece(std::size_t(1) << 20, '\0');
    for (double left = seconds; left > 0; left = deadline - now()) {
        pollfd out{m_out, POLLIN, 0};
        if (::poll(&out, 1, static_cast<int>(left * 1000) + 1) <= 0)
            continue;
        const ssize_t size = ::read(m_out, piece.data(), piece.size());
        if (size <= 0)
            return -1;
        if (take(piece.substr(0, static_cast<std::size_t>(size))))
            return now();
    }
    return -1;
}

double Program::readUntil(const std::string& text, double seconds) {
    if (m_said.find(text) != std::string::npos)
        return now();
    return read(
        [&](const std::string& piece) {
            const std::size_t from = m_said.size() - std::min(m_said.size(), text.size());
            m_said += piece;
            return m_said.find(text, from) != std::string::npos;
        },
        seconds);
}

double Program::readToEnd(double seconds) {
    const double deadline = now() + seconds;
    read(
        [this](const std::string& piece) {
            m_said += piece;
            return false;
        },
        seconds);
    return now() < deadline ? now() : -1;
}

void Program::say(const std::string& line) const {
    const std::string text = line + "\n";
    [[maybe_unused]] const ssize_t written = ::write(m_in, text.data(), text.size());
}

double Program::residentBytes() const {
    const std::string status = slurp("/proc/" + std::to_string(m_pid) + "/status");
    const std::size_t at = status.find("VmRSS:");
    return at == std::string::npos ? 0 : std::atof(status.c_str() + at + 6) * 1024;
}

double Program::cpuSeconds() const {
    // utime and stime: the 12th and 13th field behind the program's name.
    const std::string line = slurp("/proc/" + std::to_string(m_pid) + "/stat");
    std::size_t at = line.rfind(')');
    for (int i = 0; i < 12 && at != std::string::npos; ++i)
        at = line.find(' ', at + 1);
    if (at == std::string::npos)
        return 0;
    char* end = nullptr;
    const double user = std::strtod(line.c_str() + at, &end);
    return (user + std::strtod(end, nullptr)) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double Program::cpuShare(double seconds) {
    const double cpu = cpuSeconds();
    const double start = now();
    readUntil("\x01 never said", seconds);
    return (cpuSeconds() - cpu) / (now() - start);
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values.empty() ? -1 : values[values.size() / 2];
}

} // namespace bench
