// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// One kind of object as a server's discovery describes it
/// (https://kubernetes.io/docs/reference/using-api/api-concepts).
struct Kind {
    std::string group;   ///< Empty for the core group.
    std::string version; ///< "v1"
    std::string kind;    ///< "Deployment"
    std::string plural;  ///< "deployments", the resource in paths and RBAC rules.
    std::string singular;
    std::vector<std::string> shortNames;
    std::vector<std::string> categories;
    std::vector<std::string> verbs;
    bool namespaced = true;

    /// "pods", "deployments.apps": how kubectl names the resource, and how we do, across versions.
    [[nodiscard]] std::string resource() const { return group.empty() ? plural : plural + "." + group; }
    /// "v1", "apps/v1"
    [[nodiscard]] std::string apiVersion() const { return group.empty() ? version : group + "/" + version; }
    [[nodiscard]] bool allows(std::string_view verb) const;
    /// "/apis/apps/v1/namespaces/shop/deployments[/name]"; an empty `ns` means all namespaces or a cluster-scoped kind.
    [[nodiscard]] std::string path(std::string_view ns = {}, std::string_view name = {}) const;
};

} // namespace kube
