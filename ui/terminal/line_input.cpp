// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/line_input.h"

#include <utility>

namespace ui {

namespace {

constexpr char kEndOfInput = '\x04';
constexpr char kForget = '\x15'; // Ctrl+U
constexpr char kEscape = '\x1b';
constexpr char kBackspace = '\b';
constexpr char kDelete = '\x7f';

bool isContinuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// How many cells the UTF-8 character takes; wide ones lie at U+1100 and above (Unicode, annex 11).
int cellsOf(std::string_view character) {
    return static_cast<unsigned char>(character.front()) >= 0xE1U ? 2 : 1;
}

} // namespace

LineInput::Step LineInput::take(std::string_view keys) {
    Step step;
    for (const char c : keys) {
        const bool isPair = std::exchange(m_wasReturn, c == '\r') && c == '\n';
        if (isPair)
            continue;
        if (m_escape == Escape::Begun) {
            m_escape = c == '[' || c == 'O' ? Escape::Inside : Escape::None;
        } else if (m_escape == Escape::Inside) {
            if (c >= '@' && c <= '~')
                m_escape = Escape::None;
        } else if (c == kEscape) {
            m_escape = Escape::Begun;
        } else if (c == '\r' || c == '\n') {
            step.shown += "\r\n";
            step.sent += m_line + "\n";
            m_line.clear();
        } else if (c == kDelete || c == kBackspace) {
            takeBack(step);
        } else if (c == kForget) {
            while (!m_line.empty())
                takeBack(step);
        } else if (c == kEndOfInput) {
            step.sent += m_line;
            step.isOver = m_line.empty();
            m_line.clear();
        } else if (c == '\t' || static_cast<unsigned char>(c) >= 0x20U) {
            m_line += c;
            step.shown += c;
        }
    }
    return step;
}

void LineInput::takeBack(Step& step) {
    if (m_line.empty())
        return;
    std::size_t start = m_line.size() - 1;
    while (start > 0 && isContinuation(m_line[start]))
        --start;
    for (int cells = cellsOf(std::string_view(m_line).substr(start)); cells > 0; --cells)
        step.shown += "\b \b";
    m_line.erase(start);
}

} // namespace ui
