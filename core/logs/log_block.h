// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/log_line.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace logs {

/// Some hundred KiB of stored lines, made to be searched as one text: lines stand one behind the other, each with a
/// line feed (which no line holds). Beside the text 18 bytes a line.
struct LogBlock {
    enum Flag : std::uint8_t { Continues = 1, Unended = 2, Coloured = 4 };
    struct ColouredRun {
        std::uint32_t line = 0;
        ColourRun run;
    };

    Row firstRow = 0;
    std::string text;
    std::vector<std::uint32_t> ends; ///< Behind each line's line feed.
    std::vector<std::int64_t> times; ///< Nanoseconds since 1970.
    std::vector<SourceId> sources;
    std::vector<Level> levels;
    std::vector<std::uint8_t> flags;
    std::vector<ColouredRun> colours; ///< By line.

    [[nodiscard]] std::size_t lines() const { return ends.size(); }
    [[nodiscard]] std::size_t start(std::size_t line) const { return line == 0 ? 0 : ends[line - 1]; }
    [[nodiscard]] std::string_view line(std::size_t line) const {
        const std::size_t from = start(line);
        return std::string_view(text).substr(from, ends[line] - from - 1);
    }
    [[nodiscard]] LogRow row(std::size_t line) const;
    /// What it takes in memory.
    [[nodiscard]] std::size_t bytes() const;
    /// Takes the line in: colours apart from the text, its level read.
    void append(const NewLine& line);
    /// A copy of the lines from `line` on.
    [[nodiscard]] LogBlock tail(std::size_t line) const;
};

using LogBlockPtr = std::shared_ptr<const LogBlock>;

/// A block as zstd packs it, and back; null where the bytes are not such a block.
[[nodiscard]] std::string packed(const LogBlock& block);
[[nodiscard]] LogBlockPtr unpacked(std::string_view bytes);

} // namespace logs
