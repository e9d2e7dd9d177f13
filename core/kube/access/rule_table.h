// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/access/policy_rule.h"

#include <array>
#include <string>
#include <vector>

namespace kube {

/// The titles of `kubectl auth can-i --list`.
inline constexpr std::array<const char*, 4> kRuleTableTitles = {"Resources", "Non-Resource URLs", "Resource Names",
                                                                "Verbs"};

/// Rules as `kubectl auth can-i --list` prints them, cell for cell: each for one resource and name, their verbs
/// together (k8s.io/kubectl pkg/util/rbac). Pure.
[[nodiscard]] std::vector<std::array<std::string, 4>> ruleTable(const std::vector<PolicyRule>& rules);

} // namespace kube
