// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminal_history.h"

#include <algorithm>

namespace ui {

namespace {

// A packed line: length of the text times two, plus one where it wraps; the text; runs of cells with one pen, the last
// run left out where it is plain. A run: its length in cells, flags, foreground, background, all as varints.
constexpr std::uint32_t kWide = 0x10000;   // each character takes two cells
constexpr std::uint32_t kJoined = 0x20000; // one cell, of as many characters as the run says
constexpr std::size_t kPerBlock = 128;     // bytes for the block itself

void putVarint(std::uint32_t value, std::string& out) {
    while (value >= 0x80) {
        out += static_cast<char>(static_cast<unsigned char>(value | 0x80));
        value >>= 7;
    }
    out += static_cast<char>(static_cast<unsigned char>(value));
}

std::uint32_t takeVarint(std::string_view& in) {
    std::uint32_t value = 0;
    for (unsigned shift = 0; !in.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(in.front());
        in.remove_prefix(1);
        value |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
        if (byte < 0x80)
            break;
    }
    return value;
}

struct Run {
    std::uint32_t length = 0;
    std::uint32_t flags = 0;
    TerminalPen pen;

    [[nodiscard]] bool isPlain() const { return flags == 0 && pen == TerminalPen(); }
    void put(std::string& out) const {
        putVarint(length, out);
        putVarint(flags | pen.flags, out);
        putVarint(pen.foreground.value, out);
        putVarint(pen.background.value, out);
    }
};

} // namespace

void TerminalHistory::push(const TerminalLine& line, const TerminalGlyphs& glyphs) {
    if (m_blocks.empty() || m_blocks.back().ends.size() == kBlock) {
        if (!m_blocks.empty())
            m_blocks.back().data.shrink_to_fit();
        m_blocks.emplace_back();
        m_blocks.back().ends.reserve(kBlock);
        m_bytes += kPerBlock + kBlock * sizeof(std::uint32_t);
    }
    std::size_t used = line.cells.size();
    while (used > 0 && line.cells[used - 1] == TerminalCell())
        --used;
    std::string text;
    m_runs.clear();
    Run run;
    for (std::size_t i = 0; i < used; ++i) {
        const TerminalCell& cell = line.cells[i];
        if (cell.width == 0)
            continue;
        const std::u32string_view characters = glyphs.characters(cell.glyph);
        const bool isJoined = characters.size() > 1;
        const std::uint32_t flags = (cell.width == 2 ? kWide : 0) | (isJoined ? kJoined : 0);
        if (run.length > 0 && (isJoined || flags != run.flags || cell.pen != run.pen)) {
            run.put(m_runs);
            run.length = 0;
        }
        run.flags = flags;
        run.pen = cell.pen;
        run.length += isJoined ? static_cast<std::uint32_t>(characters.size()) : 1;
        if (characters.empty())
            text += ' ';
        for (const char32_t character : characters)
            appendUtf8(character, text);
    }
    if (run.length > 0 && !run.isPlain())
        run.put(m_runs);
    Block& block = m_blocks.back();
    const std::size_t before = block.data.size();
    putVarint(static_cast<std::uint32_t>(text.size()) * 2 + (line.wraps ? 1 : 0), block.data);
    block.data += text;
    block.data += m_runs;
    block.ends.push_back(static_cast<std::uint32_t>(block.data.size()));
    m_bytes += block.data.size() - before;
    ++m_lines;
    dropOldest();
}

void TerminalHistory::dropOldest() {
    while (m_blocks.size() > 1 && (m_lines - kBlock >= m_mostLines || m_bytes > kMostBytes)) {
        m_bytes -= m_blocks.front().data.size() + kPerBlock + kBlock * sizeof(std::uint32_t);
        m_blocks.pop_front();
        m_lines -= kBlock;
        m_begin += static_cast<std::int64_t>(kBlock);
    }
}

bool TerminalHistory::pop(TerminalLine& line, TerminalGlyphs& glyphs) {
    if (m_lines == 0)
        return false;
    unpack(packed(end() - 1), line, glyphs);
    Block& block = m_blocks.back();
    block.ends.pop_back();
    const std::size_t left = block.ends.empty() ? 0 : block.ends.back();
    m_bytes -= block.data.size() - left;
    block.data.resize(left);
    --m_lines;
    if (block.ends.empty()) {
        m_bytes -= kPerBlock + kBlock * sizeof(std::uint32_t);
        m_blocks.pop_back();
    }
    return true;
}

void TerminalHistory::clear() {
    m_begin = end();
    m_blocks.clear();
    m_lines = 0;
    m_bytes = 0;
}

std::string_view TerminalHistory::packed(std::int64_t number) const {
    const auto at = static_cast<std::size_t>(number - m_begin);
    const Block& block = m_blocks[at / kBlock];
    const std::size_t in = at % kBlock;
    const std::size_t from = in == 0 ? 0 : block.ends[in - 1];
    return std::string_view(block.data).substr(from, block.ends[in] - from);
}

std::string_view TerminalHistory::text(std::int64_t number) const {
    std::string_view rest = packed(number);
    const std::uint32_t head = takeVarint(rest);
    return rest.substr(0, head / 2);
}

bool TerminalHistory::wraps(std::int64_t number) const {
    std::string_view rest = packed(number);
    return takeVarint(rest) % 2 == 1;
}

void TerminalHistory::read(std::int64_t number, TerminalLine& line, TerminalGlyphs& glyphs) const {
    unpack(packed(number), line, glyphs);
}

void TerminalHistory::unpack(std::string_view packed, TerminalLine& line, TerminalGlyphs& glyphs) {
    const std::uint32_t head = takeVarint(packed);
    line.wraps = head % 2 == 1;
    line.cells.clear();
    std::string_view text = packed.substr(0, head / 2);
    std::string_view runs = packed.substr(head / 2);
    while (!text.empty()) {
        Run run;
        run.length = static_cast<std::uint32_t>(text.size());
        if (!runs.empty()) {
            run.length = takeVarint(runs);
            run.flags = takeVarint(runs);
            run.pen.flags = static_cast<std::uint16_t>(run.flags & 0xFFFF);
            run.pen.foreground.value = takeVarint(runs);
            run.pen.background.value = takeVarint(runs);
        }
        std::u32string joined;
        for (std::uint32_t i = 0; i < run.length && !text.empty(); ++i) {
            const char32_t character = takeUtf8(text);
            if ((run.flags & kJoined) != 0) {
                joined += character;
                if (i + 1 < run.length)
                    continue;
            }
            TerminalCell cell;
            cell.glyph = joined.empty() ? character : glyphs.glyphOf(joined);
            cell.pen = run.pen;
            if ((run.flags & kWide) != 0) {
                cell.width = 2;
                line.cells.push_back(cell);
                cell.glyph = 0;
                cell.width = 0;
            }
            line.cells.push_back(cell);
        }
    }
}

} // namespace ui
