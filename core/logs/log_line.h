// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/ids.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logs {

/// How grave a line says it is, across the words that loggers have for it.
enum class Level : std::uint8_t { None, Trace, Debug, Info, Warn, Error, Fatal };
inline constexpr std::size_t kLevels = 7;

/// "error"; empty for None.
std::string_view levelName(Level level);

/// A stored line's running number. Never used twice.
using Row = std::uint64_t;
using SourceId = std::uint32_t;

/// Where lines come from: one container of one pod.
struct SourceInfo {
    enum class Kind : std::uint8_t { Main, Init, Ephemeral };
    fleet::ClusterId clusterId;
    std::string cluster; ///< Its name.
    std::string ns;
    std::string pod;
    std::string container;
    Kind kind = Kind::Main;
    bool isPrevious = false; ///< The run before the last restart.
    /// Counts the containers of a store from 0, in the order of their first runs: for colours. Set by the store.
    std::uint32_t seat = 0;
};

/// A stretch of text in one dress, as the escape sequences of terminals (ECMA-48 SGR) ask for. Colours: 0 is the
/// reader's own, 1 + n is entry n of the usual 256, and with the top bit 24 bits of red, green and blue.
struct ColourRun {
    static constexpr std::uint32_t kTrueColour = 0x80000000U;
    enum Style : std::uint8_t { Bold = 1, Faint = 2, Italic = 4, Underlined = 8, Reversed = 16, Struck = 32 };

    std::uint32_t at = 0; ///< In bytes of the text; holds up to the next run.
    std::uint32_t ink = 0;
    std::uint32_t ground = 0;
    std::uint8_t style = 0;

    bool operator==(const ColourRun&) const = default;
};

/// A line on its way into the store. A line that is too long for one piece comes as several.
struct NewLine {
    std::string_view text; ///< As the container wrote it, colours and all.
    std::int64_t timeNs = 0;
    SourceId source = 0;
    bool startsLine = true;
    bool endsLine = true;
    std::string_view timestamp = {}; ///< As the server sent it, where it did.
};

/// A stored line, or a piece of one.
struct LogRow {
    Row row = 0;
    std::string text; ///< Without escape sequences; may hold other control characters and invalid UTF-8.
    std::vector<ColourRun> colours;
    std::int64_t timeNs = 0;
    SourceId source = 0;
    Level level = Level::None;
    bool startsLine = true;
    bool endsLine = true;
};

} // namespace logs
