// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace bench {

/// Seconds of a clock that never jumps.
double now();

/// A program that is measured: what it says is read as it says it. The destructor ends it. Main thread only: the kernel
/// kills it when the thread that started it ends.
class Program {
public:
    enum class Output {
        Pipe,     ///< stdout and stderr as one stream.
        Terminal, ///< A terminal of 200 columns and 50 lines.
    };
    struct Start {
        std::vector<std::string> command;
        std::map<std::string, std::string> environment = {}; ///< On top of ours.
        Output output = Output::Pipe;
    };

    explicit Program(const Start& start);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    [[nodiscard]] pid_t pid() const { return m_pid; }
    /// now() when it was started.
    [[nodiscard]] double startedAt() const { return m_startedAt; }
    /// Gives `take` each piece of output until it returns true; returns now() at that moment, or a negative number when
    /// the output ended or `seconds` passed first.
    double read(const std::function<bool(const std::string& piece)>& take, double seconds);
    /// The same until all output so far matches: `text` stands in it.
    double readUntil(const std::string& text, double seconds);
    /// Reads to the end of output and returns now() then; negative if that took longer.
    double readToEnd(double seconds);
    /// All that was read through readUntil() and readToEnd().
    [[nodiscard]] const std::string& said() const { return m_said; }
    void say(const std::string& line) const;
    /// SIGTERM and, two seconds later, SIGKILL. Its exit code, 128 + signal if one ended it.
    int end();

    /// Resident bytes now.
    [[nodiscard]] double residentBytes() const;
    /// Seconds of processor time used so far.
    [[nodiscard]] double cpuSeconds() const;
    /// Share of one core over the next `seconds`; its output is read and thrown away.
    double cpuShare(double seconds);

private:
    int m_in = -1;
    int m_out = -1;
    pid_t m_pid = -1;
    double m_startedAt = 0;
    std::string m_said;
};

/// Of an odd number of measurements.
double median(std::vector<double> values);

} // namespace bench
