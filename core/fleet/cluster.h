// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster_info.h"
#include "core/fleet/cluster_registry.h"
#include "core/fleet/connection.h"
#include "core/fleet/feed.h"
#include "core/fleet/health.h"
#include "core/fleet/settings.h"
#include "core/fleet/source_pool.h"
#include "core/fleet/tally.h"
#include "core/kube/server_traits.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fleet {

class LastKnown;

/// What all clusters of a fleet share.
struct ClusterServices {
    base::Executor& home;
    base::Executor* decodePool;
    const base::Clock& clock;
    base::Timers& timers;
    ConnectGate& gate;
    Settings& settings;
    LastKnown* lastKnown; ///< Null: nothing is kept.
    std::function<base::Result<ClusterAccess>(const std::string& context)> open;
    /// Counts how often the kubeconfigs were read.
    std::function<std::uint64_t()> configGeneration;
    std::function<void(ClusterId)> changed;
    std::function<void(ClusterId)> catalogChanged;
    std::function<void(ClusterId, const std::string& uid)> uidLearned;
};

/// One cluster: its connection, its sources, what they add up to and how it therefore is. Confined to the home
/// executor; must not be destroyed inside one of its calls.
class Cluster final : public FeedHost {
public:
    Cluster(ClusterServices& services, const RegisteredCluster& registered);
    ~Cluster() override;
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;

    /// What the kubeconfigs and settings say now.
    void update(const RegisteredCluster& registered, const std::string& currentContext);
    [[nodiscard]] const std::vector<std::string>& keys() const { return m_keys; }

    /// By the way in with that context, or the one chosen before if empty.
    void connect(const std::string& context);
    void disconnect();
    void retry();
    /// Somebody asked for it, be it up or not.
    [[nodiscard]] bool isWanted() const { return m_connection.state() != Connection::State::Idle; }
    void settingsChanged();
    [[nodiscard]] const kube::KindCatalogPtr& catalog() const;
    [[nodiscard]] const std::shared_ptr<kube::Transport>& transport() const { return m_connection.transport(); }
    [[nodiscard]] std::vector<std::string> namespaces() const;
    /// Brings asOfMs and the like up to date.
    void refreshInfo();
    /// Writes what is not on disk yet.
    void save();

    [[nodiscard]] const ClusterInfo& info() const override { return m_info; }
    [[nodiscard]] SourcePool& pool() override { return m_pool; }
    [[nodiscard]] const SourcePool& pool() const { return m_pool; }
    [[nodiscard]] bool isCatalogKnown() const override { return catalog() != nullptr; }
    [[nodiscard]] const kube::Kind* kindOf(const std::string& resource) const override;
    [[nodiscard]] std::vector<std::string> fallbackNamespaces() const override;
    [[nodiscard]] std::int64_t serverNowMs() const override;
    void addFeed(Feed* feed) override { m_feeds.push_back(feed); }
    void removeFeed(Feed* feed) override { std::erase(m_feeds, feed); }

private:
    /// The watches behind the numbers of the Fleet page and behind discovery.
    struct Base;

    void connectionChanged();
    void catalogArrived();
    void attach(Source& source);
    void openBase();
    void closeBase();
    void baseStateChanged();
    void crdsChanged();
    void discoverNowAndThen();
    void judge();
    void judgeWatches();
    void readSums();
    void tellFeeds();
    void sourceCreated(Source& source);
    void sourceDropped(Source& source);
    void saveSource(const Source& source);
    void saveSoon();
    void saveSummary();
    void recallSummary();
    void recallCatalog();
    void keepCatalog();

    ClusterServices& m_services;
    std::vector<std::string> m_keys;
    ClusterInfo m_info;
    std::string m_currentContext;
    std::uint64_t m_openedGeneration = 0;
    std::vector<Feed*> m_feeds;
    std::int64_t m_brokenSinceMs = 0; // When a watch was first seen broken; 0 while none is.
    bool m_readPosted = false;
    kube::KindCatalogPtr m_rememberedCatalog;
    /// What of a source is on disk, and the way of what is there into it.
    struct Kept {
        std::uint64_t revision = 0;
        base::Cancel loading;
    };
    std::map<SourceKey, Kept> m_kept;
    std::string m_savedSummary;
    std::size_t m_savedKeys = 0;
    std::size_t m_savedCatalog = 0;
    base::Cancel m_catalogLoading;
    SourcePool m_pool;
    Connection m_connection;
    std::shared_ptr<kube::ServerTraits> m_traits;
    std::unique_ptr<Base> m_base;
    base::Cancel m_rediscovery;
    base::Cancel m_catalogTimer;
    base::Cancel m_readTimer;
    base::Cancel m_saveTimer;
};

} // namespace fleet
