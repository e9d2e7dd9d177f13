// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/kube/access/policy_rule.h"
#include "core/kube/transport.h"

#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// What a server answers to "may I?" (SubjectAccessReviewStatus).
struct AccessReview {
    bool allowed = false;
    bool denied = false; ///< Somebody forbids it outright, rather than nobody allowing it.
    std::string reason;
    std::string evaluationError; ///< What the server could not look into; the answer holds all the same.
};

/// What a server answers to "what may I do in this namespace?" (SubjectRulesReviewStatus): rules of the namespace and
/// of the whole cluster.
struct RulesReview {
    std::vector<PolicyRule> rules;
    /// More may be allowed, and some of it forbidden, by an authorizer that cannot list its rules.
    bool incomplete = false;
    std::string evaluationError;
};

/// Asks whether we ourselves may do this (SelfSubjectAccessReview). A POST that stores nothing and that everybody may
/// send. `handler` runs once on `executor`.
[[nodiscard]] base::Cancel askAccess(Transport& transport, const AccessAttributes& asked, base::Executor& executor,
                                     net::Handler<base::Result<AccessReview>> handler);
/// Asks what we ourselves may do in a namespace (SelfSubjectRulesReview); servers refuse an empty one.
[[nodiscard]] base::Cancel askRules(Transport& transport, const std::string& ns, base::Executor& executor,
                                    net::Handler<base::Result<RulesReview>> handler);

/// A name that no namespace can have: what we may do there is what we may do in every namespace and to what lies in
/// none, since no role binding can be there.
inline constexpr std::string_view kNoNamespace = "cluster:wide";

/// The spec of an access review, as JSON. Pure.
[[nodiscard]] std::string accessReviewSpec(const AccessAttributes& asked);
/// Answers to the two. Fail with BadResponse. Pure; any thread.
[[nodiscard]] base::Result<AccessReview> parseAccessReview(std::string_view json);
[[nodiscard]] base::Result<RulesReview> parseRulesReview(std::string_view json);

} // namespace kube
