// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace testbed {

/// A program in a terminal of its own, as a person has it. The destructor kills it.
class PtyProcess {
public:
    PtyProcess(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment,
               std::uint16_t width, std::uint16_t height);
    ~PtyProcess();
    PtyProcess(const PtyProcess&) = delete;
    PtyProcess& operator=(const PtyProcess&) = delete;

    void type(const std::string& keys) const;
    void resize(std::uint16_t width, std::uint16_t height) const;
    void signal(int number) const;
    /// Reads until `text` has come behind what was waited for before. False: it did not in time, or the program ended.
    bool waitFor(const std::string& text, int timeoutMs = 30000);
    /// Its exit code, 128 + the signal that ended it, or -1 where it does not end.
    int waitForEnd(int timeoutMs = 30000);
    /// Whether the terminal takes each key by itself now.
    [[nodiscard]] bool isRaw() const;

    [[nodiscard]] const std::string& output() const { return m_output; }

private:
    bool readSome(int timeoutMs);

    pid_t m_pid = -1;
    int m_master = -1;
    int m_slave = -1; ///< Ours, so that the terminal can be asked when the program is gone.
    std::string m_output;
    std::size_t m_seen = 0;
};

} // namespace testbed
