// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

// What a terminal's screen is made of. No Qt: the fuzzers read it, too.
namespace ui {

/// The default, one of the palette's 256, or 24 bits.
struct TerminalColor {
    static constexpr std::uint32_t kRgb = 0x1000000;
    std::uint32_t value = 0; ///< 0: default; 1..256: palette; kRgb and above: 0xRRGGBB.

    [[nodiscard]] bool isDefault() const { return value == 0; }
    [[nodiscard]] bool isRgb() const { return value >= kRgb; }
    [[nodiscard]] int index() const { return static_cast<int>(value) - 1; }
    [[nodiscard]] std::uint32_t rgb() const { return value & 0xFFFFFF; }
    static TerminalColor indexed(int index) { return {static_cast<std::uint32_t>(index) + 1}; }
    static TerminalColor ofRgb(std::uint32_t rgb) { return {kRgb | rgb}; }
    bool operator==(const TerminalColor&) const = default;
};

struct TerminalPen {
    enum Flag : std::uint16_t {
        Bold = 1,
        Dim = 2,
        Italic = 4,
        Underline = 8,
        DoubleUnderline = 16,
        CurlyUnderline = 32,
        Blink = 64,
        Reverse = 128,
        Conceal = 256,
        Strike = 512,
        Protected = 1024, ///< Against selective erasing.
    };
    TerminalColor foreground;
    TerminalColor background;
    std::uint16_t flags = 0;

    [[nodiscard]] bool has(Flag flag) const { return (flags & flag) != 0; }
    bool operator==(const TerminalPen&) const = default;
};

struct TerminalCell {
    char32_t glyph = 0;     ///< 0: nothing was written here. See TerminalGlyphs for what has several characters.
    std::uint8_t width = 1; ///< 2: the next cell belongs to it and has width 0.
    TerminalPen pen;

    bool operator==(const TerminalCell&) const = default;
};

struct TerminalLine {
    std::vector<TerminalCell> cells;
    bool wraps = false; ///< Goes on in the next line, without an end of line.
};

/// Lines are counted from the start of the session on, so that a place stays the same while the text moves up.
struct TerminalPlace {
    std::int64_t line = 0;
    int column = 0;

    auto operator<=>(const TerminalPlace&) const = default;
};

/// From `begin` to before `end`.
struct TerminalRange {
    TerminalPlace begin;
    TerminalPlace end;

    [[nodiscard]] bool isEmpty() const { return !(begin < end); }
    bool operator==(const TerminalRange&) const = default;
};

} // namespace ui
