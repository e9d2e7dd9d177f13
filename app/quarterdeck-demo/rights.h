// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeck-demo/object_store.h"
#include "app/quarterdeck-demo/site.h"
#include "core/kube/access/rbac_policy.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace demo {

/// What the one user of the demo may do, by the roles in the store. One thread.
class Rights {
public:
    explicit Rights(ObjectStore& store);
    ~Rights();
    Rights(const Rights&) = delete;
    Rights& operator=(const Rights&) = delete;

    [[nodiscard]] bool allows(const kube::AccessAttributes& asked);
    /// The server's words for a refusal.
    [[nodiscard]] static std::string refusal(const kube::AccessAttributes& asked);
    /// The answer to a SelfSubjectAccessReview or SelfSubjectRulesReview; nothing if the body is neither.
    [[nodiscard]] std::optional<Json> review(const std::string& body);

private:
    const kube::RbacPolicy& policy();

    ObjectStore& m_store;
    int m_listener = 0;
    std::optional<kube::RbacPolicy> m_policy; ///< Nothing: to be read anew.
};

/// Roles and bindings of a site, each with the plural of its kind. Pure.
std::vector<std::pair<std::string, Json>> rbacManifests(const Site& site);

} // namespace demo
