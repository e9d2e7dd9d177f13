// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/cluster.h"

#include "core/fleet/cluster_base.h"
#include "core/fleet/write_rules.h"

#include <algorithm>
#include <set>
#include <utility>

namespace fleet {

using namespace std::chrono_literals;

Cluster::Cluster(ClusterServices& services, const RegisteredCluster& registered)
    : m_services(services)
    , m_pool(services.home, services.clock, services.timers,
             {[this](Source& source) { sourceCreated(source); }, [this](Source& source) { sourceDropped(source); }})
    , m_connection({services.home, services.clock, services.timers, services.gate,
                    [this]() -> base::Result<ClusterAccess> {
                        m_openedGeneration = m_services.configGeneration();
                        return m_services.open(m_info.name);
                    },
                    [this] { return m_openedGeneration != m_services.configGeneration(); },
                    [this] { connectionChanged(); }, [this] { catalogArrived(); },
                    [this](const std::string& uid) {
                        m_info.uid = uid;
                        settingsChanged(); // Protection may hang on the uid.
                        m_services.uidLearned(m_info.id, uid);
                    }}) {
    m_info.id = registered.id;
    m_info.sinceMs = services.clock.nowMs();
    m_keys = registered.keys;
    recallSummary();
}

Cluster::~Cluster() = default;

void Cluster::update(const RegisteredCluster& registered, const std::string& currentContext) {
    m_currentContext = currentContext;
    m_keys = registered.keys;
    const std::vector<std::string> before = fallbackNamespaces();
    const bool hasOld = !m_info.waysIn.empty();
    m_info.server = registered.server;
    m_info.insecure = registered.insecure;
    m_info.waysIn = registered.waysIn;
    const std::string wanted =
        hasOld && isWanted() ? m_info.name : m_services.settings.text(Setting::WayIn, m_keys.front());
    const bool isGone = isWanted() && std::ranges::find(m_info.waysIn, wanted, &WayIn::context) == m_info.waysIn.end();
    m_info.wayIn = chooseWayIn(m_info.waysIn, wanted, currentContext);
    // Who is connected by a context that went stays connected under its name.
    if (!isGone)
        m_info.name = m_info.waysIn[m_info.wayIn].context;
    settingsChanged();
    judge();
    if (before != fallbackNamespaces())
        tellFeeds();
}

void Cluster::settingsChanged() {
    const Settings& settings = m_services.settings;
    const auto any = [&](Setting setting) {
        return std::ranges::any_of(m_keys, [&](const std::string& key) { return settings.flag(setting, key); });
    };
    const WriteRules rules = writeRules(settings, m_keys, m_info.uid);
    m_info.isProtected = rules.isProtected;
    m_info.isReadOnly = rules.isReadOnly;
    m_info.reconnectAtStart = any(Setting::ReconnectAtStart);
    const std::int64_t hue = settings.number(Setting::Hue, m_keys.front());
    m_info.hue = hue >= 0 && hue < 8 ? static_cast<int>(hue) : hueOfName(m_info.name);
    m_info.groups = settings.list(Setting::Groups, m_keys.front());
    std::vector<std::string> typed = settings.list(Setting::TypedNamespaces, m_keys.front());
    if (typed != std::exchange(m_info.typedNamespaces, std::move(typed)))
        tellFeeds();
}

void Cluster::connect(const std::string& context) {
    const bool other = !context.empty() && context != m_info.name;
    if (other) {
        const auto way = std::ranges::find(m_info.waysIn, context, &WayIn::context);
        if (way == m_info.waysIn.end())
            return;
        if (isWanted())
            disconnect();
        m_info.wayIn = static_cast<std::size_t>(way - m_info.waysIn.begin());
        m_info.name = context;
        m_services.settings.set(Setting::WayIn, context, m_keys.front());
        settingsChanged();
    }
    if (isWanted())
        return retry();
    m_traits = std::make_shared<kube::ServerTraits>();
    recallCatalog();
    m_connection.start();
    saveSoon();
}

void Cluster::disconnect() {
    save();
    closeBase();
    m_rediscovery.cancel();
    m_pool.forEach([](Source& source) { source.detach(); });
    m_connection.stop();
    m_catalogTimer.cancel();
    m_saveTimer.cancel();
    m_traits.reset();
}

void Cluster::retry() {
    m_connection.retry();
    if (m_traits)
        m_traits->retries().retryNow();
}

const kube::KindCatalogPtr& Cluster::catalog() const {
    return m_connection.catalog() ? m_connection.catalog() : m_rememberedCatalog;
}

const kube::Kind* Cluster::kindOf(const std::string& resource) const {
    return catalog() ? catalog()->findResource(resource) : nullptr;
}

std::vector<std::string> Cluster::fallbackNamespaces() const {
    std::vector<std::string> namespaces;
    const auto add = [&namespaces](const std::string& ns) {
        if (!ns.empty() && std::ranges::find(namespaces, ns) == namespaces.end())
            namespaces.push_back(ns);
    };
    if (m_info.wayIn < m_info.waysIn.size())
        add(m_info.waysIn[m_info.wayIn].ns);
    for (const WayIn& way : m_info.waysIn)
        add(way.ns);
    std::ranges::for_each(m_info.typedNamespaces, add);
    return namespaces;
}

std::int64_t Cluster::serverNowMs() const {
    // The Date header has whole seconds: less than two are no skew but its grain and the way.
    const std::int64_t skew = m_info.clockSkewMs;
    return m_services.clock.nowMs() + (skew > -2000 && skew < 2000 ? 0 : skew);
}

std::vector<std::string> Cluster::namespaces() const {
    std::set<std::string> names;
    if (m_base) {
        m_base->namespaces.forEachRow(
            [&names](std::uint32_t, kube::RowHandle, const kube::RowRef& row) { names.emplace(row.name()); });
        // Who may not list them sees those that can be known.
        if (m_base->namespaces.part().phase == kube::WatchPhase::Forbidden)
            for (const std::string& ns : fallbackNamespaces())
                names.insert(ns);
    }
    return {names.begin(), names.end()};
}

void Cluster::attach(Source& source) {
    const bool isUp = m_connection.wasUp() && m_connection.transport() && m_connection.catalog();
    if (!isUp)
        return;
    const kube::Kind* kind = m_connection.catalog()->findResource(source.key().resource);
    if (!kind)
        return;
    source.attach({m_connection.transport(), m_services.decodePool, &m_services.clock, &m_services.timers, m_traits},
                  *kind);
    if (source.phase() == kube::WatchPhase::Unserved)
        source.restart();
}

void Cluster::connectionChanged() {
    m_info.version = m_connection.version().empty() ? m_info.version : m_connection.version();
    m_info.clockSkewMs = m_connection.skewMs();
    if (m_connection.state() == Connection::State::Up) {
        m_traits->setServerVersion(m_connection.version());
        m_pool.forEach([this](Source& source) { attach(source); });
        m_traits->retries().answered();
        m_traits->retries().retryNow();
        if (!m_base)
            openBase();
        discoverNowAndThen();
    }
    judge();
}

void Cluster::catalogArrived() {
    keepCatalog();
    m_pool.forEach([this](Source& source) { attach(source); });
    tellFeeds();
    m_services.catalogChanged(m_info.id);
    judge();
}

void Cluster::tellFeeds() {
    for (Feed* feed : m_feeds)
        feed->hostChanged();
}

void Cluster::openBase() {
    m_base = std::make_unique<Base>(*this, m_services.home);
}

void Cluster::closeBase() {
    m_base.reset();
}

void Cluster::discoverNowAndThen() {
    // Where CRDs cannot be watched, age is the only hint; aggregated APIs come and go without one anyhow.
    m_catalogTimer = m_services.timers.after(10min, m_services.home, [this] {
        m_connection.rediscover();
        discoverNowAndThen();
    });
}

void Cluster::crdsChanged() {
    // The server needs a moment until discovery shows what a CRD says, and how long it does not tell: ask twice.
    m_rediscovery = m_services.timers.after(500ms, m_services.home, [this] {
        m_connection.rediscover();
        m_rediscovery = m_services.timers.after(3s, m_services.home, [this] { m_connection.rediscover(); });
    });
}

void Cluster::baseStateChanged() {
    if (m_readPosted)
        return;
    m_readPosted = true;
    // Sums change with every delta; what follows from them is worth less than that.
    m_readTimer = m_services.timers.after(100ms, m_services.home, [this] {
        m_readPosted = false;
        judgeWatches();
        readSums();
        judge();
    });
}

// A broken watch is a hint that the server is gone, a live one a proof that it is there.
void Cluster::judgeWatches() {
    if (!m_base)
        return;
    bool broken = false;
    bool live = false;
    for (const Feed* feed : m_base->feeds()) {
        const ViewPart part = feed->part();
        broken = broken || part.phase == kube::WatchPhase::Waiting;
        live = live || part.phase == kube::WatchPhase::Live;
    }
    if (!broken) {
        m_brokenSinceMs = 0;
    } else if (m_brokenSinceMs == 0) {
        m_brokenSinceMs = m_services.clock.nowMs();
        m_connection.probe();
    }
    if (live && !broken && m_connection.state() == Connection::State::Waiting)
        m_connection.retry();
}

void Cluster::refreshInfo() {
    if (m_info.health == Health::Live || m_info.health == Health::Degraded)
        m_info.asOfMs = m_services.clock.nowMs();
    m_info.credentialExpiryMs = m_connection.credentialExpiryMs();
}

void Cluster::readSums() {
    if (!m_base)
        return;
    m_info.listsNamespaces = m_base->namespaces.part().phase != kube::WatchPhase::Forbidden;
    const ViewPart nodes = m_base->nodes.part();
    if (m_base->nodes.isComplete()) {
        const NodeSums& sums = m_base->nodeTally.sums();
        m_info.nodes = sums.nodes;
        m_info.nodesReady = sums.ready;
        m_info.cpuAllocatableMilli = sums.cpuMilli;
        m_info.memoryAllocatable = sums.memory;
        m_info.nodeProblems = m_base->nodeTally.problems();
        const NodePlace place = m_base->nodeTally.place();
        m_info.region = place.region;
        m_info.provider = place.provider.empty() ? providerOfVersion(m_info.version) : place.provider;
        if (m_info.provider.empty() && sums.nodes > 0)
            m_info.provider = "Bare metal";
    } else if (nodes.phase == kube::WatchPhase::Forbidden) {
        m_info.nodes = m_info.nodesReady = -1;
        m_info.cpuAllocatableMilli = m_info.memoryAllocatable = -1;
        m_info.nodeProblems.clear();
        m_info.provider = providerOfVersion(m_info.version);
    }
    const ViewPart pods = m_base->pods.part();
    m_info.onlyNamespaces = pods.onlyNamespaces;
    if (m_base->pods.isComplete()) {
        const PodSums& sums = m_base->podTally.sums();
        m_info.pods = sums.pods;
        m_info.podsRunning = sums.running;
        m_info.podsPending = sums.pending;
        m_info.podsSucceeded = sums.succeeded;
        m_info.podsFailed = sums.failed;
        m_info.podsBroken = sums.broken;
        m_info.cpuRequestedMilli = sums.cpuMilli;
        m_info.memoryRequested = sums.memory;
    } else if (pods.phase == kube::WatchPhase::Forbidden) {
        m_info.pods = m_info.podsRunning = m_info.podsPending = -1;
        m_info.podsSucceeded = m_info.podsFailed = m_info.podsBroken = -1;
        m_info.cpuRequestedMilli = m_info.memoryRequested = -1;
    }
}

void Cluster::judge() {
    HealthFacts facts;
    facts.connection = m_connection.state();
    facts.error = m_connection.error();
    facts.signInProgram = m_info.signInProgram = m_connection.signInProgram();
    facts.info = &m_info;
    facts.catalog = m_connection.catalog().get();
    if (m_base) {
        for (const Feed* feed : m_base->feeds()) {
            const ViewPart part = feed->part();
            if (part.phase == kube::WatchPhase::Waiting && !facts.watchError)
                facts.watchError = part.error;
            if (part.phase == kube::WatchPhase::Forbidden && part.error)
                facts.refusals.push_back(*part.error);
        }
        if (facts.refusals.size() < m_base->feeds().size())
            facts.refusals.clear();
    }
    HealthVerdict verdict = judgeHealth(facts);
    const bool wasThere = m_info.health == Health::Live || m_info.health == Health::Degraded;
    const bool isThere = verdict.health == Health::Live || verdict.health == Health::Degraded;
    if (wasThere && !isThere)
        m_info.asOfMs = m_brokenSinceMs != 0 ? m_brokenSinceMs : m_services.clock.nowMs();
    if (verdict.health != m_info.health)
        m_info.sinceMs = m_services.clock.nowMs();
    const bool tell = verdict.health != m_info.health;
    m_info.health = verdict.health;
    m_info.why = std::move(verdict.why);
    m_info.error = std::move(verdict.error);
    if (m_info.error && m_info.error->cluster.empty())
        m_info.error->cluster = m_info.name;
    refreshInfo();
    if (tell)
        tellFeeds();
    m_services.changed(m_info.id);
}

} // namespace fleet
