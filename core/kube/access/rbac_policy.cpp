// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/access/rbac_policy.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace kube {

namespace {

/// Finds roles by their name; the policy must outlive it.
class RoleIndex {
public:
    explicit RoleIndex(const RbacPolicy& policy)
        : m_policy(policy) {
        for (const Role& role : policy.roles)
            m_roles.emplace(std::pair<std::string_view, std::string_view>(role.ns, role.name), &role);
    }

    /// Null if there is none; a ClusterRoleBinding cannot name a Role.
    [[nodiscard]] const Role* of(const RoleBinding& binding) const {
        const bool isCluster = binding.role.kind == "ClusterRole";
        if (!isCluster && (binding.role.kind != "Role" || binding.ns.empty()))
            return nullptr;
        const std::string_view ns = isCluster ? std::string_view() : std::string_view(binding.ns);
        const auto found = m_roles.find({ns, binding.role.name});
        return found == m_roles.end() ? nullptr : found->second;
    }

    [[nodiscard]] bool isDangling(const RoleBinding& binding) const {
        const bool known = binding.role.kind == "ClusterRole" ? m_policy.clusterRolesKnown : m_policy.rolesKnown;
        return known && of(binding) == nullptr;
    }

private:
    const RbacPolicy& m_policy;
    std::map<std::pair<std::string_view, std::string_view>, const Role*> m_roles;
};

// A path, a cluster-scoped resource and all namespaces at once are a matter of the cluster's bindings alone.
bool decides(const RoleBinding& binding, const AccessAttributes& asked) {
    return binding.ns.empty() || (asked.isResource() && binding.ns == asked.ns);
}

// In a RoleBinding an account without a namespace is one of the binding's; in a ClusterRoleBinding it is nobody.
Subject placed(Subject subject, const RoleBinding& binding) {
    if (subject.kind == "ServiceAccount" && subject.ns.empty())
        subject.ns = binding.ns;
    return subject;
}

bool isSomebody(const Subject& subject) {
    return subject.kind == "User" || subject.kind == "Group" ||
           (subject.kind == "ServiceAccount" && !subject.ns.empty());
}

RoleBinding withoutSubjects(const RoleBinding& binding) {
    return {binding.ns, binding.name, binding.role, {}};
}

const PolicyRule* firstThatAllows(const Role& role, const AccessAttributes& asked) {
    const auto found =
        std::ranges::find_if(role.rules, [&asked](const PolicyRule& rule) { return ruleAllows(rule, asked); });
    return found == role.rules.end() ? nullptr : &*found;
}

bool namesUser(const RoleBinding& binding, const UserInfo& user, Subject* which = nullptr) {
    for (const Subject& subject : binding.subjects) {
        Subject whole = placed(subject, binding);
        if (!means(whole, user))
            continue;
        if (which)
            *which = std::move(whole);
        return true;
    }
    return false;
}

} // namespace

std::string RoleBinding::title() const {
    return ns.empty() ? "ClusterRoleBinding/" + name : "RoleBinding/" + ns + "/" + name;
}

std::string RoleBinding::roleTitle() const {
    return role.kind == "Role" && !ns.empty() ? "Role/" + ns + "/" + role.name : role.kind + "/" + role.name;
}

WhoCan whoCan(const RbacPolicy& policy, const AccessAttributes& asked, WhoCanReach reach) {
    const RoleIndex index(policy);
    WhoCan result;
    const auto follow = [&](const RoleBinding& binding) {
        const Role* role = index.of(binding);
        if (role == nullptr) {
            if (index.isDangling(binding))
                result.dangling.push_back(withoutSubjects(binding));
            return;
        }
        const PolicyRule* rule = firstThatAllows(*role, asked);
        if (rule == nullptr)
            return;
        std::set<Subject> told;
        for (const Subject& subject : binding.subjects) {
            Subject whole = placed(subject, binding);
            if (isSomebody(whole) && told.insert(whole).second)
                result.grants.push_back({std::move(whole), withoutSubjects(binding), *rule});
        }
    };
    for (const RoleBinding& binding : policy.bindings) {
        if (binding.ns.empty())
            follow(binding);
    }
    for (const RoleBinding& binding : policy.bindings) {
        const bool anywhere = reach == WhoCanReach::AnyNamespace && asked.isResource();
        if (!binding.ns.empty() && (anywhere || decides(binding, asked)))
            follow(binding);
    }
    return result;
}

UserInfo serviceAccountUser(std::string_view ns, std::string_view name) {
    return {"system:serviceaccount:" + std::string(ns) + ":" + std::string(name),
            {"system:serviceaccounts", "system:serviceaccounts:" + std::string(ns), "system:authenticated"}};
}

bool means(const Subject& subject, const UserInfo& user) {
    if (subject.kind == "User")
        return subject.name == user.name;
    if (subject.kind == "Group")
        return std::ranges::find(user.groups, subject.name) != user.groups.end();
    return subject.kind == "ServiceAccount" && !subject.ns.empty() &&
           user.name == "system:serviceaccount:" + subject.ns + ":" + subject.name;
}

std::optional<Grant> grantFor(const RbacPolicy& policy, const UserInfo& user, const AccessAttributes& asked) {
    const RoleIndex index(policy);
    for (const RoleBinding& binding : policy.bindings) {
        Grant grant;
        if (!decides(binding, asked) || !namesUser(binding, user, &grant.subject))
            continue;
        const Role* role = index.of(binding);
        const PolicyRule* rule = role ? firstThatAllows(*role, asked) : nullptr;
        if (rule == nullptr)
            continue;
        grant.binding = withoutSubjects(binding);
        grant.rule = *rule;
        return grant;
    }
    return std::nullopt;
}

std::vector<PolicyRule> rulesFor(const RbacPolicy& policy, const UserInfo& user, std::string_view ns) {
    const RoleIndex index(policy);
    std::vector<PolicyRule> rules;
    for (const RoleBinding& binding : policy.bindings) {
        if ((!binding.ns.empty() && binding.ns != ns) || !namesUser(binding, user))
            continue;
        if (const Role* role = index.of(binding))
            rules.insert(rules.end(), role->rules.begin(), role->rules.end());
    }
    return rules;
}

} // namespace kube
