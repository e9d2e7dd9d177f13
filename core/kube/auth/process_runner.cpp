// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/auth/process_runner.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace kube {

namespace {

using Time = std::chrono::steady_clock::time_point;
using Done = base::UniqueFunction<void(ProcessResult)>;

constexpr std::chrono::milliseconds patience{1000};

Time now() {
    return std::chrono::steady_clock::now();
}

class Fd {
public:
    Fd() = default;
    explicit Fd(int fd)
        : m_fd(fd) {}
    Fd(Fd&& other) noexcept
        : m_fd(std::exchange(other.m_fd, -1)) {}
    Fd& operator=(Fd&& other) noexcept {
        if (this != &other) {
            reset();
            m_fd = std::exchange(other.m_fd, -1);
        }
        return *this;
    }
    Fd(const Fd&) = delete;
    Fd& operator=(const Fd&) = delete;
    ~Fd() { reset(); }
    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }
    void reset() {
        if (m_fd >= 0)
            ::close(m_fd);
        m_fd = -1;
    }

private:
    int m_fd = -1;
};

struct Process {
    std::uint64_t id = 0;
    ProcessSpec spec;
    Done done;
    pid_t pid = -1;
    bool ownGroup = false;
    bool exited = false; ///< And reaped.
    Fd pidFd;
    Fd output;
    Fd errors;
    Time deadline = Time::max(); ///< Of the run; after the exit, of the pipes.
    Time killAt = Time::max();   ///< When asking nicely is over.
    ProcessResult result;

    void signal(int number) const {
        if (pid > 0 && !exited)
            ::kill(ownGroup ? -pid : pid, number);
    }
};

int startProcess(Process& process) {
    int out[2];
    int err[2];
    if (::pipe2(out, O_CLOEXEC) != 0)
        return errno;
    process.output = Fd(out[0]);
    const Fd outWrite(out[1]);
    if (::pipe2(err, O_CLOEXEC) != 0)
        return errno;
    process.errors = Fd(err[0]);
    const Fd errWrite(err[1]);
    ::fcntl(out[0], F_SETFL, O_NONBLOCK);
    ::fcntl(err[0], F_SETFL, O_NONBLOCK);

    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    if (process.spec.input == ProcessInput::None)
        ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, outWrite.get(), 1);
    ::posix_spawn_file_actions_adddup2(&actions, errWrite.get(), 2);
    // Whatever other libraries opened without O_CLOEXEC is none of the program's business.
    ::posix_spawn_file_actions_addclosefrom_np(&actions, 3);

    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    process.ownGroup = process.spec.input == ProcessInput::None;
    if (process.ownGroup)
        flags = static_cast<short>(flags | POSIX_SPAWN_SETSID);
    ::posix_spawnattr_setflags(&attributes, flags);

    std::vector<char*> arguments;
    arguments.push_back(process.spec.path.data());
    for (std::string& argument : process.spec.arguments)
        arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    std::vector<char*> environment;
    for (std::string& variable : process.spec.environment)
        environment.push_back(variable.data());
    environment.push_back(nullptr);

    const int error = ::posix_spawn(&process.pid, process.spec.path.c_str(), &actions, &attributes, arguments.data(),
                                    environment.data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        process.pid = -1;
        return error;
    }
    process.pidFd = Fd(static_cast<int>(::syscall(SYS_pidfd_open, process.pid, 0)));
    return 0;
}

/// Reads what is there; closes at the end.
void drain(Fd& fd, const std::function<void(const char*, std::size_t)>& take) {
    char buffer[16384];
    while (fd.isOpen()) {
        const ssize_t count = ::read(fd.get(), buffer, sizeof buffer);
        if (count > 0)
            take(buffer, std::size_t(count));
        else if (count == 0)
            fd.reset();
        else if (errno == EAGAIN)
            return;
        else if (errno != EINTR)
            fd.reset();
    }
}

} // namespace

class ProcessRunner::Impl {
public:
    Impl()
        : m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
        , m_thread([this] { work(); }) {}

    ~Impl() { shutDown(); }

    void shutDown() {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        wake();
        if (m_thread.joinable())
            m_thread.join();
    }

    std::uint64_t start(ProcessSpec spec, Done done) {
        auto process = std::make_unique<Process>();
        process->spec = std::move(spec);
        process->done = std::move(done);
        std::uint64_t id = 0;
        {
            const std::lock_guard lock(m_mutex);
            id = process->id = ++m_lastId;
            m_started.push_back(std::move(process));
        }
        wake();
        return id;
    }

    void kill(std::uint64_t id) {
        {
            const std::lock_guard lock(m_mutex);
            m_killed.push_back(id);
        }
        wake();
    }

private:
    void wake() const {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t count = ::write(m_wake.get(), &one, sizeof one);
    }

    void work() {
        for (;;) {
            std::uint64_t counter = 0;
            [[maybe_unused]] const ssize_t count = ::read(m_wake.get(), &counter, sizeof counter);
            std::vector<std::uint64_t> killed;
            {
                const std::lock_guard lock(m_mutex);
                if (m_stopping)
                    break;
                std::move(m_started.begin(), m_started.end(), std::back_inserter(m_waiting));
                m_started.clear();
                killed.swap(m_killed);
            }
            for (const std::uint64_t id : killed)
                killOne(id);
            startWaiting();
            waitForEvents();
            for (std::size_t i = 0; i < m_processes.size(); ++i)
                advance(*m_processes[i]);
            std::erase_if(m_processes, [](const auto& p) { return p->exited && !p->done; });
        }
        stop();
    }

    void stop() {
        for (const auto& process : m_processes) {
            process->signal(SIGKILL);
            if (process->pid <= 0 || process->exited)
                continue;
            // A killed process ends at once unless the kernel holds it; then init will reap it after us.
            pollfd waiting{process->pidFd.get(), POLLIN, 0};
            ::poll(&waiting, 1, process->pidFd.isOpen() ? 1000 : 50);
            ::waitpid(process->pid, nullptr, WNOHANG);
        }
        m_processes.clear();
        m_waiting.clear();
    }

    void startWaiting() {
        for (auto it = m_waiting.begin(); it != m_waiting.end();) {
            const bool busy = std::any_of(m_processes.begin(), m_processes.end(),
                                          [](const auto& p) { return p->spec.input == ProcessInput::Terminal; });
            if ((*it)->spec.input == ProcessInput::Terminal && busy) {
                ++it;
                continue;
            }
            std::unique_ptr<Process> process = std::move(*it);
            it = m_waiting.erase(it);
            process->deadline = now() + process->spec.deadline;
            if (const int error = startProcess(*process); error != 0) {
                process->result.end = ProcessEnd::NotStarted;
                process->result.code = error;
                process->exited = true;
                finish(*process);
                // `done` may have queued more, but only in m_started.
                continue;
            }
            m_processes.push_back(std::move(process));
        }
    }

    void killOne(std::uint64_t id) {
        for (auto it = m_waiting.begin(); it != m_waiting.end(); ++it) {
            if ((*it)->id != id)
                continue;
            const std::unique_ptr<Process> process = std::move(*it);
            m_waiting.erase(it);
            process->result.end = ProcessEnd::Killed;
            finish(*process);
            return;
        }
        for (const auto& process : m_processes)
            if (process->id == id && process->done)
                giveUp(*process, ProcessEnd::Killed);
    }

    /// Tells the caller at once; the process is seen to its end later.
    static void giveUp(Process& process, ProcessEnd end) {
        process.result.end = end;
        process.signal(SIGTERM);
        process.killAt = now() + patience;
        process.output.reset();
        process.errors.reset();
        process.deadline = Time::max();
        finish(process);
    }

    static void finish(Process& process) {
        const Done done = std::move(process.done);
        process.done = nullptr;
        if (done)
            done(std::move(process.result));
    }

    void waitForEvents() {
        std::vector<pollfd> fds{{m_wake.get(), POLLIN, 0}};
        Time next = Time::max();
        for (const auto& process : m_processes) {
            for (const int fd :
                 {process->output.get(), process->errors.get(), process->exited ? -1 : process->pidFd.get()})
                if (fd >= 0)
                    fds.push_back({fd, POLLIN, 0});
            next = std::min({next, process->deadline, process->killAt});
            // Without pidfd (old kernels, some sandboxes) the exit has to be looked for.
            if (!process->exited && !process->pidFd.isOpen())
                next = std::min(next, now() + std::chrono::milliseconds(20));
        }
        int timeout = -1;
        if (next != Time::max())
            timeout = static_cast<int>(
                std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::milliseconds>(next - now()).count()));
        ::poll(fds.data(), fds.size(), timeout);
    }

    static void advance(Process& process) {
        drain(process.output, [&](const char* data, std::size_t size) { process.result.output.append(data, size); });
        drain(process.errors, [&](const char* data, std::size_t size) {
            std::string& errors = process.result.errors;
            errors.append(data, size);
            if (errors.size() > process.spec.maxErrors)
                errors.erase(0, errors.size() - process.spec.maxErrors);
            if (process.spec.onErrors && process.done)
                process.spec.onErrors(std::string(data, size));
        });
        if (!process.exited)
            reap(process);
        if (process.killAt <= now()) {
            process.signal(SIGKILL);
            process.killAt = Time::max();
        }
        if (!process.done)
            return;
        if (process.result.output.size() > process.spec.maxOutput)
            giveUp(process, ProcessEnd::TooMuchOutput);
        else if (process.exited &&
                 ((!process.output.isOpen() && !process.errors.isOpen()) || process.deadline <= now()))
            finish(process);
        else if (!process.exited && process.deadline <= now())
            giveUp(process, ProcessEnd::TimedOut);
    }

    static void reap(Process& process) {
        int status = 0;
        if (::waitpid(process.pid, &status, WNOHANG) != process.pid)
            return;
        // The rest of the group goes with a leader that was told to end.
        if (process.killAt != Time::max() && process.ownGroup)
            ::kill(-process.pid, SIGKILL);
        process.exited = true;
        process.killAt = Time::max();
        if (!process.done)
            return;
        process.result.end = WIFSIGNALED(status) ? ProcessEnd::Signalled : ProcessEnd::Exited;
        process.result.code = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
        process.deadline = std::min(process.deadline, now() + patience);
    }

    std::mutex m_mutex;
    std::deque<std::unique_ptr<Process>> m_started;
    std::vector<std::uint64_t> m_killed;
    std::uint64_t m_lastId = 0;
    bool m_stopping = false;
    // Of the runner's thread alone.
    std::deque<std::unique_ptr<Process>> m_waiting;
    std::vector<std::unique_ptr<Process>> m_processes;
    Fd m_wake;
    std::thread m_thread;
};

ProcessRunner::ProcessRunner()
    : m_impl(std::make_unique<Impl>()) {}

ProcessRunner::~ProcessRunner() = default;

std::uint64_t ProcessRunner::start(ProcessSpec spec, base::UniqueFunction<void(ProcessResult)> done) {
    return m_impl->start(std::move(spec), std::move(done));
}

void ProcessRunner::shutDown() {
    m_impl->shutDown();
}

void ProcessRunner::kill(std::uint64_t id) {
    m_impl->kill(id);
}

} // namespace kube
