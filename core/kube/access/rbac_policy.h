// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/access/policy_rule.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// Whom a binding names. `kind` is User, Group or ServiceAccount.
struct Subject {
    std::string kind;
    std::string name;
    std::string ns; ///< Of a ServiceAccount.

    friend auto operator<=>(const Subject&, const Subject&) = default;
};

/// The role a binding names; a Role lies in the binding's namespace.
struct RoleRef {
    std::string kind; ///< "Role" or "ClusterRole"
    std::string name;

    friend bool operator==(const RoleRef&, const RoleRef&) = default;
};

/// A Role, or a ClusterRole where `ns` is empty. The rules of an aggregated one are those that the server's controller
/// put there: the authorizer looks at no others.
struct Role {
    std::string ns;
    std::string name;
    std::vector<PolicyRule> rules;
};

/// A RoleBinding, or a ClusterRoleBinding where `ns` is empty.
struct RoleBinding {
    std::string ns;
    std::string name;
    RoleRef role;
    std::vector<Subject> subjects;

    /// "ClusterRoleBinding/cluster-admin", "RoleBinding/shop/deployers"
    [[nodiscard]] std::string title() const;
    /// "ClusterRole/edit", "Role/shop/deployer"
    [[nodiscard]] std::string roleTitle() const;
};

/// Roles and bindings of one cluster, as far as they could be read: a snapshot.
struct RbacPolicy {
    std::vector<Role> roles;
    std::vector<RoleBinding> bindings;
    /// Which lists are whole; where one is not, a role that is not found may exist all the same.
    bool rolesKnown = true;
    bool clusterRolesKnown = true;
};

/// One reason why a subject may do what is asked: the binding names the subject and a role with such a rule.
struct Grant {
    Subject subject;
    RoleBinding binding; ///< Without its subjects.
    PolicyRule rule;     ///< The first of the role that allows it.
};

/// Who may do what was asked, and what could not be followed.
struct WhoCan {
    std::vector<Grant> grants; ///< Cluster-wide ones first, then as bindings and subjects stand.
    /// Bindings that would count, whose role does not exist. Without their subjects.
    std::vector<RoleBinding> dangling;
};

/// Where bindings are looked for.
enum class WhoCanReach {
    AsAsked,      ///< Those that decide for the namespace asked for; without one the cluster-wide ones alone.
    AnyNamespace, ///< Whoever may do it in some namespace.
};

/// Every subject that RBAC lets do what is asked, as its authorizer decides (pkg/registry/rbac/validation/rule.go).
/// Members of kPrivilegedGroup may do it whatever the roles say and are not listed for that. Pure.
[[nodiscard]] WhoCan whoCan(const RbacPolicy& policy, const AccessAttributes& asked,
                            WhoCanReach reach = WhoCanReach::AsAsked);

/// Its members bypass RBAC: the API server lets them do everything before it looks at roles.
inline constexpr std::string_view kPrivilegedGroup = "system:masters";

/// Somebody as a server knows them after they signed in.
struct UserInfo {
    std::string name;
    std::vector<std::string> groups;
};

/// A service account with the groups it belongs to.
[[nodiscard]] UserInfo serviceAccountUser(std::string_view ns, std::string_view name);
/// Whether a binding's subject, its namespace filled in, means this user. Pure.
[[nodiscard]] bool means(const Subject& subject, const UserInfo& user);
/// Why this user may do it by RBAC; nothing if they may not. Pure.
[[nodiscard]] std::optional<Grant> grantFor(const RbacPolicy& policy, const UserInfo& user,
                                            const AccessAttributes& asked);
/// All rules that hold for this user in a namespace. Pure.
[[nodiscard]] std::vector<PolicyRule> rulesFor(const RbacPolicy& policy, const UserInfo& user, std::string_view ns);

} // namespace kube
