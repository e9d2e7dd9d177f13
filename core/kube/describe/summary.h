// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/kind.h"
#include "core/kube/row.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// One line of a summary: a label and what stands behind it, or a heading with lines below it.
struct SummaryItem {
    std::string label;       ///< As kubectl describe names it: "Service Account".
    std::string value;       ///< Empty for a heading. Several lines are divided by '\n'.
    std::int64_t timeMs = 0; ///< Not 0: the value is a moment; value has it as RFC 3339, the window shows the age, too.
    ObjectState state = ObjectState::None;
    /// Not empty: the value names another object that can be opened.
    std::string linkKind, linkNamespace, linkName;
    std::vector<SummaryItem> children;
};

struct SummaryTable {
    std::string title; ///< "Conditions", "Containers", "Tolerations", "Allocated resources"
    std::vector<std::string> columns;
    std::vector<std::vector<SummaryItem>> rows;
};

/// Who owns an object, from its ownerReferences.
struct OwnerLink {
    std::string apiVersion, kind, name, uid;
    bool controller = false;
};

struct Summary {
    std::vector<SummaryItem> items; ///< In kubectl describe's order.
    std::vector<SummaryTable> tables;
    std::vector<OwnerLink> owners;
};

/// Something describe shows of an object that stands in other objects: what to ask the API server for.
struct RelatedQuery {
    std::string id;       ///< "pods", "endpointslices", "replicasets", "lease", "quotas", "limits"
    std::string target;   ///< Path and query below the server's URL.
    std::string verb;     ///< What RBAC must allow: "list" or "get",
    std::string resource; ///< on "pods", "endpointslices.discovery.k8s.io".
};

/// Answers to RelatedQuery by id: lists or objects as JSON. Those that failed are left out; the summary then lacks
/// their lines.
using Related = std::map<std::string, std::string>;

/// What to fetch beside the object itself; empty for most kinds. Fails with BadInput if `json` is no object. Pure; any
/// thread.
[[nodiscard]] base::Result<std::vector<RelatedQuery>> relatedQueries(std::string_view json);

/// What kubectl describe shows of an object, as data: for the typed kinds each field it shows, in its order, for all
/// others by its generic rules. Events are not part of it. `json` is one full object. Fails with BadInput if it is
/// none. Pure; any thread. Rules: k8s.io/kubectl/pkg/describe.
[[nodiscard]] base::Result<Summary> summarize(std::string_view json, const Related& related = {});

/// A pod template as kubectl rollout history --revision prints it, with its tabs. `json` is the template. Fails with
/// BadInput if it is none. Pure; any thread.
[[nodiscard]] base::Result<std::string> podTemplateText(std::string_view json);

} // namespace kube
