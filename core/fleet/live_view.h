// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/timer.h"
#include "core/fleet/feed.h"
#include "core/fleet/view.h"

#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

namespace fleet {

class LiveView;

/// What a view asks of its fleet.
class ViewHost {
public:
    virtual ~ViewHost() = default;
    /// The clusters a view is over now: of the ids given, which may be old names of merged clusters, or all that are
    /// wanted where none is given.
    [[nodiscard]] virtual std::vector<FeedHost*> hostsFor(const std::vector<ClusterId>& clusters) = 0;
    virtual void removeView(LiveView* view) = 0;
};

/// The View there is: feeds of its clusters, gathered into deltas of at most four a second.
class LiveView final : public View, public FeedSink {
public:
    LiveView(ViewHost& host, base::Executor& home, base::Timers& timers, const base::Clock& clock, ViewSpec spec);
    ~LiveView() override;

    [[nodiscard]] const ViewSpec& spec() const override { return m_spec; }
    [[nodiscard]] const std::vector<kube::Column>& columns() const override { return m_columns; }
    [[nodiscard]] bool isNamespaced() const override { return m_isNamespaced; }
    [[nodiscard]] const std::vector<ViewPart>& parts() const override { return m_parts; }
    [[nodiscard]] std::vector<RowId> allRows() const override;
    [[nodiscard]] kube::RowRef row(RowId id) const override;
    [[nodiscard]] const kube::Column* columnOf(const kube::RowRef& row, std::size_t column) const override;
    [[nodiscard]] std::int64_t nowMs(ClusterId cluster) const override;
    void onDelta(std::function<void(const ViewDelta&)> listener) override;
    void setActive(bool active) override;

    /// Clusters came, went or were merged.
    void clustersChanged();
    /// The fleet goes first: gives everything back and stays empty.
    void orphan();

private:
    /// What happened to a row since the last delivery.
    enum class Change : std::uint8_t { None, Added, Changed, Removed, Replaced };
    struct Pending {
        std::vector<Change> changes; // By handle.
        std::vector<kube::RowHandle> touched;
    };
    struct Member {
        std::unique_ptr<Feed> feed;
        std::vector<Pending> slots;
        bool stateChanged = true;
        bool wasListing = true;
        bool toldRows = false; // It had rows at the last delivery.
    };

    void feedChanged(Feed& feed, std::uint32_t slot, const kube::RowDelta& delta) override;
    void feedReset(Feed& feed) override;
    void feedStateChanged(Feed& feed) override;

    void gather();
    void addAll(Member& member);
    void note(Pending& pending, kube::RowHandle handle, Change change);
    void schedule(bool atOnce);
    void deliver();
    void takePending(ViewDelta& delta, ViewDelta& second);
    void readParts();
    bool readColumns();

    ViewHost* m_host;
    base::Executor& m_home;
    base::Timers& m_timers;
    const base::Clock& m_clock;
    ViewSpec m_spec;
    std::function<void(const ViewDelta&)> m_listener;
    std::map<ClusterId, Member> m_members;
    std::vector<ViewPart> m_parts;
    std::vector<kube::Column> m_columns;
    std::vector<kube::RowLayoutPtr> m_layouts; // Behind m_columns, kept alive so that no address is used twice.
    mutable std::unordered_map<const kube::RowLayout*, std::vector<int>> m_columnIndex;
    bool m_isNamespaced = true;
    bool m_active = true;
    bool m_reset = true;
    bool m_columnsDirty = true;
    bool m_partsDirty = true;
    std::int64_t m_lastDeliveryMs = INT64_MIN / 2;
    bool m_posted = false;
    bool m_timerSet = false;
    base::Cancel m_timer;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
};

} // namespace fleet
