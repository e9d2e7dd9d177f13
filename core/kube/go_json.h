// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace kube {

/// JSON as kubectl reads and writes it, which is Go's encoding/json. Pure functions.

/// Fails with BadInput where the text is no JSON, or nested so deep that no server takes it.
[[nodiscard]] base::Result<nlohmann::json> parseGoJson(std::string_view json);

enum class JsonLayout { Compact, Indented };

/// Keys in byte order; what HTML or JavaScript could trip over is escaped. Indented by four blanks and with an end of
/// line, or all in one without.
[[nodiscard]] std::string toGoJson(const nlohmann::json& value, JsonLayout layout);

/// The text in quotes, as it stands in such JSON. It has to be UTF-8.
void appendGoJsonString(std::string& out, std::string_view text);

/// The shortest decimal that reads back as the same number, without an exponent from 1e-6 to below 1e21.
[[nodiscard]] std::string goJsonFloat(double number);

} // namespace kube
