// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace fleet {

/// gitVersion of a /version answer, empty if it is none. Pure.
[[nodiscard]] std::string gitVersionOf(std::string_view json);
/// metadata.uid of an object, empty if there is none. Pure.
[[nodiscard]] std::string uidOf(std::string_view json);

} // namespace fleet
