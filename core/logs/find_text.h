// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace logs {

/// Looks for one text in many, ASCII case ignored, at several GB/s: all places where the first and the last byte fit
/// are found sixteen at a time, and only those are compared. Immutable; any thread.
class TextFinder {
public:
    explicit TextFinder(std::string_view needle);

    /// Where the needle stands in `text` from `from` on; npos if it does not. An empty needle stands everywhere.
    [[nodiscard]] std::size_t find(std::string_view text, std::size_t from = 0) const;
    [[nodiscard]] std::size_t size() const { return m_needle.size(); }

private:
    [[nodiscard]] bool standsAt(const char* at) const;
    std::string m_needle; // lower case
};

} // namespace logs
