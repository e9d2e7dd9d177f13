// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/fleet_impl.h"

#include "core/fleet/known_text.h"
#include "core/fleet/write_rules.h"

#include <algorithm>

namespace fleet {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t kConnectsAtOnce = 8;
constexpr std::int64_t kNoticeMs = 250;
constexpr std::int64_t kKeepRowsMs = std::int64_t(90) * 24 * 3600 * 1000;
/// How often the settings are looked at, which another program may change (one stat).
constexpr std::chrono::milliseconds kLookEvery = 2s;

} // namespace

Fleet::Impl::Impl(FleetEnvironment given)
    : environment(std::move(given))
    , ownTimers(environment.timers ? nullptr : std::make_unique<base::SystemTimers>())
    , ownSettings(environment.settings ? nullptr : std::make_unique<Settings>(std::string()))
    , lastKnown(environment.stateFolder.empty() ? nullptr : std::make_unique<LastKnown>(environment.stateFolder))
    , gate(kConnectsAtOnce)
    , services{*environment.home,
               environment.decodePool,
               *environment.clock,
               environment.timers ? *environment.timers : *ownTimers,
               gate,
               environment.settings ? *environment.settings : *ownSettings,
               lastKnown.get(),
               [this](const std::string& context) { return open(context); },
               [this] { return generation; },
               [this](ClusterId id) { changed(id); },
               [this](ClusterId id) { changed(id); },
               [this](ClusterId id, const std::string& uid) { takeUid(id, uid); }}
    , permissions({services.home, services.decodePool, services.clock, [this](ClusterId id) { return transport(id); },
                   [this](ClusterId id) -> const ClusterInfo& { return info(id); }})
    , schemas(services.home, environment.decodePool ? *environment.decodePool : services.home) {
    if (lastKnown) {
        lastKnown->forgetRowsBefore(services.clock.nowMs() - kKeepRowsMs);
        for (const auto& [key, text] : lastKnown->summaries()) {
            ClusterInfo known;
            readSummary(text, known);
            registry.learnUid(key, known.uid);
        }
    }
    kube::KubeconfigSources sources = kube::KubeconfigSources::fromEnvironment();
    if (!environment.kubeconfigs.empty())
        sources.files = environment.kubeconfigs;
    watcher =
        std::make_unique<kube::KubeconfigWatcher>(std::move(sources), services.home, [this](kube::Kubeconfig config) {
            ++generation;
            takeKubeconfig(std::move(config));
            listChanged();
        });
    takeKubeconfig(watcher->initial());
    settingsListener = services.settings.onChange([this] { settingsChanged(); });
    lookAround();
}

Fleet::Impl::~Impl() {
    alive.reset();
    for (LiveView* view : views)
        view->orphan();
    views.clear();
    for (const auto& [id, cluster] : clusters)
        cluster->save();
}

std::vector<FeedHost*> Fleet::Impl::hostsFor(const std::vector<ClusterId>& wanted) {
    std::vector<FeedHost*> hosts;
    if (wanted.empty()) {
        for (const auto& [id, cluster] : clusters) {
            if (cluster->isWanted())
                hosts.push_back(cluster.get());
        }
        return hosts;
    }
    for (const ClusterId id : wanted) {
        Cluster* cluster = find(id);
        if (cluster && std::ranges::find(hosts, cluster) == hosts.end())
            hosts.push_back(cluster);
    }
    return hosts;
}

Cluster* Fleet::Impl::find(ClusterId id) const {
    const auto found = clusters.find(registry.canonical(id));
    return found == clusters.end() ? nullptr : found->second.get();
}

const ClusterInfo& Fleet::Impl::info(ClusterId id) const {
    if (Cluster* cluster = find(id)) {
        cluster->refreshInfo();
        return cluster->info();
    }
    static const ClusterInfo kGone = [] {
        ClusterInfo gone;
        gone.health = Health::Invalid;
        gone.why = "No kubeconfig names this cluster any more.";
        return gone;
    }();
    return kGone;
}

std::shared_ptr<kube::Transport> Fleet::Impl::transport(ClusterId id) const {
    const Cluster* cluster = find(id);
    return cluster ? cluster->transport() : nullptr;
}

void Fleet::Impl::takeKubeconfig(kube::Kubeconfig config) {
    kubeconfig = std::move(config);
    problems.clear();
    for (const kube::KubeconfigFile& file : kubeconfig.files)
        problems.insert(problems.end(), file.problems.begin(), file.problems.end());
    if (lastKnown && lastKnown->problem())
        problems.push_back(*lastKnown->problem());
    gather();
}

void Fleet::Impl::gather() {
    registry.update(kubeconfig);
    const std::string& current = kubeconfig.currentContext;
    bool changedList = false;
    for (const RegisteredCluster& registered : registry.clusters()) {
        auto& cluster = clusters[registered.id];
        if (!cluster) {
            cluster = std::make_unique<Cluster>(services, registered);
            changedList = true;
        }
        cluster->update(registered, current);
    }
    for (auto entry = clusters.begin(); entry != clusters.end();) {
        const bool isMerged = registry.canonical(entry->first) != entry->first;
        const bool isGone = !registry.find(entry->first) && !entry->second->isWanted();
        if (!isMerged && !isGone) {
            ++entry;
            continue;
        }
        const bool wasWanted = entry->second->isWanted();
        entry->second->disconnect();
        leaving.push_back(std::move(entry->second));
        const ClusterId id = registry.canonical(entry->first);
        entry = clusters.erase(entry);
        const auto heir = clusters.find(id);
        if (wasWanted && heir != clusters.end() && !heir->second->isWanted())
            heir->second->connect({});
        changedList = true;
    }
    if (changedList)
        listChanged();
}

void Fleet::Impl::takeUid(ClusterId id, const std::string& uid) {
    const Cluster* cluster = find(id);
    if (!cluster || !registry.learnUid(cluster->keys().front(), uid))
        return;
    // Not inside the call of a cluster that may have to go.
    environment.home->post([this, guard = std::weak_ptr<int>(alive)] {
        if (!guard.expired())
            gather();
    });
}

void Fleet::Impl::rememberOpen() {
    if (environment.rememberOpen == RememberOpen::No)
        return;
    std::vector<std::string> keys;
    for (const auto& [id, cluster] : clusters) {
        if (cluster->isWanted())
            keys.push_back(cluster->keys().front());
    }
    services.settings.set(Setting::OpenClusters, std::move(keys));
}

void Fleet::Impl::listChanged() {
    isListChanged = true;
    environment.home->post([this, guard = std::weak_ptr<int>(alive)] {
        if (guard.expired())
            return;
        for (LiveView* view : std::vector(views))
            view->clustersChanged();
        leaving.clear();
    });
    changed({});
}

void Fleet::Impl::changed(ClusterId id) {
    infosFresh = false;
    if (!id.isNull()) {
        changedIds.insert(id);
        permissions.clusterChanged(id);
    }
    if (noticePosted)
        return;
    noticePosted = true;
    const std::int64_t wait = std::max<std::int64_t>(0, lastNoticeMs + kNoticeMs - services.clock.steadyMs());
    noticeTimer = services.timers.after(std::chrono::milliseconds(wait), services.home, [this] { notify(); });
}

void Fleet::Impl::notify() {
    infosFresh = false; // Their dates.
    noticePosted = false;
    lastNoticeMs = services.clock.steadyMs();
    FleetNotice notice;
    notice.changed.assign(changedIds.begin(), changedIds.end());
    notice.listChanged = std::exchange(isListChanged, false);
    changedIds.clear();
    // A listener may destroy the fleet.
    const std::weak_ptr<int> guard = alive;
    const auto all = listeners;
    for (const auto& [token, listener] : all) {
        if (!token.isCancelled())
            (*listener)(notice);
        if (guard.expired())
            return;
    }
    std::erase_if(listeners, [](const auto& entry) { return entry.first.isCancelled(); });
}

void Fleet::Impl::settingsChanged() {
    for (const auto& [id, cluster] : clusters) {
        cluster->settingsChanged();
        changed(id);
    }
}

void Fleet::Impl::set(ClusterId id, Setting setting, SettingValue value) {
    const Cluster* cluster = find(id);
    if (!cluster)
        return;
    // Every name the cluster goes by, so that a second way in does not slip past.
    const std::vector<std::string> keys = cluster->keys();
    for (const std::string& key : keys) {
        services.settings.set(setting, value, key);
        services.settings.set(Setting::ClusterName, cluster->info().name, key);
    }
    if (const std::string key = uidKey(cluster->info().uid);
        !key.empty() && (setting == Setting::Protected || setting == Setting::ReadOnly)) {
        services.settings.set(setting, value, key);
        services.settings.set(Setting::ClusterName, cluster->info().name, key);
    }
}

base::Result<ClusterAccess> Fleet::Impl::open(const std::string& context) {
    if (environment.makeTransport) {
        if (auto transport = environment.makeTransport(context))
            return ClusterAccess{std::move(transport), nullptr};
    }
    if (!environment.engine)
        return base::fail(base::ErrorCode::Unsupported, "nothing answers for this context");
    if (!live)
        live = std::make_unique<LiveAccess>(*environment.engine, *environment.clock, environment.credentials);
    return live->open(kubeconfig, context);
}

void Fleet::Impl::lookAround() {
    lookTimer = services.timers.after(kLookEvery, services.home, [this] {
        services.settings.refresh();
        lookAround();
    });
}

} // namespace fleet
