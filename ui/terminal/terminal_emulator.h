// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terminal/terminal_filter.h"
#include "ui/terminal/terminal_glyphs.h"
#include "ui/terminal/terminal_grid.h"
#include "ui/terminal/terminal_history.h"
#include "ui/terminal/terminal_screen.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

extern "C" {
struct VTerm;
struct VTermState;
}

namespace ui {

/// What stands behind TerminalScreen: libvterm reads the sequences, the cells are ours. libvterm's own screen knows no
/// wrapped lines, keeps 40 bytes for a cell and hands over the history cell by cell.
class TerminalEmulator : private TerminalFilter::Sink {
public:
    struct Modes {
        bool isReversed = false;
        bool pastesBracketed = false;
        TerminalScreen::Mouse mouse = TerminalScreen::Mouse::Off;
        std::string title;
        unsigned bells = 0;
    };

    TerminalEmulator(int rows, int columns, std::size_t history);
    ~TerminalEmulator() override;

    void write(std::string_view bytes);
    void resize(int rows, int columns);
    void reset();
    void clearHistory();

    [[nodiscard]] int rows() const { return m_main.rows(); }
    [[nodiscard]] int columns() const { return m_main.columns(); }
    [[nodiscard]] std::int64_t screenLine() const { return m_history.end(); }
    [[nodiscard]] const TerminalHistory& history() const { return m_history; }
    [[nodiscard]] const TerminalGlyphs& glyphs() const { return m_glyphs; }
    void readLine(std::int64_t number, TerminalLine& line);
    /// False: the line is on the screen, its text is not at hand.
    [[nodiscard]] bool appendText(std::int64_t number, std::string& text) const;
    [[nodiscard]] bool wraps(std::int64_t number) const;

    [[nodiscard]] TerminalCursor cursor() const;
    [[nodiscard]] bool isAlternate() const { return m_isAlternate; }
    [[nodiscard]] const Modes& modes() const { return m_modes; }
    [[nodiscard]] std::vector<bool> takeDamage();
    [[nodiscard]] std::string takeInput();

    void key(TerminalKey key, TerminalModifiers modifiers);
    void character(char32_t character, TerminalModifiers modifiers);
    void paste(std::string_view text);
    void moveMouse(int row, int column, TerminalModifiers modifiers);
    void mouseButton(int button, bool isPressed, TerminalModifiers modifiers);
    void focus(bool isIn);

private:
    struct Hooks; ///< What libvterm calls.

    void pass(std::string_view bytes) override;
    void escape(std::string_view bytes) override;
    void control(const ControlSequence& sequence) override;
    void title(std::string_view text) override;

    void endText();
    void repeatLast(int count);
    void readModes(const ControlSequence& sequence);
    void readAttributes(const ControlSequence& sequence);
    void answer(std::string_view bytes);
    [[nodiscard]] TerminalGrid& grid() { return m_isAlternate ? m_alternate : m_main; }
    [[nodiscard]] const TerminalGrid& grid() const { return m_isAlternate ? m_alternate : m_main; }
    void touch(int firstRow, int lastRow);
    void keep(const TerminalLine& line) { m_history.push(line, m_glyphs); }
    /// Of the main screen; how far its text has moved down.
    int resizeMain(int rows, int columns, int cursorRow);

    std::unique_ptr<VTerm, void (*)(VTerm*)> m_terminal;
    VTermState* m_state = nullptr;
    TerminalFilter m_filter;
    std::string m_cut; ///< The beginning of a character.
    TerminalGlyphs m_glyphs;
    TerminalHistory m_history;
    TerminalGrid m_main;
    TerminalGrid m_alternate;
    bool m_isAlternate = false;
    TerminalPen m_pen;
    TerminalCursor m_cursor;
    Modes m_modes;
    bool m_isAtWrap = false; ///< The last glyph was put into the last column, and nothing has moved since.
    char32_t m_lastGlyph = 0;
    std::vector<bool> m_damage;
    std::string m_input;
    bool m_isOperator = false; ///< What libvterm says now, the operator has done.
};

} // namespace ui
