// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terminal/terminal_cell.h"
#include "ui/terminal/terminal_glyphs.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

/// The lines that have left the screen at its top, packed: their text as UTF-8 and, where they are not plain, runs of
/// pens. Bounded in lines and in bytes; the oldest go first.
class TerminalHistory {
public:
    static constexpr std::size_t kMostBytes = std::size_t(256) << 20;

    explicit TerminalHistory(std::size_t mostLines)
        : m_mostLines(mostLines) {}

    /// The number of the oldest line, and one after the newest.
    [[nodiscard]] std::int64_t begin() const { return m_begin; }
    [[nodiscard]] std::int64_t end() const { return m_begin + static_cast<std::int64_t>(m_lines); }
    /// What it takes of memory, in bytes.
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }

    void push(const TerminalLine& line, const TerminalGlyphs& glyphs);
    /// Takes the newest line back; false: there is none.
    [[nodiscard]] bool pop(TerminalLine& line, TerminalGlyphs& glyphs);
    /// All go; numbers go on.
    void clear();

    void read(std::int64_t number, TerminalLine& line, TerminalGlyphs& glyphs) const;
    [[nodiscard]] std::string_view text(std::int64_t number) const;
    [[nodiscard]] bool wraps(std::int64_t number) const;

private:
    static constexpr std::size_t kBlock = 512; // lines; all but the newest block have so many
    struct Block {
        std::string data;
        std::vector<std::uint32_t> ends;
    };
    [[nodiscard]] std::string_view packed(std::int64_t number) const;
    static void unpack(std::string_view packed, TerminalLine& line, TerminalGlyphs& glyphs);
    void dropOldest();

    std::size_t m_mostLines;
    std::deque<Block> m_blocks;
    std::int64_t m_begin = 0;
    std::size_t m_lines = 0;
    std::size_t m_bytes = 0;
    std::string m_runs; // kept for its memory
};

} // namespace ui
