// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/change/change_set.h"
#include "core/change/clusters.h"
#include "core/kube/manifest/manifest.h"

#include <string>
#include <vector>

namespace change {

/// Server-side applies of manifests to one cluster. What names no namespace goes to `ns`, or, where that is empty, to
/// that of the context; a kind that belongs to no namespace gets none. `way` is null while the cluster is not reached:
/// then the server decides. Fails with BadInput, and the place, for what has no name yet and for what names another
/// namespace than `ns`. Pure.
[[nodiscard]] base::Result<std::vector<Operation>> applyManifests(const std::vector<kube::Manifest>& manifests,
                                                                  const ClusterRef& cluster, const ClusterWay* way,
                                                                  const std::string& ns);

/// An object as a new one of the same kind: without what servers and controllers have set on this one.
struct CleanCopy {
    std::string json;
    std::vector<std::string> dropped; ///< Fields that were left out: "spec.clusterIP"; not those that no manifest has.
};
[[nodiscard]] CleanCopy cleanCopy(std::string_view object);

} // namespace change
