// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/cluster_registry.h"

#include "core/kube/auth/login.h"
#include "core/kube/config/cluster_key.h"
#include "core/kube/config/endpoint.h"

#include <algorithm>
#include <utility>

namespace fleet {

ClusterId ClusterRegistry::idOf(const std::string& key) {
    const auto [entry, isNew] = m_ids.try_emplace(key);
    if (isNew)
        entry->second = ClusterId{m_nextId++};
    return canonical(entry->second);
}

void ClusterRegistry::update(const kube::Kubeconfig& config) {
    m_clusters.clear();
    std::map<std::string, std::string> keyOfEntry; // Of the kubeconfig's clusters: hashing their CAs once is enough.
    std::map<ClusterId, std::size_t> index;
    for (const kube::ContextEntry& context : config.contexts) {
        const kube::ClusterEntry* entry = config.cluster(context.cluster);
        std::string key = "context-" + context.name;
        if (entry && !entry->server.empty()) {
            std::string& known = keyOfEntry[context.cluster];
            if (known.empty())
                known = kube::clusterKeyOf(*entry).id();
            key = known;
        }
        const ClusterId id = idOf(key);
        const auto [place, isNew] = index.try_emplace(id, m_clusters.size());
        if (isNew) {
            RegisteredCluster cluster;
            cluster.id = id;
            cluster.server = entry ? kube::serverUrl(entry->server).value_or(entry->server) : std::string();
            cluster.insecure = entry && entry->insecureSkipTlsVerify;
            m_clusters.push_back(std::move(cluster));
        }
        RegisteredCluster& cluster = m_clusters[place->second];
        if (std::ranges::find(cluster.keys, key) == cluster.keys.end())
            cluster.keys.push_back(key);
        WayIn way;
        way.context = context.name;
        way.user = context.user;
        way.ns = context.nameSpace.empty() ? "default" : context.nameSpace;
        way.file = context.origin.file;
        way.needsPlugin = kube::loginOf(config, context).needsPlugin();
        way.problems = context.problems;
        cluster.waysIn.push_back(std::move(way));
    }
}

bool ClusterRegistry::learnUid(const std::string& key, const std::string& uid) {
    if (uid.empty() || std::exchange(m_uids[key], uid) == uid)
        return false;
    const ClusterId mine = idOf(key);
    for (const auto& [otherKey, otherUid] : m_uids) {
        if (otherUid != uid || otherKey == key)
            continue;
        const ClusterId other = idOf(otherKey);
        if (other == mine)
            continue;
        m_mergedInto[std::max(mine, other)] = std::min(mine, other);
        return true;
    }
    return false;
}

const RegisteredCluster* ClusterRegistry::find(ClusterId id) const {
    const auto found = std::ranges::find(m_clusters, canonical(id), &RegisteredCluster::id);
    return found == m_clusters.end() ? nullptr : &*found;
}

ClusterId ClusterRegistry::canonical(ClusterId id) const {
    for (auto found = m_mergedInto.find(id); found != m_mergedInto.end(); found = m_mergedInto.find(id))
        id = found->second;
    return id;
}

std::size_t chooseWayIn(const std::vector<WayIn>& waysIn, const std::string& wanted, const std::string& current) {
    std::size_t best = 0;
    int bestRank = -1;
    for (std::size_t i = 0; i < waysIn.size(); ++i) {
        const WayIn& way = waysIn[i];
        int rank = 0;
        if (!wanted.empty() && way.context == wanted)
            rank = 4;
        else if (!way.problems.empty())
            rank = 0;
        else if (way.context == current)
            rank = 3;
        else
            rank = way.needsPlugin ? 1 : 2;
        if (rank > bestRank) {
            best = i;
            bestRank = rank;
        }
    }
    return best;
}

int hueOfName(const std::string& name) {
    std::uint32_t hash = 2166136261U; // FNV-1a: the same in every run and on every machine.
    for (const char c : name) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 16777619U;
    }
    return static_cast<int>((hash ^ (hash >> 16)) % 8);
}

} // namespace fleet
