// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terminal/terminal_cell.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

enum class TerminalKey : std::uint8_t {
    Enter,
    Tab,
    Backspace,
    Escape,
    Up,
    Down,
    Left,
    Right,
    Insert,
    Delete,
    Home,
    End,
    PageUp,
    PageDown,
    KeypadEnter,
    KeypadPlus,
    KeypadMinus,
    KeypadMultiply,
    KeypadDivide,
    KeypadComma,
    KeypadPeriod,
    KeypadEqual,
    Keypad0, ///< 1 to 9 follow.
    KeypadLast = Keypad0 + 9,
    Function1, ///< 2 to 24 follow.
    FunctionLast = Function1 + 23,
};

struct TerminalModifiers {
    bool shift = false;
    bool alt = false;
    bool control = false;
};

struct TerminalCursor {
    enum class Shape : std::uint8_t { Block, Underline, Bar };
    int row = 0;
    int column = 0;
    bool isVisible = true;
    bool blinks = true;
    Shape shape = Shape::Block;

    bool operator==(const TerminalCursor&) const = default;
};

/// An xterm: what a program writes becomes lines of cells, what the operator does becomes what the program reads.
/// Safe against whatever a program writes: bounded in memory, no sequence reaches a clipboard or anything outside, and
/// only the answers that say what kind of terminal this is and where the cursor stands are given. No Qt; one thread.
class TerminalScreen {
public:
    static constexpr std::size_t kHistory = 100'000;
    static constexpr int kMostRows = 1000;
    static constexpr int kLeastColumns = 2; ///< With one, libvterm puts the cursor before it.
    static constexpr int kMostColumns = 2000;
    enum class Mouse : std::uint8_t { Off, Click, Drag, Move };
    enum class Case : std::uint8_t { Ignored, Matters };

    TerminalScreen(int rows, int columns, std::size_t history = kHistory);
    ~TerminalScreen();
    TerminalScreen(const TerminalScreen&) = delete;
    TerminalScreen& operator=(const TerminalScreen&) = delete;

    /// What the program writes, cut anywhere.
    void write(std::string_view bytes);
    void resize(int rows, int columns);
    /// As after the start, but for the lines above the screen.
    void reset();
    void clearHistory();

    [[nodiscard]] int rows() const;
    [[nodiscard]] int columns() const;
    /// The oldest line kept, the first on the screen, one after the last.
    [[nodiscard]] std::int64_t firstLine() const;
    [[nodiscard]] std::int64_t screenLine() const;
    [[nodiscard]] std::int64_t endLine() const { return screenLine() + rows(); }
    [[nodiscard]] std::size_t historyBytes() const;
    /// `number` from firstLine() to endLine(). Lines above the screen are as long as their text, others as the screen.
    void readLine(std::int64_t number, TerminalLine& line) const;
    /// Valid until the next call of anything here.
    [[nodiscard]] std::u32string_view characters(char32_t glyph) const;

    [[nodiscard]] TerminalCursor cursor() const;
    [[nodiscard]] bool isAlternate() const;
    [[nodiscard]] bool isReversed() const; ///< DECSCNM: the whole screen.
    [[nodiscard]] bool pastesBracketed() const;
    [[nodiscard]] Mouse mouse() const;
    /// As the program set it, without control characters. To be shown as plain text, and for nothing else.
    [[nodiscard]] const std::string& title() const;
    /// How often the bell was rung.
    [[nodiscard]] unsigned bells() const;

    /// Rows of the screen that look different since this was asked last.
    [[nodiscard]] std::vector<bool> takeDamage();
    /// What is to be sent to the program since this was asked last.
    [[nodiscard]] std::string takeInput();

    // What the operator does; becomes input.
    void key(TerminalKey key, TerminalModifiers modifiers = {});
    void character(char32_t character, TerminalModifiers modifiers = {});
    void paste(std::string_view text);
    void moveMouse(int row, int column, TerminalModifiers modifiers);
    /// 1 left, 2 middle, 3 right, 4 and 5 the wheel up and down, 6 and 7 left and right.
    void mouseButton(int button, bool isPressed, TerminalModifiers modifiers);
    void focus(bool isIn);

    /// Lines that were wrapped are joined, blanks at ends of lines left out.
    [[nodiscard]] std::string text(const TerminalRange& range) const;
    /// Letters' case by ASCII. At most `most`, the newest of them, in order.
    [[nodiscard]] std::vector<TerminalRange> find(std::string_view needle, Case matters, std::size_t most) const;
    /// The word or the chain of signs at a place, over wraps.
    [[nodiscard]] TerminalRange wordAt(TerminalPlace place) const;
    /// The whole line at a place, with what it was wrapped into.
    [[nodiscard]] TerminalRange lineAt(std::int64_t line) const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace ui
