// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/browser/row_sort.h"

namespace ui {

/// Positions of the rows by the bytes of their names, equal ones as they came. Fast where rows come in the server's
/// order and names are generated ("cart-v1-7887448d46-f029d"): names that differ in the last part only stand together
/// and in order already, so that just the parts before it are sorted. Right for any names in any order.
[[nodiscard]] std::vector<std::uint32_t> sortNames(std::span<const kube::RowRef> rows, SortDirection direction);

} // namespace ui
