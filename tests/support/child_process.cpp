// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>

extern char** environ;

namespace testbed {

namespace {

using SteadyClock = std::chrono::steady_clock;

/// argv and envp, built before the fork: between fork and exec nothing may allocate.
class Image {
public:
    Image(const std::vector<std::string>& command, const std::map<std::string, std::string>& extra)
        : m_words(command) {
        for (char** entry = environ; *entry != nullptr; ++entry) {
            const std::string line = *entry;
            if (!extra.contains(line.substr(0, line.find('='))))
                m_lines.push_back(line);
        }
        for (const auto& [name, value] : extra) {
            if (!value.empty())
                m_lines.push_back(name + "=" + value);
        }
        for (std::string& word : m_words)
            m_argv.push_back(word.data());
        for (std::string& line : m_lines)
            m_envp.push_back(line.data());
        m_argv.push_back(nullptr);
        m_envp.push_back(nullptr);
    }

    [[noreturn]] void exec() const {
        ::execvpe(m_argv.front(), m_argv.data(), m_envp.data());
        ::_exit(127);
    }

private:
    std::vector<std::string> m_words;
    std::vector<std::string> m_lines;
    std::vector<char*> m_argv;
    std::vector<char*> m_envp;
};

/// In the child: dies with the parent's thread, has default signals and no descriptors but the first three.
void settleChild(pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) // it died before prctl took hold
        ::_exit(127);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    ::close_range(3, ~0U, 0);
}

int exitCodeOf(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

struct Pipe {
    int read = -1;
    int write = -1;

    Pipe() {
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC) == 0) {
            read = ends[0];
            write = ends[1];
        }
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close(read);
        close(write);
    }

    static void close(int& end) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
};

/// Feeds the input and gathers both outputs until the program has closed them or time is up. False: time is up.
bool talk(const std::string& input, Pipe& in, Pipe& out, Pipe& err, Ran& ran, int timeoutMs) {
    const auto deadline = SteadyClock::now() + std::chrono::milliseconds(timeoutMs);
    ::fcntl(in.write, F_SETFL, O_NONBLOCK);
    std::size_t written = 0;
    std::array<char, 65536> buffer;
    while (out.read >= 0 || err.read >= 0) {
        if (in.write >= 0 && written == input.size())
            Pipe::close(in.write);
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - SteadyClock::now()).count();
        std::array<pollfd, 3> ends{pollfd{out.read, POLLIN, 0}, pollfd{err.read, POLLIN, 0},
                                   pollfd{in.write, POLLOUT, 0}};
        if (left <= 0 || ::poll(ends.data(), ends.size(), static_cast<int>(left)) == 0)
            return false;
        if (ends[2].revents != 0) {
            const ssize_t n = ::write(in.write, input.data() + written, input.size() - written);
            if (n > 0)
                written += static_cast<std::size_t>(n);
            else if (errno != EAGAIN)
                Pipe::close(in.write);
        }
        for (std::size_t i = 0; i < 2; ++i) {
            if (ends[i].revents == 0)
                continue;
            int& end = i == 0 ? out.read : err.read;
            const ssize_t n = ::read(end, buffer.data(), buffer.size());
            if (n > 0)
                (i == 0 ? ran.out : ran.err).append(buffer.data(), static_cast<std::size_t>(n));
            else
                Pipe::close(end);
        }
    }
    return true;
}

} // namespace

Ran run(const std::vector<std::string>& command, const RunOptions& options) {
    Ran ran;
    Pipe in;
    Pipe out;
    Pipe err;
    const Image image(command, options.environment);
    const std::string folder = options.folder.string();
    // A program that never reads its input must not end us.
    struct sigaction ignore{};
    struct sigaction before{};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignore, &before);
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) {
        ::dup2(in.read, 0);
        ::dup2(out.write, 1);
        ::dup2(err.write, 2);
        settleChild(parent);
        if (!folder.empty() && ::chdir(folder.c_str()) != 0)
            ::_exit(127);
        image.exec();
    }
    Pipe::close(in.read);
    Pipe::close(out.write);
    Pipe::close(err.write);
    if (child > 0) {
        if (!talk(options.input, in, out, err, ran, options.timeoutMs)) {
            ran.err += "\nkilled after " + std::to_string(options.timeoutMs) + " ms\n";
            ::kill(child, SIGKILL);
        }
        int status = 0;
        while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
        ran.exitCode = exitCodeOf(status);
    }
    ::sigaction(SIGPIPE, &before, nullptr);
    return ran;
}

ChildProcess::~ChildProcess() {
    terminate();
}

bool ChildProcess::start(const std::vector<std::string>& command, const std::filesystem::path& log) {
    if (isRunning())
        return false;
    const Image image(command, {});
    const std::string logFile = log.string();
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child == 0) {
        const int nothing = ::open("/dev/null", O_RDONLY);
        const int output = ::open(logFile.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(nothing, 0);
        ::dup2(output, 1);
        ::dup2(output, 2);
        settleChild(parent);
        image.exec();
    }
    m_pid = child;
    return child > 0;
}

bool ChildProcess::isRunning() {
    return m_pid > 0 && !waitGone(0);
}

bool ChildProcess::waitGone(int ms) {
    if (m_pid <= 0)
        return true;
    // Readable once the process has ended; where the kernel gives none, waitpid() alone decides.
    pollfd ended{static_cast<int>(::syscall(SYS_pidfd_open, m_pid, 0)), POLLIN, 0}; // glibc 2.36 has no C++ prototype
    if (ended.fd >= 0) {
        while (::poll(&ended, 1, ms) < 0 && errno == EINTR) {
        }
        ::close(ended.fd);
    }
    int status = 0;
    const pid_t gone = ::waitpid(m_pid, &status, WNOHANG);
    if (gone != m_pid && !(gone < 0 && errno == ECHILD))
        return false;
    m_pid = -1;
    return true;
}

void ChildProcess::terminate(int patienceMs) {
    if (!isRunning())
        return;
    ::kill(m_pid, SIGTERM);
    ::kill(m_pid, SIGCONT);
    if (!waitGone(patienceMs))
        kill();
}

void ChildProcess::kill() {
    if (!isRunning())
        return;
    ::kill(m_pid, SIGKILL);
    waitGone(60000);
}

void ChildProcess::pause() {
    if (isRunning())
        ::kill(m_pid, SIGSTOP);
}

void ChildProcess::resume() {
    if (isRunning())
        ::kill(m_pid, SIGCONT);
}

} // namespace testbed
