// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/open_clusters.h"

#include "core/fleet/cluster_info.h"
#include "core/fleet/known_text.h"
#include "core/fleet/last_known.h"
#include "core/fleet/paths.h"
#include "core/fleet/server_answers.h"
#include "core/fleet/write_rules.h"
#include "core/kube/config/cluster_key.h"

#include <algorithm>
#include <utility>

namespace qdctl {

namespace {

std::map<std::string, std::string> rememberedUids() {
    std::map<std::string, std::string> uids;
    const fleet::LastKnown known(fleet::Paths::fromEnvironment().state);
    for (const auto& [key, text] : known.summaries()) {
        fleet::ClusterInfo info;
        fleet::readSummary(text, info);
        uids.emplace(key, std::move(info.uid));
    }
    return uids;
}

} // namespace

OpenClusters::OpenClusters(Session& session)
    : m_session(session)
    , m_settings(fleet::Paths::fromEnvironment().settingsFile()) {}

void OpenClusters::open(const std::vector<std::string>& contexts) {
    std::vector<base::Cancel> asking;
    std::size_t waiting = 1;
    const auto done = [this, &waiting] {
        if (--waiting == 0)
            m_session.home().stop();
    };
    for (const std::string& context : contexts) {
        if (m_entries.contains(context))
            continue;
        Entry& entry = m_entries[context];
        base::Result<Way> way = m_session.open(context);
        if (!way) {
            entry.error = std::move(way.error());
            continue;
        }
        entry.way.transport = way->environment.transport;
        entry.way.name = context;
        entry.way.ns = way->ns;
        const kube::Kubeconfig& config = m_session.config();
        if (const kube::ContextEntry* known = config.context(context)) {
            entry.way.user = known->user;
            if (const kube::ClusterEntry* cluster = config.cluster(known->cluster))
                entry.keys.push_back(kube::clusterKeyOf(*cluster).id());
        }
        waiting += 2;
        asking.push_back(kube::discover(entry.way.transport, m_session.home(),
                                        [&entry, done](base::Result<kube::KindCatalogPtr> kinds) {
                                            if (kinds)
                                                entry.way.kinds = *std::move(kinds);
                                            else
                                                entry.error = std::move(kinds.error());
                                            done();
                                        }));
        kube::ApiRequest request;
        request.target = "/api/v1/namespaces/kube-system";
        request.verb = "get";
        request.resource = "namespaces";
        asking.push_back(entry.way.transport->send(std::move(request), m_session.home(),
                                                   [&entry, done](base::Result<net::Response> answer) {
                                                       // Who may not see it goes by the context alone.
                                                       if (answer)
                                                           entry.way.uid = fleet::uidOf(answer->body);
                                                       done();
                                                   }));
    }
    done();
    m_session.home().run();
}

void OpenClusters::openFor(const std::vector<change::ClusterRef>& clusters) {
    std::vector<std::string> contexts;
    for (const change::ClusterRef& cluster : clusters) {
        std::string context = contextOf(cluster);
        if (std::find(contexts.begin(), contexts.end(), context) != contexts.end())
            continue;
        if (context != cluster.context)
            complain("the context " + context + " leads to the cluster that was " + cluster.context);
        contexts.push_back(std::move(context));
    }
    open(contexts);
}

std::string OpenClusters::contextOf(const change::ClusterRef& cluster) {
    const kube::Kubeconfig& config = m_session.config();
    if (cluster.uid.empty())
        return cluster.context;
    if (const kube::ContextEntry* named = config.context(cluster.context)) {
        const std::string uid = rememberedUid(*named);
        if (uid.empty() || uid == cluster.uid)
            return cluster.context;
    }
    const auto other = std::find_if(
        config.contexts.begin(), config.contexts.end(),
        [this, &cluster](const kube::ContextEntry& context) { return rememberedUid(context) == cluster.uid; });
    return other == config.contexts.end() ? cluster.context : other->name;
}

std::string OpenClusters::rememberedUid(const kube::ContextEntry& context) {
    const kube::ClusterEntry* cluster = m_session.config().cluster(context.cluster);
    if (!cluster)
        return {};
    if (!m_remembered)
        m_remembered = rememberedUids();
    const auto at = m_remembered->find(kube::clusterKeyOf(*cluster).id());
    return at == m_remembered->end() ? std::string() : at->second;
}

const base::Error* OpenClusters::problem(const std::string& context) const {
    const auto at = m_entries.find(context);
    return at == m_entries.end() || !at->second.error ? nullptr : &*at->second.error;
}

change::ClusterRef OpenClusters::ref(const std::string& context) const {
    const auto at = m_entries.find(context);
    return {context, at == m_entries.end() ? std::string() : at->second.way.uid};
}

base::Result<change::ClusterWay> OpenClusters::find(const change::ClusterRef& cluster) {
    const Entry* found = nullptr;
    for (const auto& [context, entry] : m_entries) {
        if (!cluster.uid.empty() && entry.way.uid == cluster.uid && (!found || context == cluster.context))
            found = &entry;
    }
    if (const auto at = m_entries.find(cluster.context); !found && at != m_entries.end()) {
        found = &at->second;
        if (!cluster.uid.empty() && !found->way.uid.empty())
            return base::fail(base::ErrorCode::NotFound, "the context " + cluster.context +
                                                             " leads to another cluster than the one that is meant");
    }
    if (!found)
        return base::fail(base::ErrorCode::NotFound, "no context leads to " + cluster.context);
    if (found->error)
        return base::fail(*found->error);
    change::ClusterWay way = found->way;
    m_settings.refresh();
    const fleet::WriteRules rules = fleet::writeRules(m_settings, found->keys, way.uid);
    way.isProtected = rules.isProtected;
    way.isReadOnly = rules.isReadOnly;
    return way;
}

} // namespace qdctl
