// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/access/policy_rule.h"

#include <simdjson.h>

#include <string>
#include <string_view>
#include <vector>

namespace kube::access {

/// The object that a text holds; it lives as long as the parser. `what` names it in the error.
[[nodiscard]] base::Result<simdjson::dom::object> parseObject(simdjson::dom::parser& parser, std::string_view json,
                                                              const char* what);
/// Members of an object; empty or false where they are missing or something else.
[[nodiscard]] std::string text(const simdjson::dom::object& from, std::string_view key);
[[nodiscard]] bool flag(const simdjson::dom::object& from, std::string_view key);
[[nodiscard]] std::vector<std::string> texts(const simdjson::dom::object& from, std::string_view key);
[[nodiscard]] std::vector<simdjson::dom::object> objects(const simdjson::dom::object& from, std::string_view key);
/// A rule of a role or of a rules review.
[[nodiscard]] PolicyRule rule(const simdjson::dom::object& from);

} // namespace kube::access
