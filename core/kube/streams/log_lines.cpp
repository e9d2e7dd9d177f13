// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/log_lines.h"

#include "core/base/text.h"

#include <utility>

namespace kube {

namespace {

constexpr std::size_t kLongestTimestamp = 40; // "2026-01-01T00:00:00.000000000+00:00" has 35

// The length of the timestamp that a line begins with, 0 if it has none: a server's own complaint in the log.
std::size_t timestampLength(std::string_view line) {
    const std::size_t blank = line.substr(0, kLongestTimestamp).find(' ');
    if (blank == std::string_view::npos || blank < 20 || line[10] != 'T' || !base::parseTime(line.substr(0, blank)))
        return 0;
    return blank;
}

} // namespace

void LogLineReader::feed(std::string_view bytes, std::vector<LogLine>& lines) {
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        std::string_view line = bytes.substr(0, end);
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        if (!m_rest.empty()) {
            m_rest += line;
            line = m_rest;
        }
        cut(line, end == std::string_view::npos ? Rest::Stays : Rest::Goes, true, lines);
        m_rest = std::string(line);
    }
}

void LogLineReader::finish(std::vector<LogLine>& lines) {
    std::string_view rest = m_rest;
    if (!rest.empty())
        cut(rest, Rest::Goes, false, lines);
    m_rest.clear();
    m_isWithin = false;
}

void LogLineReader::cut(std::string_view& rest, Rest what, bool endsLine, std::vector<LogLine>& lines) {
    bool more = true;
    while (more) {
        // A line that is just full may still end there.
        const std::size_t full = m_longest + (m_isWithin ? 0 : kLongestTimestamp);
        if (what == Rest::Stays && rest.size() <= full)
            return;
        LogLine line;
        line.startsLine = !m_isWithin;
        if (line.startsLine) {
            const std::size_t length = timestampLength(rest);
            line.timestamp = rest.substr(0, length);
            rest.remove_prefix(length == 0 ? 0 : length + 1);
        }
        line.text = rest.substr(0, m_longest);
        rest.remove_prefix(line.text.size());
        more = !rest.empty();
        line.endsLine = !more && what == Rest::Goes && endsLine;
        m_isWithin = more || what == Rest::Stays;
        lines.push_back(std::move(line));
    }
    m_isWithin = m_isWithin && what == Rest::Stays;
}

} // namespace kube
