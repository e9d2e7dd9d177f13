// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace bench {

/// What a full-screen terminal program has drawn: enough of a terminal to read a number off it. Understands characters,
/// line breaks and "move to"; everything else (colours, modes) is skipped.
class Screen {
public:
    Screen(int columns, int lines);

    void feed(const std::string& bytes);
    [[nodiscard]] bool shows(const std::string& text) const;
    /// All lines, as they are.
    [[nodiscard]] std::string text() const;

private:
    void put(char c);
    void obey(const std::string& sequence);

    int m_columns;
    std::vector<std::string> m_lines;
    int m_x = 0;
    int m_y = 0;
    std::string m_sequence; // An escape sequence that is not complete yet.
};

} // namespace bench
