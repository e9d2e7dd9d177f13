// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/row.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace ui {

enum class SortDirection { Ascending, Descending };

/// The column by which rows of a layout sort; null: they have none and stand last. Asked once a layout.
using SortColumnOf = std::function<const kube::Column*(const kube::RowRef& row)>;

/// The positions of `rows` in sorted order, equal ones as they came. Works with keys, not comparisons: every distinct
/// text is looked at once; names are taken in runs that the server's order has sorted already.
[[nodiscard]] std::vector<std::uint32_t> sortedPositions(std::span<const kube::RowRef> rows,
                                                         const SortColumnOf& columnOf, SortDirection direction,
                                                         std::int64_t nowMs);

/// By a number for each row; equal ones as they came. `keys` is left in any order.
[[nodiscard]] std::vector<std::uint32_t> sortedByKey(std::vector<std::uint64_t> keys, SortDirection direction);

} // namespace ui
