// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/kind.h"

#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// One version of a group. `kinds` may still have to be asked for (the old way), or the server could not say (stale).
struct DiscoveredVersion {
    enum class State { Known, NotAsked, Stale };
    std::string version;
    std::vector<Kind> kinds;
    State state = State::Known;
};

/// A group with its versions, the preferred one first.
struct DiscoveredGroup {
    std::string name; ///< Empty for the core group.
    std::vector<DiscoveredVersion> versions;
};

/// Reads what /api or /apis answered: APIGroupDiscoveryList (apidiscovery.k8s.io/v2, v2beta1), APIVersions or
/// APIGroupList, told apart by the document itself. BadResponse otherwise. Pure.
[[nodiscard]] base::Result<std::vector<DiscoveredGroup>> parseGroups(std::string_view json);

/// Reads an APIResourceList, the old answer for one version of a group; sub-resources left out. Pure.
[[nodiscard]] base::Result<std::vector<Kind>> parseResourceList(std::string_view json, std::string_view group,
                                                                std::string_view version);

} // namespace kube
