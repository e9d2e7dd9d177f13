// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

namespace kube::openapi {

/// The name that `typed` was perhaps meant to be: few letters wrong, missing, too many or swapped, in any case; empty
/// where none is near. Pure.
[[nodiscard]] std::string_view nearest(std::string_view typed, const std::vector<std::string_view>& names);

} // namespace kube::openapi
