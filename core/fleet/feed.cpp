// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/feed.h"

#include <algorithm>
#include <utility>

namespace fleet {

namespace {

constexpr std::size_t kEachAtMost = 4;    // More namespaces than that come from one watch over all.
constexpr std::size_t kSlotsAtMost = 250; // A RowId has 8 bits for the slot.

} // namespace

// One source, or the part of it in some namespaces.
struct Feed::Slot final : SourceListener {
    Slot(Feed& owner, std::uint32_t number, std::string ns, std::vector<std::string> filter)
        : feed(owner)
        , index(number)
        , only(std::move(filter))
        , use(owner.m_host.pool().use({owner.m_resource, std::move(ns)}, *this)) {
        readMembers();
    }

    Feed& feed;
    std::uint32_t index;
    std::vector<std::string> only; // Sorted; empty: every row.
    std::vector<bool> member;      // By handle, where `only` is not empty.
    std::size_t members = 0;
    SourceUse use; // Last, so that it is given back first.

    [[nodiscard]] bool wants(const kube::RowRef& row) const {
        return only.empty() || std::ranges::binary_search(only, row.ns());
    }

    void setMember(kube::RowHandle handle, bool on) {
        if (handle >= member.size())
            member.resize(handle + std::size_t(1));
        if (member[handle] != on)
            members = on ? members + 1 : members - 1;
        member[handle] = on;
    }

    [[nodiscard]] bool isMember(kube::RowHandle handle) const { return handle < member.size() && member[handle]; }

    void readMembers() {
        member.clear();
        members = 0;
        if (only.empty() || !use->store())
            return;
        use->store()->forEach([this](kube::RowHandle handle, const kube::RowRef& row) {
            if (wants(row))
                setMember(handle, true);
        });
    }

    [[nodiscard]] std::size_t size() const { return only.empty() ? use->size() : members; }

    void sourceChanged(const kube::RowDelta& delta) override {
        if (only.empty()) {
            feed.m_sink.feedChanged(feed, index, delta);
            return;
        }
        kube::RowDelta ours;
        for (const kube::RowHandle handle : delta.added) {
            if (wants(use->row(handle))) {
                setMember(handle, true);
                ours.added.push_back(handle);
            }
        }
        std::ranges::copy_if(delta.changed, std::back_inserter(ours.changed), [this](auto h) { return isMember(h); });
        for (const kube::RowHandle handle : delta.removed) {
            if (isMember(handle)) {
                setMember(handle, false);
                ours.removed.push_back(handle);
            }
        }
        if (!ours.isEmpty())
            feed.m_sink.feedChanged(feed, index, ours);
    }

    void sourceReset() override {
        readMembers();
        feed.m_sink.feedReset(feed);
    }

    void sourceStateChanged() override { feed.stateChanged(*this); }
};

Feed::Feed(FeedHost& host, base::Executor& home, std::string resource, std::vector<std::string> namespaces,
           FeedSink& sink)
    : m_host(host)
    , m_home(home)
    , m_resource(std::move(resource))
    , m_namespaces(std::move(namespaces))
    , m_sink(sink) {
    std::ranges::sort(m_namespaces);
    m_namespaces.erase(std::unique(m_namespaces.begin(), m_namespaces.end()), m_namespaces.end());
    m_mode = chooseMode();
    configure();
    m_host.addFeed(this);
}

Feed::~Feed() {
    m_host.removeFeed(this);
}

bool Feed::isClusterScoped() const {
    const kube::Kind* kind = m_host.kindOf(m_resource);
    return kind && !kind->namespaced;
}

bool Feed::isForbiddenEverywhere() const {
    const Source* all = m_host.pool().find({m_resource, {}});
    return all && all->phase() == kube::WatchPhase::Forbidden && !isClusterScoped();
}

Feed::Mode Feed::chooseMode() const {
    if (m_namespaces.empty() || isClusterScoped())
        return Mode::All;
    if (m_namespaces.size() > kEachAtMost)
        return Mode::AllFiltered;
    const Source* all = m_host.pool().find({m_resource, {}});
    return all && all->phase() != kube::WatchPhase::Forbidden && all->store() ? Mode::AllFiltered : Mode::Each;
}

std::vector<std::string> Feed::wantedNamespaces() const {
    std::vector<std::string> wanted;
    if (m_mode == Mode::Each) {
        wanted = m_namespaces;
    } else if (isForbiddenEverywhere()) {
        wanted = m_mode == Mode::All ? m_host.fallbackNamespaces() : m_namespaces;
    }
    if (wanted.size() > kSlotsAtMost)
        wanted.resize(kSlotsAtMost);
    return wanted;
}

void Feed::configure() {
    if (m_mode == Mode::Each && isClusterScoped())
        m_mode = Mode::All;
    std::vector<std::string> wanted = wantedNamespaces();
    // The source over all stays even where it is forbidden: it asks again now and then, and heals by itself.
    if (m_mode != Mode::Each)
        wanted.insert(wanted.begin(), std::string());
    const bool same = std::ranges::equal(
        wanted, m_slots, [](const std::string& ns, const auto& slot) { return slot->use->key().ns == ns; });
    if (same && !m_slots.empty())
        return;
    const bool first = m_slots.empty();
    std::vector<std::unique_ptr<Slot>> slots;
    for (const std::string& ns : wanted) {
        const bool filtered = ns.empty() && m_mode == Mode::AllFiltered;
        slots.push_back(std::make_unique<Slot>(*this, static_cast<std::uint32_t>(slots.size()), ns,
                                               filtered ? m_namespaces : std::vector<std::string>()));
    }
    m_slots.swap(slots);
    slots.clear();
    if (!first)
        m_sink.feedReset(*this);
}

void Feed::configureLater() {
    if (m_checkPosted)
        return;
    m_checkPosted = true;
    m_home.post([this, alive = std::weak_ptr<int>(m_alive)] {
        if (alive.expired())
            return;
        m_checkPosted = false;
        configure();
        m_sink.feedStateChanged(*this);
    });
}

void Feed::hostChanged() {
    configureLater();
}

void Feed::stateChanged(Slot& slot) {
    if (slot.use->key().ns.empty())
        configureLater();
    m_sink.feedStateChanged(*this);
}

kube::RowRef Feed::row(std::uint32_t slot, kube::RowHandle handle) const {
    return slot < m_slots.size() ? m_slots[slot]->use->row(handle) : kube::RowRef();
}

void Feed::forEachRow(const std::function<void(std::uint32_t, kube::RowHandle, kube::RowRef)>& visit) const {
    for (const auto& slot : m_slots) {
        if (!slot->use->store())
            continue;
        slot->use->store()->forEach([&](kube::RowHandle handle, const kube::RowRef& row) {
            if (slot->only.empty() || slot->isMember(handle))
                visit(slot->index, handle, row);
        });
    }
}

std::size_t Feed::size() const {
    std::size_t size = 0;
    for (const auto& slot : m_slots)
        size += slot->size();
    return size;
}

bool Feed::isComplete() const {
    return std::ranges::any_of(m_slots, [](const auto& slot) { return slot->use->wasComplete(); });
}

std::vector<kube::RowLayoutPtr> Feed::layouts() const {
    std::vector<kube::RowLayoutPtr> layouts;
    for (const auto& slot : m_slots) {
        if (slot->use->store())
            layouts.push_back(slot->use->store()->layout());
    }
    return layouts;
}

ViewPart Feed::part() const {
    const ClusterInfo& info = m_host.info();
    ViewPart part;
    part.cluster = info.id;
    part.rows = size();
    const Source& first = *m_slots.front()->use;
    const bool fellBack = m_mode != Mode::Each && isForbiddenEverywhere();
    // Refused for all of them, and not every single one was asked for yet: none is known to be forbidden.
    const bool isBehind = fellBack && m_slots.size() <= wantedNamespaces().size();
    bool anyAllowed = isBehind;
    bool anyListing = isBehind;
    const Source* waiting = nullptr;
    part.asOfMs = INT64_MAX;
    for (std::size_t i = fellBack ? 1 : 0; i < m_slots.size(); ++i) {
        const Source& source = *m_slots[i]->use;
        if (source.isAttached() && source.phase() == kube::WatchPhase::Forbidden)
            continue;
        anyAllowed = true;
        anyListing = anyListing || source.phase() == kube::WatchPhase::Listing;
        if (source.phase() == kube::WatchPhase::Waiting || source.phase() == kube::WatchPhase::Unserved)
            waiting = &source;
        part.isCached = part.isCached || (source.isCached() && source.asOfMs() != 0);
        part.asOfMs = std::min(part.asOfMs, source.asOfMs());
        if (fellBack)
            part.onlyNamespaces.push_back(source.key().ns);
    }
    if (part.asOfMs == INT64_MAX)
        part.asOfMs = 0;
    if (!first.isAttached()) {
        const bool connecting = info.health == Health::Connecting;
        const bool unserved = m_host.isCatalogKnown() && !m_host.kindOf(m_resource);
        part.phase = connecting ? kube::WatchPhase::Listing
                     : unserved ? kube::WatchPhase::Unserved
                                : kube::WatchPhase::Waiting;
        part.error = info.error;
    } else if (!anyAllowed) {
        part.phase = kube::WatchPhase::Forbidden;
        part.error = first.error();
        part.retryAtMs = first.retryAtMs();
    } else if (waiting) {
        part.phase = waiting->phase();
        part.error = waiting->error();
        part.retryAtMs = waiting->retryAtMs();
    } else {
        part.phase = anyListing ? kube::WatchPhase::Listing : kube::WatchPhase::Live;
        part.error = fellBack ? first.error() : std::nullopt;
    }
    if (part.error && part.error->cluster.empty())
        part.error->cluster = info.name;
    return part;
}

} // namespace fleet
