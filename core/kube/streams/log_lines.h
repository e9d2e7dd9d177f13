// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// A line of a log, or a piece of one that is too long to be kept whole.
struct LogLine {
    std::string timestamp;  ///< As the runtime wrote it (RFC 3339, nanoseconds); of the first piece of a line alone.
    std::string text;       ///< Without timestamp and end of line. May hold anything but a line feed.
    bool startsLine = true; ///< False: goes on where the piece before ended.
    bool endsLine = true;   ///< False: goes on, or the log ended without an end of line.

    bool operator==(const LogLine&) const = default;
};

/// Cuts a log that was asked for with timestamps into lines as its bytes come. A line longer than `longest` is given in
/// pieces of just that length, however its bytes arrived: memory is bounded whatever a container writes. One thread.
class LogLineReader {
public:
    static constexpr std::size_t kLongest = std::size_t(256) << 10;

    explicit LogLineReader(std::size_t longest = kLongest)
        : m_longest(longest) {}

    /// Appends what became whole.
    void feed(std::string_view bytes, std::vector<LogLine>& lines);
    /// The log has ended: what is left is a line, too.
    void finish(std::vector<LogLine>& lines);

private:
    /// Takes pieces off the front of `rest`; all of it where the line ends, else only full ones.
    enum class Rest { Goes, Stays };
    void cut(std::string_view& rest, Rest what, bool endsLine, std::vector<LogLine>& lines);

    std::size_t m_longest;
    std::string m_rest;
    bool m_isWithin = false; ///< A piece of the line was given already.
};

} // namespace kube
