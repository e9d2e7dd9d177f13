// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/manifests.h"
#include "app/quarterdeck-demo/rights.h"

#include <algorithm>
#include <iterator>

namespace demo {

namespace {

using Names = std::vector<std::string>;
using Manifests = std::vector<std::pair<std::string, Json>>;

Json rule(const Names& verbs, const Names& groups, const Names& resources, const Names& names = {}) {
    Json result = {{"verbs", verbs}, {"apiGroups", groups}, {"resources", resources}};
    if (!names.empty())
        result["resourceNames"] = names;
    return result;
}

Json subject(const std::string& kind, const std::string& name, const std::string& ns = {}) {
    Json result = {{"kind", kind}, {"name", name}};
    if (ns.empty())
        result["apiGroup"] = "rbac.authorization.k8s.io";
    else
        result["namespace"] = ns;
    return result;
}

Json role(const std::string& ns, const std::string& name, const std::vector<Json>& rules) {
    Json object = named(name, ns);
    object["rules"] = rules;
    return object;
}

Json binding(const std::string& ns, const std::string& name, const std::string& roleKind, const std::string& roleName,
             const std::vector<Json>& subjects) {
    Json object = named(name, ns);
    object["roleRef"] = {{"apiGroup", "rbac.authorization.k8s.io"}, {"kind", roleKind}, {"name", roleName}};
    object["subjects"] = subjects;
    return object;
}

const Names kAllVerbs{"get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"};
const Names kReadVerbs{"get", "list", "watch"};
const Names kCoreObjects{"configmaps", "endpoints", "events",  "persistentvolumeclaims", "pods",
                         "pods/log",   "services",  "secrets", "serviceaccounts"};

void addRoles(Manifests& all) {
    const Names workloadGroups{"apps", "batch", "autoscaling", "networking.k8s.io", "policy"};
    all.emplace_back("clusterroles",
                     role({}, "cluster-admin",
                          {rule({"*"}, {"*"}, {"*"}), {{"verbs", Names{"*"}}, {"nonResourceURLs", Names{"*"}}}}));
    all.emplace_back("clusterroles", role({}, "edit",
                                          {rule(kAllVerbs, {""}, kCoreObjects),
                                           rule({"create"}, {""}, {"pods/exec", "pods/portforward", "pods/eviction"}),
                                           rule(kAllVerbs, workloadGroups, {"*"})}));
    Names withoutSecrets;
    std::ranges::copy_if(kCoreObjects, std::back_inserter(withoutSecrets),
                         [](const std::string& resource) { return resource != "secrets"; });
    all.emplace_back("clusterroles", role({}, "workload-operator",
                                          {rule(kAllVerbs, {""}, withoutSecrets),
                                           rule({"create"}, {""}, {"pods/exec", "pods/eviction"}),
                                           rule(kAllVerbs, workloadGroups, {"*"})}));
    Names readable{"nodes", "namespaces", "persistentvolumes"};
    readable.insert(readable.end(), withoutSecrets.begin(), withoutSecrets.end());
    Names groups = workloadGroups;
    groups.insert(groups.end(), {"apiextensions.k8s.io", "cert-manager.io", "coordination.k8s.io", "discovery.k8s.io",
                                 "ops.example.com", "rbac.authorization.k8s.io", "storage.k8s.io"});
    all.emplace_back("clusterroles",
                     role({}, "view", {rule(kReadVerbs, {""}, readable), rule(kReadVerbs, groups, {"*"})}));
    all.emplace_back("clusterroles", role({}, "node-keeper",
                                          {rule({"get", "list", "watch", "patch"}, {""}, {"nodes"}),
                                           rule({"create"}, {""}, {"pods/eviction"})}));
    all.emplace_back("clusterroles", role({}, "scaler", {rule({"get", "update", "patch"}, {"apps"}, {"*/scale"})}));
    all.emplace_back("clusterroles", role({}, "system:discovery",
                                          {{{"verbs", Names{"get"}},
                                            {"nonResourceURLs", Names{"/api", "/api/*", "/apis", "/apis/*", "/healthz",
                                                                      "/livez", "/readyz", "/version"}}}}));
    all.emplace_back(
        "roles", role("shop", "payments-key-reader", {rule({"get", "update"}, {""}, {"secrets"}, {"payments-key"})}));
}

void addBindings(Manifests& all, const Site& site) {
    const Json platform = subject("Group", "platform");
    all.emplace_back("clusterrolebindings", binding({}, "cluster-admin", "ClusterRole", "cluster-admin",
                                                    {subject("Group", "system:masters")}));
    all.emplace_back("clusterrolebindings", binding({}, "system:discovery", "ClusterRole", "system:discovery",
                                                    {subject("Group", "system:authenticated")}));
    if (site.operatorIsAdmin)
        all.emplace_back("clusterrolebindings", binding({}, "platform", "ClusterRole", "cluster-admin", {platform}));
    else
        for (const char* name : {"view", "node-keeper"})
            all.emplace_back("clusterrolebindings",
                             binding({}, std::string("platform-") + name, "ClusterRole", name, {platform}));
    for (const char* ns : {"shop", "monitoring"})
        all.emplace_back("rolebindings", binding(ns, "platform", "ClusterRole", "workload-operator", {platform}));
    all.emplace_back("rolebindings",
                     binding("shop", "developers", "ClusterRole", "edit",
                             {subject("Group", "shop-developers"), subject("User", "maria@example.com")}));
    all.emplace_back("rolebindings", binding("shop", "payments-key", "Role", "payments-key-reader",
                                             {platform, subject("ServiceAccount", "payments", "shop")}));
    all.emplace_back("rolebindings", binding("shop", "autoscaler", "ClusterRole", "scaler",
                                             {subject("ServiceAccount", "keda", "monitoring")}));
    // Left behind when somebody tidied up.
    all.emplace_back("rolebindings",
                     binding("shop", "old-contractors", "Role", "contractor", {subject("Group", "contractors")}));
}

} // namespace

Manifests rbacManifests(const Site& site) {
    Manifests all;
    addRoles(all);
    addBindings(all, site);
    return all;
}

} // namespace demo
