// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/manifest/tree.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kube::manifest {

void appendUtf8(std::string& out, std::uint32_t code);

/// The bytes as UTF-8, each that is none replaced by U+FFFD, as Go does where it writes JSON.
[[nodiscard]] std::string replaceInvalid(std::string_view bytes);

/// The same as terminals and editors do it: one U+FFFD for the longest part that could have begun a character (The
/// Unicode Standard, 3.9, "maximal subparts").
[[nodiscard]] std::string replaceCut(std::string_view bytes);

/// A file's bytes as kubectl hands them to its readers.
struct FileText {
    std::string text;                    ///< Without the byte order mark.
    std::optional<std::size_t> replaced; ///< Where in `text` the first U+FFFD stands for something unreadable.
};

/// By its byte order mark UTF-16, turned into UTF-8, or UTF-8, left as it is; without one UTF-8 where U+FFFD replaces
/// what is none.
[[nodiscard]] FileText readFileText(std::string_view bytes);

/// Of the blank that starts the text, in Go's sense (Unicode's White_Space), its length; 0 where none does.
[[nodiscard]] std::size_t blankLength(std::string_view text);

/// Tells lines and columns of offsets that are asked for in rising order.
class PositionCounter {
public:
    explicit PositionCounter(std::string_view text, int firstLine = 1)
        : m_text(text)
        , m_position{firstLine, 1} {}

    [[nodiscard]] Position at(std::size_t offset);

private:
    std::string_view m_text;
    std::size_t m_offset = 0;
    Position m_position;
};

} // namespace kube::manifest
