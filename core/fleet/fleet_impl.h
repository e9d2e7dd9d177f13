// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster.h"
#include "core/fleet/cluster_registry.h"
#include "core/fleet/fleet.h"
#include "core/fleet/last_known.h"
#include "core/fleet/live_access.h"
#include "core/fleet/live_view.h"
#include "core/fleet/permissions.h"
#include "core/fleet/port_forwards.h"
#include "core/fleet/settings.h"
#include "core/kube/config/kubeconfig_watcher.h"
#include "core/kube/openapi/schema_store.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace fleet {

class Fleet::Impl final : public ViewHost {
public:
    explicit Impl(FleetEnvironment environment);
    ~Impl() override;

    [[nodiscard]] std::vector<FeedHost*> hostsFor(const std::vector<ClusterId>& clusters) override;
    void removeView(LiveView* view) override { std::erase(views, view); }

    [[nodiscard]] Cluster* find(ClusterId id) const;
    /// One that is gone is Invalid.
    [[nodiscard]] const ClusterInfo& info(ClusterId id) const;
    [[nodiscard]] std::shared_ptr<kube::Transport> transport(ClusterId id) const;
    void takeKubeconfig(kube::Kubeconfig config);
    /// Brings the clusters in line with the registry.
    void gather();
    void takeUid(ClusterId id, const std::string& uid);
    void rememberOpen();
    void changed(ClusterId id);
    void listChanged();
    void notify();
    void settingsChanged();
    void set(ClusterId id, Setting setting, SettingValue value);
    base::Result<ClusterAccess> open(const std::string& context);
    void lookAround();

    FleetEnvironment environment;
    std::unique_ptr<base::Timers> ownTimers;
    std::unique_ptr<Settings> ownSettings;
    std::unique_ptr<LastKnown> lastKnown;
    std::unique_ptr<LiveAccess> live; // From the first live server on.
    ConnectGate gate;
    ClusterServices services;
    kube::Kubeconfig kubeconfig;
    std::uint64_t generation = 1; // Of kubeconfig.
    ClusterRegistry registry;
    std::map<ClusterId, std::unique_ptr<Cluster>> clusters;
    std::vector<std::unique_ptr<Cluster>> leaving; // Merged or gone inside a call of theirs.
    std::vector<ClusterInfo> infos;                // What clusters() gave last; made anew where something changed.
    bool infosFresh = false;
    std::vector<base::Error> problems;
    std::vector<LiveView*> views;
    std::unique_ptr<kube::KubeconfigWatcher> watcher;
    Permissions permissions;
    kube::openapi::SchemaStore schemas;

    std::vector<std::pair<base::CancelToken, std::shared_ptr<std::function<void(const FleetNotice&)>>>> listeners;
    std::set<ClusterId> changedIds;
    bool isListChanged = false;
    bool noticePosted = false;
    std::int64_t lastNoticeMs = INT64_MIN / 2;
    base::Cancel noticeTimer;
    base::Cancel lookTimer;
    base::Cancel settingsListener;
    bool settingsTouched = false;
    std::shared_ptr<int> alive = std::make_shared<int>(0);
    std::unique_ptr<PortForwards> forwards; // From the first question on; goes first.
};

} // namespace fleet
