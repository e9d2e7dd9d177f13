// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/row_layout.h"

#include <string>
#include <string_view>
#include <vector>

namespace kube::decode {

struct TypedColumn;
struct TypedKind;

/// "Nominated Node" -> "nominated-node".
std::string columnId(std::string_view title);
RowLayoutPtr makeLayout(const TypedKind& kind, const std::vector<TypedColumn>& columns);

} // namespace kube::decode
