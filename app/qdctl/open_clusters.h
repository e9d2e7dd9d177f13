// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/session.h"
#include "core/change/clusters.h"
#include "core/fleet/settings.h"
#include "core/kube/config/kubeconfig.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace qdctl {

/// The clusters that a writing command works on, by their contexts. Main thread.
class OpenClusters final : public change::Clusters {
public:
    explicit OpenClusters(Session& session);

    /// Asks each context for its kinds and its uid; runs the session's home until all have answered or failed.
    void open(const std::vector<std::string>& contexts);
    /// The same for those that lead to clusters of a set or of the journal. Where a context has gone, or is known to
    /// lead elsewhere now, the window's memory of clusters may know another that leads there.
    void openFor(const std::vector<change::ClusterRef>& clusters);
    /// Why a context that was opened cannot be used; null where it can.
    [[nodiscard]] const base::Error* problem(const std::string& context) const;
    [[nodiscard]] change::ClusterRef ref(const std::string& context) const;

    [[nodiscard]] base::Result<change::ClusterWay> find(const change::ClusterRef& cluster) override;

private:
    struct Entry {
        change::ClusterWay way;
        std::vector<std::string> keys;
        std::optional<base::Error> error;
    };

    [[nodiscard]] std::string contextOf(const change::ClusterRef& cluster);
    /// Empty where nothing is remembered.
    [[nodiscard]] std::string rememberedUid(const kube::ContextEntry& context);

    Session& m_session;
    fleet::Settings m_settings;
    std::map<std::string, Entry> m_entries;
    std::optional<std::map<std::string, std::string>> m_remembered; ///< Uids by cluster key; read once needed.
};

} // namespace qdctl
