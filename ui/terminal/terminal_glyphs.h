// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ui {

/// Gives a letter with its combining marks a number of its own, so that a cell stays small. Bounded: once it is full,
/// further marks are left out.
class TerminalGlyphs {
public:
    static constexpr std::size_t kMost = std::size_t(1) << 16;

    /// One character is itself.
    [[nodiscard]] char32_t glyphOf(std::u32string_view characters);
    /// The characters of a glyph; nothing for 0. Valid until the next call of anything here.
    [[nodiscard]] std::u32string_view characters(char32_t glyph) const;
    [[nodiscard]] static bool isCombined(char32_t glyph) { return glyph >= kFirst; }
    void appendUtf8(char32_t glyph, std::string& text) const;

private:
    static constexpr char32_t kFirst = 0x110000; // after the last of Unicode

    std::vector<std::u32string> m_glyphs;
    std::unordered_map<std::u32string, char32_t> m_numbers;
    mutable char32_t m_one = 0;
};

void appendUtf8(char32_t character, std::string& text);
/// Takes the next character off `text`, which is valid UTF-8 of our own making.
[[nodiscard]] char32_t takeUtf8(std::string_view& text);

} // namespace ui
