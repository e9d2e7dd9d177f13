// SPDX-License-Identifier: GPL-3.0-or-later
// Roles, bindings and reviews, and what follows from them: who may is who is allowed.
#include "core/kube/access/rbac_document.h"
#include "core/kube/access/rbac_policy.h"
#include "core/kube/access/reviews.h"
#include "core/kube/access/rule_table.h"
#include "tests/fuzz/rows_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::viewOf(data, size);
    static_cast<void>(kube::parseAccessReview(bytes));
    std::vector<kube::PolicyRule> rules;
    if (auto review = kube::parseRulesReview(bytes))
        rules = std::move(review->rules);
    kube::RbacPolicy policy;
    if (auto role = kube::parseRole(bytes)) {
        rules.insert(rules.end(), role->rules.begin(), role->rules.end());
        policy.roles.push_back(std::move(*role));
    }
    if (auto binding = kube::parseRoleBinding(bytes))
        policy.bindings.push_back(std::move(*binding));
    for (const kube::PolicyRule& rule : rules)
        static_cast<void>(rule.text());
    if (rules.size() < 64)
        static_cast<void>(kube::ruleTable(rules));
    kube::AccessAttributes asked;
    asked.verb = "get";
    asked.resource = "pods";
    asked.ns = "shop";
    const kube::NamedAccess access = kube::namedAccess(rules, asked);
    fuzz::require(access.all || !kube::anyRuleAllows(rules, asked) || !access.names.empty(), "an allowed verb is lost");
    for (const kube::Grant& grant : kube::whoCan(policy, asked).grants) {
        const kube::UserInfo user = grant.subject.kind == "Group" ? kube::UserInfo{"somebody", {grant.subject.name}}
                                    : grant.subject.kind == "User"
                                        ? kube::UserInfo{grant.subject.name, {}}
                                        : kube::serviceAccountUser(grant.subject.ns, grant.subject.name);
        fuzz::require(kube::grantFor(policy, user, asked).has_value(), "who is listed may not");
    }
    return 0;
}
