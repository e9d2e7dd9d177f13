// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster_info.h"
#include "core/fleet/ids.h"
#include "core/kube/config/kubeconfig.h"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace fleet {

/// One cluster as the kubeconfigs show it.
struct RegisteredCluster {
    ClusterId id;
    /// What settings and last known state are kept under: kube::ClusterKey::id(), or "context-NAME" where a context
    /// leads to no server. The first is the one to write under; there are more after a merge.
    std::vector<std::string> keys;
    std::string server;
    bool insecure = false;
    std::vector<WayIn> waysIn;
};

/// Which contexts lead to which clusters. Ids are kept as long as the program runs: a context that goes and comes back
/// finds its cluster again. Knows no network; a plain value.
class ClusterRegistry {
public:
    /// Takes over what the kubeconfig says now.
    void update(const kube::Kubeconfig& config);
    /// The uid of kube-system behind a key turned out (or is remembered). Where another cluster has it already, the two
    /// become one: the one with the smaller id stays. Takes effect with the next update().
    /// Returns whether two became one.
    bool learnUid(const std::string& key, const std::string& uid);

    [[nodiscard]] const std::vector<RegisteredCluster>& clusters() const { return m_clusters; }
    [[nodiscard]] const RegisteredCluster* find(ClusterId id) const;
    /// The id that stands for `id` now, after merges.
    [[nodiscard]] ClusterId canonical(ClusterId id) const;

private:
    ClusterId idOf(const std::string& key);

    std::vector<RegisteredCluster> m_clusters;
    std::map<std::string, ClusterId> m_ids;
    std::map<std::string, std::string> m_uids; // By key.
    std::map<ClusterId, ClusterId> m_mergedInto;
    std::uint16_t m_nextId = 0;
};

/// The way in to take: `wanted` if it is there, else the kubeconfig's current one, else the first that can be used and
/// needs no plugin, else the first that can be used, else 0.
[[nodiscard]] std::size_t chooseWayIn(const std::vector<WayIn>& waysIn, const std::string& wanted,
                                      const std::string& current);

/// 0..7, always the same for a name.
[[nodiscard]] int hueOfName(const std::string& name);

} // namespace fleet
