// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/row.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace ui {

/// A stored field by its id; empty where the row's server gave none (rows of a server whose columns are not known).
std::string_view textField(const kube::RowRef& row, std::string_view id);
std::optional<std::int64_t> numberField(const kube::RowRef& row, std::string_view id);

} // namespace ui
