// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/log_resume.h"

#include "core/base/text.h"

#include <algorithm>
#include <functional>

namespace kube {

namespace {

std::uint64_t hashOf(const LogLine& line) {
    const std::hash<std::string> hash;
    return (hash(line.timestamp) * 31 + hash(line.text)) * 4 + (line.startsLine ? 2 : 0) + (line.endsLine ? 1 : 0);
}

// "2026-01-01T00:00:00.123Z" without its fraction.
std::string wholeSecond(const std::string& timestamp) {
    constexpr std::size_t kSeconds = 19;
    const std::size_t zone = timestamp.find_first_of("Z+-", kSeconds);
    return timestamp.substr(0, kSeconds) + (zone == std::string::npos ? "Z" : timestamp.substr(zone));
}

} // namespace

void LogResume::restart() {
    m_isPassing = true;
    m_next = 0;
    m_lineSecond = -1;
}

void LogResume::filter(std::vector<LogLine>& lines) {
    std::erase_if(lines, [this](const LogLine& line) { return !isNew(line); });
}

bool LogResume::isNew(const LogLine& line) {
    if (line.startsLine)
        m_lineSecond = line.timestamp.empty() ? -1 : base::parseTime(line.timestamp).value_or(-1000) / 1000;
    // A line of the server's own has no time, and one from before is not sent again.
    if (m_lineSecond < std::max<std::int64_t>(m_second, 0))
        return true;
    const std::uint64_t hash = hashOf(line);
    if (m_isPassing && wasSeen(hash))
        return false;
    m_isPassing = false;
    if (m_lineSecond > m_second) {
        m_second = m_lineSecond;
        m_sinceTime = wholeSecond(line.timestamp);
        m_seen.clear();
    }
    m_seen.push_back(hash);
    return true;
}

// Where the file was rotated meanwhile, the first ones are gone.
bool LogResume::wasSeen(std::uint64_t hash) {
    const auto found = std::find(m_seen.begin() + static_cast<std::ptrdiff_t>(m_next), m_seen.end(), hash);
    if (found == m_seen.end())
        return false;
    m_next = static_cast<std::size_t>(found - m_seen.begin()) + 1;
    return true;
}

} // namespace kube
