// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/kube/access/rbac_policy.h"
#include "core/kube/kind.h"
#include "core/kube/transport.h"

#include <memory>
#include <string>
#include <vector>

namespace kube {

/// Roles and bindings as far as we may list them, and why not where we may not.
struct RbacReading {
    RbacPolicy policy;
    std::vector<base::Error> problems; ///< Verb and resource say which list is missing.

    /// Nothing could be read at all.
    [[nodiscard]] bool isEmpty() const { return problems.size() == kLists; }
    static constexpr std::size_t kLists = 4;
};

/// Which roles and bindings beside those of the cluster.
enum class RbacScope {
    Cluster,   ///< None: for what lies in no namespace.
    Namespace, ///< Those of one namespace.
    All,       ///< Those of all namespaces.
};

/// Lists roles and bindings of both scopes, side by side. `ns` counts for RbacScope::Namespace. `handler` runs once on
/// `home`, where the answers are read, too.
[[nodiscard]] base::Cancel readRbac(std::shared_ptr<Transport> transport, RbacScope scope, const std::string& ns,
                                    base::Executor& home, net::Handler<RbacReading> handler);

/// A kind of rbac.authorization.k8s.io/v1 by its plural, such as "rolebindings".
[[nodiscard]] Kind rbacKind(const std::string& plural);

} // namespace kube
