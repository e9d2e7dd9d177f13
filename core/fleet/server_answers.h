// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace fleet {

/// gitVersion of a /version answer, empty if it names none; BadResponse for what is no JSON object. Pure.
[[nodiscard]] base::Result<std::string> gitVersionOf(std::string_view json);
/// metadata.uid of an object, empty if there is none. Pure.
[[nodiscard]] std::string uidOf(std::string_view json);

} // namespace fleet
