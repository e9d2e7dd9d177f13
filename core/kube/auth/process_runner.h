// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/unique_function.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace kube {

enum class ProcessInput {
    None,     ///< /dev/null, in a session of its own without a terminal.
    Terminal, ///< Our standard input and terminal; such processes run one after the other.
};

struct ProcessSpec {
    std::string path;                     ///< No look-up, no shell.
    std::vector<std::string> arguments;   ///< Without the program's own name.
    std::vector<std::string> environment; ///< NAME=value, all of it.
    ProcessInput input = ProcessInput::None;
    std::chrono::milliseconds deadline{30000};
    std::size_t maxOutput = std::size_t(4) << 20;
    std::size_t maxErrors = std::size_t(16) << 10; ///< The end of what is written to standard error is kept.
    /// Standard error as it comes, raw. On the runner's thread; must not block. May be empty.
    base::UniqueFunction<void(const std::string&)> onErrors;
};

enum class ProcessEnd {
    Exited,     ///< code is the exit status.
    Signalled,  ///< code is the signal.
    NotStarted, ///< code is errno.
    TimedOut,
    Killed, ///< By kill().
    TooMuchOutput,
};

struct ProcessResult {
    ProcessEnd end = ProcessEnd::NotStarted;
    int code = 0;
    std::string output;
    std::string errors;
};

/// Runs programs and collects what they print, on one thread of its own that never waits for any single one. Any thread
/// may call. The destructor kills what still runs (its whole process group) and joins; handlers that wait then never
/// run.
class ProcessRunner {
public:
    ProcessRunner();
    ~ProcessRunner();
    ProcessRunner(const ProcessRunner&) = delete;
    ProcessRunner& operator=(const ProcessRunner&) = delete;

    /// `done` runs once on the runner's thread. It may start and kill processes but must not destroy the runner. A
    /// program whose children keep its standard output open after its own end is waited for one second longer.
    std::uint64_t start(ProcessSpec spec, base::UniqueFunction<void(ProcessResult)> done);
    /// Asks the process group to end and makes it end a second later. `done` gets Killed, if it has not run yet.
    void kill(std::uint64_t id);
    /// What the destructor does, early: nothing runs afterwards. Not from a handler.
    void shutDown();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace kube
