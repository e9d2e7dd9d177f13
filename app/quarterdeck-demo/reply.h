// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeck-demo/api.h"

#include <string>

namespace demo {

[[nodiscard]] Reply json(const Json& body, int status = 200);
/// A Status object.
[[nodiscard]] Reply failure(int code, const std::string& reason, const std::string& message);
[[nodiscard]] Reply notFound(const ServedKind& kind, const std::string& name);

/// Empty where there is none.
[[nodiscard]] std::string queryValue(const ApiCall& call, const std::string& key);
[[nodiscard]] bool isTrue(const ApiCall& call, const std::string& key);

} // namespace demo
