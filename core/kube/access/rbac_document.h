// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/access/rbac_policy.h"

#include <string_view>

namespace kube {

// Objects of rbac.authorization.k8s.io/v1 in JSON. What is missing or of another type counts as empty, as in Go; what
// is no JSON object fails with BadResponse. Pure; any thread.

/// A Role or a ClusterRole.
[[nodiscard]] base::Result<Role> parseRole(std::string_view json);
/// A RoleBinding or a ClusterRoleBinding.
[[nodiscard]] base::Result<RoleBinding> parseRoleBinding(std::string_view json);

} // namespace kube
