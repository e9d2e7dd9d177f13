// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/support/screen.h"

#include <algorithm>
#include <cstdio>

namespace bench {

Screen::Screen(int columns, int lines)
    : m_columns(columns)
    , m_lines(static_cast<std::size_t>(lines), std::string(static_cast<std::size_t>(columns), ' ')) {}

void Screen::feed(const std::string& bytes) {
    for (const char c : bytes) {
        if (m_sequence.empty()) {
            if (c == '\x1b')
                m_sequence = c;
            else
                put(c);
            continue;
        }
        m_sequence += c;
        const bool isLong = m_sequence.size() > 1 && m_sequence[1] == '[';
        const bool isText = m_sequence.size() > 1 && m_sequence[1] == ']';
        const bool isCharset = m_sequence.size() > 1 && (m_sequence[1] == '(' || m_sequence[1] == ')');
        const bool isOver = isText      ? c == '\a' || m_sequence.ends_with("\x1b\\")
                            : isCharset ? m_sequence.size() == 3
                                        : !isLong || (m_sequence.size() > 2 && c >= '@' && c <= '~');
        if (m_sequence.size() > 1 && isOver) {
            obey(m_sequence);
            m_sequence.clear();
        }
    }
}

void Screen::put(char c) {
    if (c == '\r') {
        m_x = 0;
    } else if (c == '\n') {
        m_y = std::min(m_y + 1, static_cast<int>(m_lines.size()) - 1);
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && static_cast<unsigned char>(c) >= ' ') {
        // The first byte of a character stands for it.
        if (m_x < m_columns)
            m_lines[static_cast<std::size_t>(m_y)][static_cast<std::size_t>(m_x)] = c;
        ++m_x;
    }
}

void Screen::obey(const std::string& sequence) {
    int line = 1;
    int column = 1;
    if (!sequence.ends_with('H'))
        return;
    std::sscanf(sequence.c_str(), "\x1b[%d;%d", &line, &column);
    m_y = std::clamp(line, 1, static_cast<int>(m_lines.size())) - 1;
    m_x = std::clamp(column, 1, m_columns) - 1;
}

std::string Screen::text() const {
    std::string all;
    for (const std::string& line : m_lines)
        all += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    return all;
}

bool Screen::shows(const std::string& text) const {
    return std::any_of(m_lines.begin(), m_lines.end(),
                       [&](const std::string& line) { return line.find(text) != std::string::npos; });
}

} // namespace bench
