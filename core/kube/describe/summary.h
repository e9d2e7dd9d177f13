// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/kind.h"
#include "core/kube/row.h"

#include <cstdint>
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

/// What kubectl describe shows of an object, as data: every field it shows is there, for the typed kinds exactly, for
/// others by the same generic rules as kubectl's. Events and related objects that describe fetches beside are not part
/// of it. `json` is one full object. Fails with BadInput if it is none. Pure; any thread.
[[nodiscard]] base::Result<Summary> summarize(std::string_view json);

/// The object as YAML, keys in the server's order; managedFields left out or kept. Pure; any thread.
enum class ManagedFields { Folded, Shown };
[[nodiscard]] base::Result<std::string> toYaml(std::string_view json, ManagedFields managedFields);

} // namespace kube
