// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace testbed {

/// What a program left behind.
struct Ran {
    int exitCode = -1; ///< 128 + signal when a signal ended it, 127 when it could not be run
    std::string out;
    std::string err;
};

struct RunOptions {
    std::string input;                              ///< its standard input
    std::map<std::string, std::string> environment; ///< set on top of our own; an empty value unsets
    std::filesystem::path folder;                   ///< where it runs; empty: here
    int timeoutMs = 60000;                          ///< then it is killed
};

/// Runs a program to its end, with its output in memory. `command` is the program (looked up in PATH) and its
/// arguments.
Ran run(const std::vector<std::string>& command, const RunOptions& options = {});

/// A program that runs beside us. The kernel kills it when the thread that started it ends, so that none outlives a
/// crashed test; start it therefore from the main thread. Not copyable; the destructor ends it.
class ChildProcess {
public:
    ChildProcess() = default;
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ~ChildProcess();

    /// Starts it with both outputs appended to `log` and no input. False when it runs already or cannot be forked.
    bool start(const std::vector<std::string>& command, const std::filesystem::path& log);

    /// False once it has ended by itself or by us.
    bool isRunning();
    pid_t pid() const { return m_pid; }

    /// SIGTERM, after `patienceMs` SIGKILL; returns when it is gone. Wakes a stopped one first.
    void terminate(int patienceMs = 10000);
    /// SIGKILL; returns when it is gone.
    void kill();
    /// SIGSTOP and SIGCONT.
    void pause();
    void resume();

private:
    bool waitGone(int ms);

    pid_t m_pid = -1;
};

} // namespace testbed
