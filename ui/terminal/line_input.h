// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace ui {

/// What a terminal's driver does for a program that has none: gathers what is typed into lines, shows it, lets the last
/// characters be taken back, and hands lines on when Enter is pressed (POSIX, canonical mode). Knows no Qt.
class LineInput {
public:
    struct Step {
        std::string shown;   ///< For the screen.
        std::string sent;    ///< For the program: whole lines.
        bool isOver = false; ///< Ctrl+D at the beginning of a line: nothing more will be sent.
    };
    /// Keys as a terminal sends them; sequences of other keys (arrows, functions) are passed over.
    [[nodiscard]] Step take(std::string_view keys);

private:
    void takeBack(Step& step);

    std::string m_line;
    bool m_wasReturn = false; // its line feed belongs to it
    enum class Escape { None, Begun, Inside } m_escape = Escape::None;
};

} // namespace ui
