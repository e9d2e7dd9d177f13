// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminal_screen.h"

#include "ui/terminal/terminal_emulator.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace ui {

class TerminalScreen::Impl {
public:
    Impl(int rows, int columns, std::size_t history)
        : emulator(rows, columns, history) {}

    /// The text of a line, and for each byte the column it belongs to; one more for the end.
    void readText(std::int64_t number, std::string& bytes, std::vector<int>& columns) {
        emulator.readLine(number, buffer);
        std::size_t used = buffer.cells.size();
        while (used > 0 && buffer.cells[used - 1].glyph == 0 && buffer.cells[used - 1].width == 1)
            --used;
        int column = 0;
        for (std::size_t i = 0; i < used; ++i) {
            if (buffer.cells[i].width == 0)
                continue;
            column = static_cast<int>(i);
            if (buffer.cells[i].glyph == 0)
                bytes += ' ';
            else
                emulator.glyphs().appendUtf8(buffer.cells[i].glyph, bytes);
            columns.resize(bytes.size(), column);
        }
    }
    [[nodiscard]] bool wraps(std::int64_t number) const {
        return emulator.wraps(number) && number + 1 < emulator.screenLine() + emulator.rows();
    }

    TerminalEmulator emulator;
    mutable TerminalLine buffer;
};

TerminalScreen::TerminalScreen(int rows, int columns, std::size_t history)
    : m_impl(std::make_unique<Impl>(std::clamp(rows, 1, kMostRows), std::clamp(columns, kLeastColumns, kMostColumns),
                                    history)) {}

TerminalScreen::~TerminalScreen() = default;

void TerminalScreen::write(std::string_view bytes) {
    m_impl->emulator.write(bytes);
}

void TerminalScreen::resize(int rows, int columns) {
    m_impl->emulator.resize(std::clamp(rows, 1, kMostRows), std::clamp(columns, kLeastColumns, kMostColumns));
}

void TerminalScreen::reset() {
    m_impl->emulator.reset();
}

void TerminalScreen::clearHistory() {
    m_impl->emulator.clearHistory();
}

int TerminalScreen::rows() const {
    return m_impl->emulator.rows();
}

int TerminalScreen::columns() const {
    return m_impl->emulator.columns();
}

std::int64_t TerminalScreen::firstLine() const {
    return m_impl->emulator.isAlternate() ? screenLine() : m_impl->emulator.history().begin();
}

std::int64_t TerminalScreen::screenLine() const {
    return m_impl->emulator.screenLine();
}

std::size_t TerminalScreen::historyBytes() const {
    return m_impl->emulator.history().bytes();
}

void TerminalScreen::readLine(std::int64_t number, TerminalLine& line) const {
    m_impl->emulator.readLine(number, line);
}

std::u32string_view TerminalScreen::characters(char32_t glyph) const {
    return m_impl->emulator.glyphs().characters(glyph);
}

TerminalCursor TerminalScreen::cursor() const {
    return m_impl->emulator.cursor();
}

bool TerminalScreen::isAlternate() const {
    return m_impl->emulator.isAlternate();
}

bool TerminalScreen::isReversed() const {
    return m_impl->emulator.modes().isReversed;
}

bool TerminalScreen::pastesBracketed() const {
    return m_impl->emulator.modes().pastesBracketed;
}

TerminalScreen::Mouse TerminalScreen::mouse() const {
    return m_impl->emulator.modes().mouse;
}

const std::string& TerminalScreen::title() const {
    return m_impl->emulator.modes().title;
}

unsigned TerminalScreen::bells() const {
    return m_impl->emulator.modes().bells;
}

std::vector<bool> TerminalScreen::takeDamage() {
    return m_impl->emulator.takeDamage();
}

std::string TerminalScreen::takeInput() {
    return m_impl->emulator.takeInput();
}

void TerminalScreen::key(TerminalKey key, TerminalModifiers modifiers) {
    m_impl->emulator.key(key, modifiers);
}

void TerminalScreen::character(char32_t character, TerminalModifiers modifiers) {
    m_impl->emulator.character(character, modifiers);
}

void TerminalScreen::paste(std::string_view text) {
    m_impl->emulator.paste(text);
}

void TerminalScreen::moveMouse(int row, int column, TerminalModifiers modifiers) {
    m_impl->emulator.moveMouse(row, column, modifiers);
}

void TerminalScreen::mouseButton(int button, bool isPressed, TerminalModifiers modifiers) {
    m_impl->emulator.mouseButton(button, isPressed, modifiers);
}

void TerminalScreen::focus(bool isIn) {
    m_impl->emulator.focus(isIn);
}

std::string TerminalScreen::text(const TerminalRange& range) const {
    std::string all;
    std::string bytes;
    std::vector<int> columns;
    const std::int64_t last = std::min(range.end.line, endLine() - 1);
    for (std::int64_t number = std::max(range.begin.line, firstLine()); number <= last; ++number) {
        bytes.clear();
        columns.clear();
        m_impl->readText(number, bytes, columns);
        const int from = number == range.begin.line ? range.begin.column : 0;
        const int to = number == range.end.line ? range.end.column : kMostColumns;
        const auto begin = std::lower_bound(columns.begin(), columns.end(), from) - columns.begin();
        const auto end = std::max(begin, std::lower_bound(columns.begin(), columns.end(), to) - columns.begin());
        all.append(bytes, static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
        if (number == range.end.line || m_impl->wraps(number))
            continue;
        while (all.ends_with(' '))
            all.pop_back();
        all += '\n';
    }
    return all;
}

std::vector<TerminalRange> TerminalScreen::find(std::string_view needle, Case matters, std::size_t most) const {
    std::vector<TerminalRange> found;
    const auto fold = [matters](std::string& text) {
        if (matters == Case::Ignored)
            std::transform(text.begin(), text.end(), text.begin(), [](char letter) {
                return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
            });
    };
    std::string wanted(needle);
    fold(wanted);
    if (wanted.empty())
        return found;
    // A wrapped line is one; from the newest on.
    std::string bytes;
    std::vector<int> columns;
    std::vector<std::size_t> starts;
    for (std::int64_t end = endLine(); end > firstLine() && found.size() < most;) {
        std::int64_t begin = end - 1;
        while (begin > firstLine() && m_impl->wraps(begin - 1) && end - begin < kMostRows)
            --begin;
        bytes.clear();
        columns.clear();
        starts.clear();
        for (std::int64_t number = begin; number < end; ++number) {
            starts.push_back(bytes.size());
            if (!m_impl->emulator.appendText(number, bytes))
                m_impl->readText(number, bytes, columns);
        }
        fold(bytes);
        std::vector<std::size_t> hits;
        for (std::size_t at = bytes.find(wanted); at != std::string::npos; at = bytes.find(wanted, at + wanted.size()))
            hits.push_back(at);
        if (!hits.empty()) { // only now the columns are of use
            bytes.clear();
            columns.clear();
            for (std::int64_t number = begin; number < end; ++number)
                m_impl->readText(number, bytes, columns);
        }
        const auto placeOf = [&](std::size_t byte) {
            const auto line = std::upper_bound(starts.begin(), starts.end(), byte) - starts.begin() - 1;
            return TerminalPlace{begin + line, columns[byte]};
        };
        for (auto hit = hits.rbegin(); hit != hits.rend() && found.size() < most; ++hit) {
            TerminalRange range{placeOf(*hit), placeOf(*hit + wanted.size() - 1)};
            m_impl->emulator.readLine(range.end.line, m_impl->buffer);
            const auto& cells = m_impl->buffer.cells;
            const auto at = static_cast<std::size_t>(range.end.column);
            range.end.column += at < cells.size() && cells[at].width == 2 ? 2 : 1;
            found.push_back(range);
        }
        end = begin;
    }
    std::reverse(found.begin(), found.end());
    return found;
}

TerminalRange TerminalScreen::lineAt(std::int64_t line) const {
    line = std::clamp(line, firstLine(), endLine() - 1);
    TerminalRange range{{line, 0}, {line, columns()}};
    while (range.begin.line > firstLine() && m_impl->wraps(range.begin.line - 1))
        --range.begin.line;
    while (m_impl->wraps(range.end.line))
        ++range.end.line;
    return range;
}

TerminalRange TerminalScreen::wordAt(TerminalPlace place) const {
    enum class Class { Blank, Word, Sign };
    const auto classOf = [](const TerminalLine& line, int column) {
        auto at = static_cast<std::size_t>(column);
        if (at < line.cells.size() && line.cells[at].width == 0 && at > 0)
            --at;
        const char32_t glyph = at < line.cells.size() ? line.cells[at].glyph : 0;
        if (glyph == 0 || glyph == U' ')
            return Class::Blank;
        // What paths, names of objects and addresses are made of.
        constexpr std::u32string_view kAlso = U"-_./~:@%+=#?&";
        const bool isWord =
            glyph > 0x7F ? glyph < 0x2500 || glyph > 0x25FF
                         : std::isalnum(static_cast<int>(glyph)) != 0 || kAlso.find(glyph) != std::u32string_view::npos;
        return isWord ? Class::Word : Class::Sign;
    };
    TerminalLine line;
    readLine(std::clamp(place.line, firstLine(), endLine() - 1), line);
    const Class wanted = classOf(line, place.column);
    TerminalRange range{place, {place.line, place.column + 1}};
    for (;;) {
        while (range.begin.column > 0 && classOf(line, range.begin.column - 1) == wanted)
            --range.begin.column;
        if (range.begin.column > 0 || range.begin.line <= firstLine() || !m_impl->wraps(range.begin.line - 1))
            break;
        readLine(range.begin.line - 1, line);
        const int width = static_cast<int>(line.cells.size());
        if (width == 0 || classOf(line, width - 1) != wanted)
            break;
        range.begin = {range.begin.line - 1, width - 1};
    }
    readLine(place.line, line);
    for (;;) {
        const int width = std::max(static_cast<int>(line.cells.size()), wanted == Class::Blank ? columns() : 0);
        while (range.end.column < width && classOf(line, range.end.column) == wanted)
            ++range.end.column;
        if (range.end.column < width || !m_impl->wraps(range.end.line))
            break;
        readLine(range.end.line + 1, line);
        if (classOf(line, 0) != wanted)
            break;
        range.end = {range.end.line + 1, 1};
    }
    return range;
}

} // namespace ui
