// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/streams/log_lines.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kube {

/// Where the reading of a log has come to, so that it can go on after a cut without a gap and without a line twice.
/// A server can only be asked for lines since a whole second: it then sends the lines of that second once more, in the
/// same order, since they lie in one file. So what was seen since the newest second is remembered, as hashes, and
/// passed over. Not thread-safe.
class LogResume {
public:
    /// For LogSpec::sinceTime; empty as long as no line was seen.
    [[nodiscard]] const std::string& sinceTime() const { return m_sinceTime; }
    /// A stream begins that was asked for with sinceTime().
    void restart();
    /// Takes away what was seen before the restart, remembers the rest.
    void filter(std::vector<LogLine>& lines);

private:
    bool isNew(const LogLine& line);
    bool wasSeen(std::uint64_t hash);

    std::string m_sinceTime;
    std::int64_t m_second = -1;        ///< The same, since 1970.
    std::int64_t m_lineSecond = -1;    ///< Of the line under way.
    std::vector<std::uint64_t> m_seen; ///< Lines and pieces since m_second, in order.
    bool m_isPassing = false;          ///< As long as only known ones have come since the restart.
    std::size_t m_next = 0;            ///< Of m_seen, the one expected.
};

} // namespace kube
