// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

struct Kind;

/// What is asked of an authorizer: a verb on a resource, or on a path that is none (ResourceAttributes and
/// NonResourceAttributes of authorization.k8s.io/v1).
struct AccessAttributes {
    std::string verb;
    std::string group;
    std::string resource; ///< The plural; "*" asks for all resources.
    std::string subresource;
    std::string ns;   ///< Empty: all namespaces at once, or a cluster-scoped resource.
    std::string name; ///< Empty: no object in particular.
    std::string path; ///< Not empty: a non-resource URL such as "/healthz"; of the rest only verb counts then.

    friend auto operator<=>(const AccessAttributes&, const AccessAttributes&) = default;
    [[nodiscard]] bool isResource() const { return path.empty(); }
    /// "pods", "pods/exec", "deployments.apps/scale" as kubectl names it, or the path.
    [[nodiscard]] std::string what() const;
};

/// A verb on a kind; `ns` does not count for a cluster-scoped one.
[[nodiscard]] AccessAttributes accessTo(std::string_view verb, const Kind& kind, std::string_view subresource = {},
                                        std::string_view ns = {}, std::string_view name = {});

/// A rule of a role (rbac.authorization.k8s.io/v1 PolicyRule).
struct PolicyRule {
    std::vector<std::string> verbs;
    std::vector<std::string> apiGroups;
    std::vector<std::string> resources;     ///< "pods", "pods/exec", "*/scale", "*"
    std::vector<std::string> resourceNames; ///< Empty: all objects. A rule with names never allows list or create.
    std::vector<std::string> nonResourceUrls;

    friend bool operator==(const PolicyRule&, const PolicyRule&) = default;
    /// "get,list pods,pods/log", "update deployments.apps [web]", "get /healthz": for people.
    [[nodiscard]] std::string text() const;
};

/// What of a rule allows what is asked, without what else it says: "get secrets", "* *.*", "update *.apps/scale". Pure.
[[nodiscard]] PolicyRule narrowed(const PolicyRule& rule, const AccessAttributes& asked);

/// Whether the rule allows what is asked, as the RBAC authorizer decides (pkg/apis/rbac/v1/evaluation_helpers.go).
/// Pure.
[[nodiscard]] bool ruleAllows(const PolicyRule& rule, const AccessAttributes& asked);
[[nodiscard]] bool anyRuleAllows(const std::vector<PolicyRule>& rules, const AccessAttributes& asked);

/// The objects to which a verb on a resource is confined: for how far rules that carry names go.
struct NamedAccess {
    bool all = false;               ///< A rule without names allows it.
    std::vector<std::string> names; ///< Otherwise those for which some rule does; sorted.
};
/// `asked.name` does not count. Pure.
[[nodiscard]] NamedAccess namedAccess(const std::vector<PolicyRule>& rules, AccessAttributes asked);

} // namespace kube
