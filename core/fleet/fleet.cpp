// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/fleet.h"

#include "core/fleet/fleet_impl.h"

#include <algorithm>
#include <set>
#include <utility>

namespace fleet {

Fleet::Fleet(FleetEnvironment environment)
    : m_impl(std::make_unique<Impl>(std::move(environment))) {}

Fleet::~Fleet() = default;

const std::vector<ClusterInfo>& Fleet::clusters() const {
    if (std::exchange(m_impl->infosFresh, true))
        return m_impl->infos;
    m_impl->infos.clear();
    // In the order of the kubeconfig; then those that stand there no more but are still connected.
    std::set<ClusterId> listed;
    const auto list = [&](ClusterId id) {
        Cluster* cluster = m_impl->find(id);
        if (!cluster || !listed.insert(cluster->info().id).second)
            return;
        cluster->refreshInfo();
        m_impl->infos.push_back(cluster->info());
    };
    for (const RegisteredCluster& registered : m_impl->registry.clusters())
        list(registered.id);
    for (const auto& [id, cluster] : m_impl->clusters)
        list(id);
    return m_impl->infos;
}

const ClusterInfo& Fleet::cluster(ClusterId id) const {
    return m_impl->info(id);
}

ClusterId Fleet::byContext(const std::string& context) const {
    for (const RegisteredCluster& registered : m_impl->registry.clusters()) {
        if (std::ranges::find(registered.waysIn, context, &WayIn::context) != registered.waysIn.end())
            return registered.id;
    }
    return {};
}

const std::vector<base::Error>& Fleet::problems() const {
    return m_impl->problems;
}

std::string Fleet::currentContext() const {
    return m_impl->kubeconfig.currentContext;
}

void Fleet::connect(ClusterId id) {
    connect(id, {});
}

void Fleet::connect(ClusterId id, const std::string& context) {
    Cluster* cluster = m_impl->find(id);
    if (!cluster)
        return;
    const bool was = cluster->isWanted();
    cluster->connect(context);
    if (!was) {
        m_impl->rememberOpen();
        m_impl->listChanged();
    }
}

void Fleet::disconnect(ClusterId id) {
    Cluster* cluster = m_impl->find(id);
    if (!cluster || !cluster->isWanted())
        return;
    cluster->disconnect();
    m_impl->rememberOpen();
    m_impl->gather();
    m_impl->listChanged();
}

void Fleet::retry(ClusterId id) {
    if (Cluster* cluster = m_impl->find(id))
        cluster->retry();
}

void Fleet::reopen() {
    const std::vector<std::string> open = m_impl->services.settings.list(Setting::OpenClusters);
    std::vector<ClusterId> wanted;
    for (const auto& [id, cluster] : m_impl->clusters) {
        const bool wasOpen = std::ranges::any_of(
            cluster->keys(), [&](const std::string& key) { return std::ranges::find(open, key) != open.end(); });
        const ClusterInfo& info = cluster->info();
        const bool runsProgram = info.wayIn < info.waysIn.size() && info.waysIn[info.wayIn].needsPlugin;
        if (wasOpen && (!runsProgram || info.reconnectAtStart))
            wanted.push_back(id);
    }
    for (const ClusterId id : wanted) {
        if (Cluster* cluster = m_impl->find(id))
            cluster->connect({});
    }
    // What was not opened is remembered all the same: next time its plugin may be allowed.
    if (!wanted.empty())
        m_impl->listChanged();
}

void Fleet::setProtected(ClusterId id, bool on) {
    m_impl->set(id, Setting::Protected, on);
}

void Fleet::setReadOnly(ClusterId id, bool on) {
    m_impl->set(id, Setting::ReadOnly, on);
}

void Fleet::setHue(ClusterId id, int hue) {
    m_impl->set(id, Setting::Hue, std::int64_t(hue));
}

void Fleet::setGroups(ClusterId id, std::vector<std::string> groups) {
    m_impl->set(id, Setting::Groups, std::move(groups));
}

void Fleet::setReconnectAtStart(ClusterId id, bool on) {
    m_impl->set(id, Setting::ReconnectAtStart, on);
}

void Fleet::setTypedNamespaces(ClusterId id, std::vector<std::string> namespaces) {
    m_impl->set(id, Setting::TypedNamespaces, std::move(namespaces));
}

kube::KindCatalogPtr Fleet::kinds(ClusterId id) const {
    const Cluster* cluster = m_impl->find(id);
    return cluster ? cluster->catalog() : nullptr;
}

std::shared_ptr<kube::Transport> Fleet::transport(ClusterId id) const {
    return m_impl->transport(id);
}

std::vector<std::string> Fleet::namespaces(const std::vector<ClusterId>& clusters) const {
    std::set<std::string> names;
    for (const FeedHost* host : m_impl->hostsFor(clusters)) {
        const auto theirs = static_cast<const Cluster*>(host)->namespaces();
        names.insert(theirs.begin(), theirs.end());
    }
    return {names.begin(), names.end()};
}

std::unique_ptr<View> Fleet::openView(ViewSpec spec) {
    const ClusterServices& services = m_impl->services;
    auto view = std::make_unique<LiveView>(*m_impl, services.home, services.timers, services.clock, std::move(spec));
    m_impl->views.push_back(view.get());
    return view;
}

base::Cancel Fleet::fetch(ClusterId id, const kube::Kind& kind, const std::string& ns, const std::string& name,
                          net::Handler<base::Result<FullObject>> handler) {
    kube::ApiRequest request;
    request.target = kind.path(kind.namespaced ? ns : std::string(), name);
    request.verb = "get";
    request.resource = kind.resource();
    return fetch(id, std::move(request), std::move(handler));
}

base::Cancel Fleet::fetch(ClusterId id, kube::ApiRequest request, net::Handler<base::Result<FullObject>> handler) {
    const Cluster* cluster = m_impl->find(id);
    base::Error error = base::fail(base::ErrorCode::Unreachable, "not connected").value();
    if (!cluster || !cluster->transport()) {
        error.cluster = cluster ? cluster->info().name : std::string();
        base::Cancel cancel = base::Cancel::create();
        m_impl->services.home.post(
            [token = cancel.token(), error = std::move(error), handler = std::move(handler)]() mutable {
                if (!token.isCancelled())
                    handler(base::fail(std::move(error)));
            });
        return cancel;
    }
    const base::Clock& clock = m_impl->services.clock;
    const std::int64_t captured = cluster->transport()->capturedAtMs();
    return cluster->transport()->send(
        std::move(request), m_impl->services.home,
        [&clock, captured, cluster = cluster->info().name,
         handler = std::move(handler)](base::Result<net::Response> response) mutable {
            if (response)
                return handler(FullObject{std::move(response->body), captured ? captured : clock.nowMs()});
            base::Error failure = std::move(response.error());
            if (failure.cluster.empty())
                failure.cluster = cluster;
            handler(base::fail(std::move(failure)));
        });
}

PortForwards& Fleet::forwards() {
    if (!m_impl->forwards)
        m_impl->forwards = std::make_unique<PortForwards>(*this, m_impl->services.settings, m_impl->services.home,
                                                          m_impl->services.clock, m_impl->services.timers);
    return *m_impl->forwards;
}

Permissions& Fleet::permissions() const {
    return m_impl->permissions;
}

kube::openapi::SchemaStore& Fleet::schemas() const {
    return m_impl->schemas;
}

Fleet::Traffic Fleet::traffic() const {
    Traffic traffic;
    for (const auto& [id, cluster] : m_impl->clusters) {
        const Cluster& each = *cluster;
        each.pool().forEach([&traffic](const Source& source) {
            traffic.objects += source.size();
            traffic.events += source.events();
            traffic.lastChangeMs = std::max(traffic.lastChangeMs, source.lastChangeMs());
        });
    }
    return traffic;
}

base::Cancel Fleet::onNotice(std::function<void(const FleetNotice&)> listener) {
    base::Cancel cancel = base::Cancel::create();
    m_impl->listeners.emplace_back(cancel.token(),
                                   std::make_shared<std::function<void(const FleetNotice&)>>(std::move(listener)));
    return cancel;
}

} // namespace fleet
