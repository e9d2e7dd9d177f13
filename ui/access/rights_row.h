// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster_info.h"
#include "core/kube/access/reviews.h"
#include "core/kube/discovery.h"

#include <QString>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ui {

/// The verbs of the table, one column each.
inline constexpr std::array<const char*, 7> kRightVerbs = {"get",    "list",  "watch", "create",
                                                           "update", "patch", "delete"};

/// Whether a verb on a resource is allowed.
enum class Right : std::uint8_t {
    Unserved, ///< The resource has no such verb.
    Denied,
    Named,   ///< To some objects alone, by their names.
    Unknown, ///< Not listed, but the server's list is not whole.
    Allowed,
};

/// What we may do with one resource of one cluster.
struct RightsRow {
    fleet::ClusterId cluster;
    QString clusterName;
    QString user; ///< Whom the server knows us as, by the kubeconfig.
    int hue = 0;
    bool dimmed = false; ///< What held when the cluster last answered.
    QString resource;    ///< "pods", "pods/exec"
    QString group;       ///< Empty: the core group.
    bool namespaced = true;
    std::array<Right, kRightVerbs.size()> rights{};
    std::array<QString, kRightVerbs.size()> names; ///< Where Named: of which objects.

    bool operator==(const RightsRow&) const = default;
    /// "deployments.apps/scale", as kubectl and the page's question write it.
    [[nodiscard]] QString typed() const;
    /// What tells rows apart.
    [[nodiscard]] QString key() const;
    [[nodiscard]] bool allowsAnything() const;
};

/// A row for each kind that the cluster serves and for sub-resources worth a question of their own. `here` are the
/// rules of the namespace, `everywhere` those that hold in every namespace and for what lies in none. Pure.
[[nodiscard]] std::vector<RightsRow> rightsRows(const fleet::ClusterInfo& cluster, const kube::KindCatalog& kinds,
                                                const kube::RulesReview& here, const kube::RulesReview& everywhere);

/// "pods/exec" and the like of what these kinds have, by kind as kubectl names it. Pure.
struct Subresource {
    const char* resource; ///< Kind::resource()
    const char* name;
    std::vector<const char*> verbs;
};
[[nodiscard]] const std::vector<Subresource>& knownSubresources();

} // namespace ui
