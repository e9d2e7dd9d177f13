// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/rights.h"

#include "core/kube/access/rbac_document.h"

#include <array>

namespace demo {

namespace {

constexpr std::array<const char*, 4> kKinds = {"clusterroles", "roles", "clusterrolebindings", "rolebindings"};

const kube::UserInfo& user() {
    static const kube::UserInfo kUser{"operator", {"platform", "system:authenticated"}};
    return kUser;
}

bool isRbac(const ServedKind& kind) {
    return kind.kind.group == "rbac.authorization.k8s.io";
}

kube::AccessAttributes attributesOf(const Json& spec) {
    kube::AccessAttributes asked;
    if (spec.contains("nonResourceAttributes")) {
        const Json& from = spec["nonResourceAttributes"];
        asked.verb = from.value("verb", "");
        asked.path = from.value("path", "/");
        return asked;
    }
    const Json from = spec.value("resourceAttributes", Json::object());
    asked.verb = from.value("verb", "");
    asked.group = from.value("group", "");
    asked.resource = from.value("resource", "");
    asked.subresource = from.value("subresource", "");
    asked.ns = from.value("namespace", "");
    asked.name = from.value("name", "");
    return asked;
}

} // namespace

Rights::Rights(ObjectStore& store)
    : m_store(store)
    , m_listener(store.listen([this](const StoreEvent& event) {
        if (isRbac(*event.kind))
            m_policy.reset();
    })) {}

Rights::~Rights() {
    m_store.unlisten(m_listener);
}

const kube::RbacPolicy& Rights::policy() {
    if (m_policy)
        return *m_policy;
    m_policy.emplace();
    for (const char* plural : kKinds) {
        for (const auto& [key, object] : m_store.objects(kindOf(plural))) {
            const std::string json = object->dump();
            if (std::string(plural).ends_with("roles"))
                m_policy->roles.push_back(kube::parseRole(json).value_or(kube::Role{}));
            else
                m_policy->bindings.push_back(kube::parseRoleBinding(json).value_or(kube::RoleBinding{}));
        }
    }
    return *m_policy;
}

bool Rights::allows(const kube::AccessAttributes& asked) {
    return kube::grantFor(policy(), user(), asked).has_value();
}

std::string Rights::refusal(const kube::AccessAttributes& asked) {
    std::string text = asked.what() + (asked.name.empty() ? "" : " \"" + asked.name + "\"") + " is forbidden: User \"" +
                       user().name + "\" cannot " + asked.verb + " resource \"" + asked.resource +
                       (asked.subresource.empty() ? "" : "/" + asked.subresource) + "\" in API group \"" + asked.group +
                       "\"";
    return text + (asked.ns.empty() ? " at the cluster scope" : " in the namespace \"" + asked.ns + "\"");
}

std::optional<Json> Rights::review(const std::string& body) {
    Json review = Json::parse(body, nullptr, false);
    if (!review.is_object() || !review["spec"].is_object())
        return std::nullopt;
    const std::string kind = review.value("kind", "");
    if (kind == "SelfSubjectAccessReview") {
        review["status"] = {{"allowed", allows(attributesOf(review["spec"]))}};
        return review;
    }
    if (kind != "SelfSubjectRulesReview")
        return std::nullopt;
    Json resourceRules = Json::array();
    Json nonResourceRules = Json::array();
    for (const kube::PolicyRule& rule : kube::rulesFor(policy(), user(), review["spec"].value("namespace", ""))) {
        if (!rule.resources.empty()) {
            resourceRules.push_back(
                {{"verbs", rule.verbs}, {"apiGroups", rule.apiGroups}, {"resources", rule.resources}});
            if (!rule.resourceNames.empty())
                resourceRules.back()["resourceNames"] = rule.resourceNames;
        }
        if (!rule.nonResourceUrls.empty())
            nonResourceRules.push_back({{"verbs", rule.verbs}, {"nonResourceURLs", rule.nonResourceUrls}});
    }
    review["status"] = {{"incomplete", false},
                        {"resourceRules", std::move(resourceRules)},
                        {"nonResourceRules", std::move(nonResourceRules)}};
    return review;
}

} // namespace demo
