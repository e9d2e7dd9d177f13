// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/log_line.h"

#include <string>
#include <string_view>

namespace logs {

/// "2026-01-31T06:00:00.123456789Z".
[[nodiscard]] std::string timeText(std::int64_t timeNs);
/// "TIME pod/container text\n", for people; of a line in pieces the first one alone says whence.
[[nodiscard]] std::string textLine(const LogRow& row, const SourceInfo& source);
/// One object of JSON and a line feed: time, cluster, namespace, pod, container, level, message. Invalid UTF-8 is
/// replaced.
[[nodiscard]] std::string jsonLine(const LogRow& row, const SourceInfo& source);

/// The same of a line that comes in pieces: begin(), the text() of each, end(). Characters that were cut become whole.
class JsonPieces {
public:
    [[nodiscard]] static std::string begin(const LogRow& first, const SourceInfo& source);
    [[nodiscard]] std::string text(std::string_view piece);
    [[nodiscard]] std::string end() const;

private:
    std::string m_cut; ///< The bytes of a character whose rest the next piece has.
};

} // namespace logs
