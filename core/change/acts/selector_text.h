// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace change {

/// A selector object (matchLabels, matchExpressions) as servers and kube::LabelSelector take it: "app=web,tier in (a)".
/// Empty for one that selects everything. Pure.
[[nodiscard]] std::string selectorText(const nlohmann::json& selector);

} // namespace change
