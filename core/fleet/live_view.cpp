// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/live_view.h"

#include <algorithm>
#include <utility>

namespace fleet {

namespace {

constexpr std::int64_t kDeliveryMs = 250;
constexpr unsigned kSlotShift = 24;
constexpr std::uint32_t kHandleMask = (1U << kSlotShift) - 1;

RowId rowId(ClusterId cluster, std::uint32_t slot, kube::RowHandle handle) {
    return {cluster, (slot << kSlotShift) | (handle & kHandleMask)};
}

} // namespace

LiveView::LiveView(ViewHost& host, base::Executor& home, base::Timers& timers, const base::Clock& clock, ViewSpec spec)
    : m_host(&host)
    , m_home(home)
    , m_timers(timers)
    , m_clock(clock)
    , m_spec(std::move(spec)) {
    gather();
    readParts();
    readColumns();
    schedule(true);
}

LiveView::~LiveView() {
    if (m_host)
        m_host->removeView(this);
}

void LiveView::orphan() {
    m_host = nullptr;
    m_timer.cancel();
    m_alive = std::make_shared<int>(0);
    m_members.clear();
    m_parts.clear();
}

void LiveView::setActive(bool active) {
    if (active == m_active || !m_host)
        return;
    m_active = active;
    m_timer.cancel();
    m_posted = false;
    m_alive = std::make_shared<int>(0);
    m_members.clear();
    if (!active)
        return;
    gather();
    readParts();
    m_reset = true;
    m_columnsDirty = true;
    schedule(true);
}

void LiveView::clustersChanged() {
    if (!m_active || !m_host)
        return;
    gather();
}

// Brings the feeds in line with the clusters there are.
void LiveView::gather() {
    const std::vector<FeedHost*> hosts = m_host->hostsFor(m_spec.clusters);
    // By address, too: a cluster that went and came back has its id again, but is another object.
    const auto isWanted = [&hosts](const auto& member) {
        return std::ranges::find(hosts, &member.second.feed->host()) != hosts.end();
    };
    const std::size_t gone = std::erase_if(m_members, [&](const auto& member) { return !isWanted(member); });
    if (gone > 0)
        m_reset = true;
    bool came = false;
    for (FeedHost* host : hosts) {
        Member& member = m_members[host->info().id];
        if (member.feed)
            continue;
        member.feed = std::make_unique<Feed>(*host, m_home, m_spec.resource, m_spec.namespaces, *this);
        came = true;
        addAll(member);
    }
    if (gone > 0 || came) {
        m_columnsDirty = true;
        m_partsDirty = true;
        schedule(false);
    }
}

void LiveView::feedChanged(Feed& feed, std::uint32_t slot, const kube::RowDelta& delta) {
    const auto found = m_members.find(feed.cluster());
    if (found == m_members.end())
        return; // While the feed is being made: gather() takes its rows.
    Member& member = found->second;
    if (member.slots.size() <= slot)
        member.slots.resize(slot + std::size_t(1));
    if (!m_reset) {
        Pending& pending = member.slots[slot];
        for (const kube::RowHandle handle : delta.removed)
            note(pending, handle, Change::Removed);
        for (const kube::RowHandle handle : delta.added)
            note(pending, handle, Change::Added);
        for (const kube::RowHandle handle : delta.changed)
            note(pending, handle, Change::Changed);
    }
    member.stateChanged = true; // Its count of rows and its date.
    schedule(false);
}

void LiveView::note(Pending& pending, kube::RowHandle handle, Change change) {
    if (handle > kHandleMask)
        return;
    if (handle >= pending.changes.size())
        pending.changes.resize(handle + std::size_t(1), Change::None);
    Change& now = pending.changes[handle];
    if (now == Change::None) {
        pending.touched.push_back(handle);
        now = change;
        return;
    }
    switch (change) {
    case Change::Added:
        // A handle given to another object before the removal was told: both are, one after the other.
        now = now == Change::Removed ? Change::Replaced : now;
        break;
    case Change::Removed:
        // One that was never told about leaves no trace; its entry in `touched` is skipped.
        now = now == Change::Added ? Change::None : Change::Removed;
        break;
    case Change::Changed:
    case Change::Replaced:
    case Change::None:
        break;
    }
}

void LiveView::feedReset(Feed& feed) {
    const auto found = m_members.find(feed.cluster());
    if (found == m_members.end() || !found->second.feed)
        return;
    Member& member = found->second;
    m_columnsDirty = true;
    m_partsDirty = true;
    m_columnIndex.clear();
    member.slots.clear();
    if (member.toldRows)
        m_reset = true;
    else
        addAll(member);
    schedule(false);
}

// Rows of a member of which nothing was told yet.
void LiveView::addAll(Member& member) {
    member.feed->forEachRow([&](std::uint32_t slot, kube::RowHandle handle, const kube::RowRef&) {
        if (member.slots.size() <= slot)
            member.slots.resize(slot + std::size_t(1));
        note(member.slots[slot], handle, Change::Added);
    });
}

void LiveView::feedStateChanged(Feed& feed) {
    const auto found = m_members.find(feed.cluster());
    if (found == m_members.end() || !found->second.feed)
        return;
    m_partsDirty = true;
    const bool isListing = feed.part().phase == kube::WatchPhase::Listing;
    // The end of a listing is what people wait for.
    schedule(std::exchange(found->second.wasListing, isListing) && !isListing);
}

void LiveView::schedule(bool atOnce) {
    if (!m_active || m_posted)
        return;
    const std::int64_t wait = atOnce ? 0 : m_lastDeliveryMs + kDeliveryMs - m_clock.steadyMs();
    if (wait <= 0) {
        m_posted = true;
        m_timerSet = false;
        m_timer.cancel();
        m_home.post([this, alive = std::weak_ptr<int>(m_alive)] {
            if (!alive.expired())
                deliver();
        });
    } else if (!m_timerSet) {
        m_timerSet = true;
        m_timer = m_timers.after(std::chrono::milliseconds(wait), m_home, [this] { deliver(); });
    }
}

void LiveView::deliver() {
    m_posted = false;
    m_timerSet = false;
    m_lastDeliveryMs = m_clock.steadyMs();
    ViewDelta delta;
    ViewDelta second;
    takePending(delta, second);
    delta.reset = std::exchange(m_reset, false);
    delta.partsChanged = std::exchange(m_partsDirty, false);
    for (auto& [id, member] : m_members) {
        delta.partsChanged = std::exchange(member.stateChanged, false) || delta.partsChanged;
        member.toldRows = member.feed->size() > 0;
    }
    if (delta.partsChanged)
        readParts();
    if (std::exchange(m_columnsDirty, false))
        delta.columnsChanged = readColumns();
    if (delta.reset) {
        delta.added.clear();
        delta.changed.clear();
        delta.removed.clear();
        second = {};
    }
    if (!m_listener)
        return;
    // The listener may destroy the view.
    const std::weak_ptr<int> alive = m_alive;
    const auto listener = m_listener;
    const bool isEmpty = delta.added.empty() && delta.changed.empty() && delta.removed.empty() && !delta.reset &&
                         !delta.columnsChanged && !delta.partsChanged;
    if (!isEmpty)
        listener(delta);
    if (!alive.expired() && !second.added.empty())
        listener(second);
}

void LiveView::takePending(ViewDelta& delta, ViewDelta& second) {
    for (auto& [id, member] : m_members) {
        for (std::uint32_t slot = 0; slot < member.slots.size(); ++slot) {
            Pending& pending = member.slots[slot];
            for (const kube::RowHandle handle : pending.touched) {
                const RowId row = rowId(id, slot, handle);
                switch (std::exchange(pending.changes[handle], Change::None)) {
                case Change::Added:
                    delta.added.push_back(row);
                    break;
                case Change::Changed:
                    delta.changed.push_back(row);
                    break;
                case Change::Removed:
                    delta.removed.push_back(row);
                    break;
                case Change::Replaced:
                    delta.removed.push_back(row);
                    second.added.push_back(row);
                    break;
                case Change::None:
                    break;
                }
            }
            pending.touched.clear();
        }
    }
}

void LiveView::readParts() {
    m_parts.clear();
    for (const auto& [id, member] : m_members)
        m_parts.push_back(member.feed->part());
}

// Columns of all layouts: the first one's order, what others have besides stands behind its predecessor there.
bool LiveView::readColumns() {
    std::vector<kube::Column> columns;
    m_layouts.clear();
    m_columnIndex.clear();
    bool namespaced = m_isNamespaced;
    for (const auto& [id, member] : m_members) {
        if (const kube::Kind* kind = member.feed->host().kindOf(m_spec.resource))
            namespaced = kind->namespaced;
        for (kube::RowLayoutPtr& layout : member.feed->layouts()) {
            std::size_t place = 0;
            for (const kube::Column& column : layout->columns()) {
                const auto known = std::ranges::find(columns, column.id, &kube::Column::id);
                if (known != columns.end()) {
                    place = static_cast<std::size_t>(known - columns.begin()) + 1;
                    continue;
                }
                columns.insert(columns.begin() + static_cast<std::ptrdiff_t>(place), column);
                ++place;
            }
            m_layouts.push_back(std::move(layout));
        }
    }
    const auto same = [](const kube::Column& a, const kube::Column& b) {
        return a.id == b.id && a.title == b.title && a.format == b.format && a.sort == b.sort &&
               a.priority == b.priority;
    };
    const bool changed = m_isNamespaced != namespaced || !std::ranges::equal(columns, m_columns, same);
    m_isNamespaced = namespaced;
    if (changed)
        m_columns = std::move(columns);
    return changed;
}

std::vector<RowId> LiveView::allRows() const {
    std::vector<RowId> rows;
    for (const auto& [id, member] : m_members) {
        rows.reserve(rows.size() + member.feed->size());
        member.feed->forEachRow([&rows, cluster = id](std::uint32_t slot, kube::RowHandle handle, const kube::RowRef&) {
            rows.push_back(rowId(cluster, slot, handle));
        });
    }
    return rows;
}

kube::RowRef LiveView::row(RowId id) const {
    const auto found = m_members.find(id.cluster);
    if (found == m_members.end())
        return {};
    return found->second.feed->row(id.handle >> kSlotShift, id.handle & kHandleMask);
}

const kube::Column* LiveView::columnOf(const kube::RowRef& row, std::size_t column) const {
    if (row.isNull() || column >= m_columns.size())
        return nullptr;
    const kube::RowLayout& layout = row.layout();
    const auto [entry, isNew] = m_columnIndex.try_emplace(&layout);
    if (isNew) {
        for (const kube::Column& wanted : m_columns)
            entry->second.push_back(layout.columnIndex(wanted.id));
    }
    const int index = entry->second[column];
    return index < 0 ? nullptr : &layout.columns()[static_cast<std::size_t>(index)];
}

std::int64_t LiveView::nowMs(ClusterId cluster) const {
    const auto found = m_members.find(cluster);
    return found == m_members.end() ? m_clock.nowMs() : found->second.feed->host().serverNowMs();
}

void LiveView::onDelta(std::function<void(const ViewDelta&)> listener) {
    m_listener = std::move(listener);
    m_reset = true;
    schedule(true);
}

} // namespace fleet
