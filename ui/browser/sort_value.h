// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/row.h"

#include <cstdint>
#include <string_view>

namespace ui {

/// What a cell is worth in a comparison. Compare two of the same SortKind only. Refers to the row's text.
struct SortValue {
    std::uint64_t major = 0;
    std::uint64_t minor = 0;
    std::string_view text; ///< Decides where major and minor are equal (Text, Version).
    bool isAbsent = true;  ///< Stands last, ascending and descending.
    bool isVersion = false;
};

/// The value of a text: by `kind`, "500m" before "2", "1/3" before "2/3", "v1.9" before "v1.10".
[[nodiscard]] SortValue sortValueOfText(std::string_view text, kube::SortKind kind);
/// The value of a row's cell. `nowMs` matters for what still runs.
[[nodiscard]] SortValue sortValue(const kube::RowRef& row, const kube::Column& column, std::int64_t nowMs);

/// Negative, zero, positive; absent values are equal to each other and behind all others.
[[nodiscard]] int compareSortValues(const SortValue& a, const SortValue& b);

} // namespace ui
