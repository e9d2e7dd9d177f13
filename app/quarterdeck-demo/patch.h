// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>
#include <string>

namespace demo {

/// Applies a merge patch (RFC 7396), JSON patch (RFC 6902), or a strategic merge patch by the rules of a merge patch,
/// told apart by the content type. Unsupported for others, BadInput for a patch that does not fit.
base::Result<nlohmann::json> patched(const nlohmann::json& object, const std::string& contentType,
                                     const std::string& patch);

} // namespace demo
