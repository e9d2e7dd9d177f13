// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/change/change_set.h"
#include "core/kube/discovery.h"
#include "core/kube/transport.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace change {

/// A cluster as writes reach it, and what its operator allows.
struct ClusterWay {
    std::shared_ptr<kube::Transport> transport;
    kube::KindCatalogPtr kinds;
    std::string name; ///< For people; what a protected cluster asks to be typed.
    std::string uid;
    std::string user; ///< Of the kubeconfig: who we are there.
    std::string ns;   ///< Where the context points to.
    bool isProtected = false;
    bool isReadOnly = false;
    std::int64_t skewMs = 0; ///< Server's clock minus ours.
};

/// What the operator typed, as protected clusters ask for.
struct Confirmation {
    std::vector<std::string> clusterNames;
};

/// Finds the clusters of a set. Asked anew before each step, so that what was forbidden meanwhile holds. Confined to
/// the home executor; outlives what it is given to.
class Clusters {
public:
    virtual ~Clusters() = default;
    /// Fails where no such cluster is known or it is not connected, with a sentence that says what to do.
    [[nodiscard]] virtual base::Result<ClusterWay> find(const ClusterRef& cluster) = 0;
};

} // namespace change
