// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster_info.h"
#include "core/fleet/source_pool.h"
#include "core/fleet/view.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fleet {

class Feed;

/// What a feed asks of its cluster. Lives longer than the feed.
class FeedHost {
public:
    virtual ~FeedHost() = default;
    [[nodiscard]] virtual const ClusterInfo& info() const = 0;
    [[nodiscard]] virtual SourcePool& pool() = 0;
    /// Discovery has answered, now or in an earlier run.
    [[nodiscard]] virtual bool isCatalogKnown() const = 0;
    [[nodiscard]] virtual const kube::Kind* kindOf(const std::string& resource) const = 0;
    /// Namespaces worth trying where RBAC forbids to see all: those of contexts, typed ones.
    [[nodiscard]] virtual std::vector<std::string> fallbackNamespaces() const = 0;
    /// Server's present time.
    [[nodiscard]] virtual std::int64_t serverNowMs() const = 0;
    /// Feeds that want to hear of changes of the above.
    virtual void addFeed(Feed* feed) = 0;
    virtual void removeFeed(Feed* feed) = 0;
};

/// Hears of a feed's changes at once. Calls come from inside the sources.
class FeedSink {
public:
    virtual ~FeedSink() = default;
    virtual void feedChanged(Feed& feed, std::uint32_t slot, const kube::RowDelta& delta) = 0;
    virtual void feedReset(Feed& feed) = 0;
    virtual void feedStateChanged(Feed& feed) = 0;
};

/// The rows of one kind of one cluster for one user: from the source of all namespaces, or from one source a namespace
/// where only some are wanted or allowed. Confined to the home executor.
class Feed {
public:
    /// `namespaces` empty: all that may be read.
    Feed(FeedHost& host, base::Executor& home, std::string resource, std::vector<std::string> namespaces,
         FeedSink& sink);
    ~Feed();
    Feed(const Feed&) = delete;
    Feed& operator=(const Feed&) = delete;

    [[nodiscard]] FeedHost& host() const { return m_host; }
    [[nodiscard]] ClusterId cluster() const { return m_host.info().id; }
    [[nodiscard]] ViewPart part() const;
    [[nodiscard]] std::size_t slots() const { return m_slots.size(); }
    [[nodiscard]] kube::RowRef row(std::uint32_t slot, kube::RowHandle handle) const;
    void forEachRow(const std::function<void(std::uint32_t, kube::RowHandle, kube::RowRef)>& visit) const;
    [[nodiscard]] std::size_t size() const;
    /// Layout of each slot that has one.
    [[nodiscard]] std::vector<kube::RowLayoutPtr> layouts() const;
    /// A complete state of the server was seen, be it earlier.
    [[nodiscard]] bool isComplete() const;
    /// Catalog, health or fallback namespaces of the host changed.
    void hostChanged();

private:
    struct Slot;
    enum class Mode { All, AllFiltered, Each };

    [[nodiscard]] Mode chooseMode() const;
    [[nodiscard]] bool isForbiddenEverywhere() const;
    [[nodiscard]] bool isClusterScoped() const;
    [[nodiscard]] std::vector<std::string> wantedNamespaces() const;
    void configure();
    void configureLater();
    void stateChanged(Slot& slot);

    FeedHost& m_host;
    base::Executor& m_home;
    std::string m_resource;
    std::vector<std::string> m_namespaces;
    FeedSink& m_sink;
    Mode m_mode = Mode::All;
    std::vector<std::unique_ptr<Slot>> m_slots;
    bool m_checkPosted = false;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
};

} // namespace fleet
