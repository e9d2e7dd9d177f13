// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminal_glyphs.h"

namespace ui {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

} // namespace

char32_t TerminalGlyphs::glyphOf(std::u32string_view characters) {
    if (characters.empty())
        return 0;
    if (characters.size() == 1)
        return characters[0] < kFirst ? characters[0] : kReplacement;
    const auto known = m_numbers.find(std::u32string(characters));
    if (known != m_numbers.end())
        return known->second;
    if (m_glyphs.size() >= kMost)
        return glyphOf(characters.substr(0, 1));
    const char32_t number = kFirst + static_cast<char32_t>(m_glyphs.size());
    m_glyphs.emplace_back(characters);
    m_numbers.emplace(m_glyphs.back(), number);
    return number;
}

std::u32string_view TerminalGlyphs::characters(char32_t glyph) const {
    if (glyph == 0)
        return {};
    if (isCombined(glyph))
        return m_glyphs[glyph - kFirst];
    m_one = glyph;
    return {&m_one, 1};
}

void TerminalGlyphs::appendUtf8(char32_t glyph, std::string& text) const {
    for (const char32_t character : characters(glyph))
        ui::appendUtf8(character, text);
}

void appendUtf8(char32_t character, std::string& text) {
    const auto put = [&text](char32_t byte) { text += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (character >= 0xD800 && (character < 0xE000 || character > 0x10FFFF))
        character = kReplacement;
    if (character < 0x80) {
        put(character);
    } else if (character < 0x800) {
        put(0xC0 | (character >> 6));
        put(0x80 | (character & 0x3F));
    } else if (character < 0x10000) {
        put(0xE0 | (character >> 12));
        put(0x80 | ((character >> 6) & 0x3F));
        put(0x80 | (character & 0x3F));
    } else {
        put(0xF0 | (character >> 18));
        put(0x80 | ((character >> 12) & 0x3F));
        put(0x80 | ((character >> 6) & 0x3F));
        put(0x80 | (character & 0x3F));
    }
}

char32_t takeUtf8(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t character = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length && i < text.size(); ++i)
        character = (character << 6) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    text.remove_prefix(length < text.size() ? length : text.size());
    return character;
}

} // namespace ui
