// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/port_forwards.h"

#include "core/fleet/fleet.h"
#include "core/fleet/settings.h"
#include "core/net/socket_loop.h"

#include <algorithm>
#include <utility>

namespace fleet {

namespace {

/// One entry of Setting::PortForwards: "UID RESOURCE NAMESPACE NAME PORT CONTEXT". The context stands last, as it alone
/// may hold blanks; "-" for a cluster whose uid was not known.
struct Remembered {
    std::string uid;
    std::string context;
    ForwardWish wish;
};

std::string toText(const Remembered& entry) {
    return (entry.uid.empty() ? "-" : entry.uid) + " " + entry.wish.resource + " " + entry.wish.ns + " " +
           entry.wish.name + " " + kube::toString(entry.wish.port) + " " + entry.context;
}

std::optional<Remembered> fromText(std::string_view text) {
    std::vector<std::string> words;
    while (words.size() < 5) {
        const std::size_t blank = text.find(' ');
        if (blank == std::string_view::npos)
            return std::nullopt;
        words.emplace_back(text.substr(0, blank));
        text.remove_prefix(blank + 1);
    }
    const auto port = kube::parseForwardPort(words[4]);
    if (!port || !kube::forwardableKind(words[1]))
        return std::nullopt;
    Remembered entry;
    entry.uid = words[0] == "-" ? std::string() : words[0];
    entry.context = text;
    entry.wish.resource = words[1];
    entry.wish.ns = words[2];
    entry.wish.name = words[3];
    entry.wish.port = *port;
    entry.wish.atStart = AtStart::Yes;
    return entry;
}

bool isConnected(Health health) {
    return health == Health::Live || health == Health::Degraded || health == Health::Away;
}

} // namespace

struct PortForwards::State {
    struct Entry {
        std::uint64_t id = 0;
        ForwardWish wish;
        std::string uid;
        std::string context;
        bool isStopped = false;
        std::shared_ptr<kube::Transport> transport; // the one its forward was told of
        base::Cancel asking;                        // the gate
        bool isAsking = false;
        std::optional<base::Error> refusal; // of the gate
        std::int64_t refusalMs = 0;
        Pass pass;
        std::unique_ptr<kube::PortForward> forward;

        void end() {
            forward.reset();
            pass.reset();
            asking.cancel();
            isAsking = false;
            refusal.reset();
        }
    };

    State(Fleet& owner, Settings& remembering, base::Executor& executor, const base::Clock& now, base::Timers& later)
        : fleet(owner)
        , settings(remembering)
        , home(executor)
        , clock(now)
        , timers(later) {}

    Entry* find(std::uint64_t id) {
        const auto at =
            std::find_if(entries.begin(), entries.end(), [id](const auto& entry) { return entry->id == id; });
        return at == entries.end() ? nullptr : at->get();
    }

    void remember() {
        std::vector<std::string> texts;
        for (const auto& entry : entries) {
            if (entry->wish.atStart == AtStart::Yes)
                texts.push_back(toText({entry->uid, entry->context, entry->wish}));
        }
        if (settings.list(Setting::PortForwards) != texts)
            settings.set(Setting::PortForwards, std::move(texts));
    }

    void recall() {
        for (const std::string& text : settings.list(Setting::PortForwards)) {
            if (auto entry = fromText(text)) {
                auto made = std::make_unique<Entry>();
                made->id = ++lastId;
                made->wish = std::move(entry->wish);
                made->uid = std::move(entry->uid);
                made->context = std::move(entry->context);
                entries.push_back(std::move(made));
            }
        }
    }

    // The cluster that is meant, by its uid where that is known on both sides.
    [[nodiscard]] ClusterId clusterOf(const Entry& entry) const {
        ClusterId byName;
        for (const ClusterInfo& info : fleet.clusters()) {
            if (!entry.uid.empty() && info.uid == entry.uid)
                return info.id;
            const bool isNamed = std::any_of(info.waysIn.begin(), info.waysIn.end(),
                                             [&entry](const WayIn& way) { return way.context == entry.context; });
            if (isNamed && (entry.uid.empty() || info.uid.empty()))
                byName = info.id;
        }
        return byName;
    }

    void look() {
        for (const auto& entry : entries)
            look(*entry);
    }

    void look(Entry& entry) {
        if (entry.wish.cluster.isNull())
            entry.wish.cluster = clusterOf(entry);
        if (entry.wish.cluster.isNull() || entry.isStopped)
            return;
        const ClusterInfo& info = fleet.cluster(entry.wish.cluster);
        entry.wish.cluster = info.id; // it may have turned out to be another
        const bool isUp = isConnected(info.health);
        if (isUp && entry.uid != info.uid && !info.uid.empty()) {
            if (!entry.uid.empty()) {
                entry.wish.cluster = {}; // the context leads to another cluster now
                return;
            }
            entry.uid = info.uid;
            remember();
        }
        std::shared_ptr<kube::Transport> transport = isUp ? fleet.transport(info.id) : nullptr;
        if (!entry.forward) {
            if (transport && !entry.isAsking && !entry.refusal)
                ask(entry);
        } else if (entry.transport != transport)
            entry.forward->setTransport(entry.transport = std::move(transport));
    }

    void ask(Entry& entry) {
        if (!gate)
            return begin(entry);
        entry.isAsking = true;
        entry.asking = gate(entry.wish, [this, id = entry.id](base::Result<Pass> pass) {
            Entry* asked = find(id);
            if (!asked || !std::exchange(asked->isAsking, false))
                return;
            if (pass) {
                asked->pass = *std::move(pass);
                begin(*asked);
            } else if (pass.error().code != base::ErrorCode::Unreachable) { // else once the cluster answers
                asked->refusal = std::move(pass.error());
                asked->refusalMs = clock.nowMs();
            }
            tell();
        });
    }

    void begin(Entry& entry) {
        std::shared_ptr<kube::Transport> transport = fleet.transport(entry.wish.cluster);
        if (!transport)
            return entry.end(); // it went away meanwhile, and is asked for again when it is back
        if (!loop)
            loop = std::make_unique<net::SocketLoop>();
        kube::PortForwardSpec spec;
        spec.target = {*kube::forwardableKind(entry.wish.resource), entry.wish.ns, entry.wish.name};
        spec.ports = {entry.wish.port};
        kube::PortForwardSink sink;
        sink.changed = [this] { tell(); };
        entry.transport = transport;
        entry.forward = kube::PortForward::start({loop.get(), &home, &clock, &timers}, std::move(transport),
                                                 std::move(spec), std::move(sink));
    }

    void tell() {
        std::erase_if(listeners, [](const auto& listener) { return listener.first.isCancelled(); });
        // One may come or go meanwhile.
        for (const auto& [token, listener] : std::vector(listeners)) {
            if (!token.isCancelled())
                (*listener)();
        }
    }

    Fleet& fleet;
    Settings& settings;
    base::Executor& home;
    const base::Clock& clock;
    base::Timers& timers;
    Gate gate;
    std::unique_ptr<net::SocketLoop> loop; // outlives what runs on it
    std::vector<std::unique_ptr<Entry>> entries;
    std::uint64_t lastId = 0;
    std::vector<std::pair<base::CancelToken, std::shared_ptr<std::function<void()>>>> listeners;
    base::Cancel notices;
};

PortForwards::PortForwards(Fleet& fleet, Settings& settings, base::Executor& home, const base::Clock& clock,
                           base::Timers& timers)
    : m_state(std::make_unique<State>(fleet, settings, home, clock, timers)) {
    m_state->recall();
    m_state->notices = fleet.onNotice([state = m_state.get()](const FleetNotice&) {
        state->look();
        state->tell();
    });
}

PortForwards::~PortForwards() = default;

void PortForwards::setGate(Gate gate) {
    m_state->gate = std::move(gate);
}

base::Result<std::uint64_t> PortForwards::start(ForwardWish wish) {
    if (!kube::forwardableKind(wish.resource))
        return base::fail(base::ErrorCode::BadInput, wish.resource + " have no pods behind them");
    if (wish.name.empty() || wish.ns.empty() || wish.port.remote.empty())
        return base::fail(base::ErrorCode::BadInput, "a namespace, a name and a port are needed");
    auto entry = std::make_unique<State::Entry>();
    const ClusterInfo& info = m_state->fleet.cluster(wish.cluster);
    entry->id = ++m_state->lastId;
    entry->uid = info.uid;
    entry->context = info.name;
    entry->wish = std::move(wish);
    State::Entry& started = *entry;
    m_state->entries.push_back(std::move(entry));
    m_state->look(started);
    m_state->remember();
    m_state->tell();
    return started.id;
}

void PortForwards::stop(std::uint64_t id) {
    State::Entry* entry = m_state->find(id);
    if (!entry || entry->isStopped)
        return;
    entry->isStopped = true;
    entry->end();
    m_state->tell();
}

void PortForwards::startAgain(std::uint64_t id) {
    State::Entry* entry = m_state->find(id);
    if (!entry)
        return;
    entry->isStopped = false;
    entry->end();
    m_state->look(*entry);
    m_state->tell();
}

void PortForwards::remove(std::uint64_t id) {
    std::erase_if(m_state->entries, [id](const auto& entry) { return entry->id == id; });
    m_state->remember();
    m_state->tell();
}

void PortForwards::setAtStart(std::uint64_t id, AtStart atStart) {
    State::Entry* entry = m_state->find(id);
    if (!entry || entry->wish.atStart == atStart)
        return;
    entry->wish.atStart = atStart;
    m_state->remember();
    m_state->tell();
}

std::vector<ForwardInfo> PortForwards::list() const {
    std::vector<ForwardInfo> infos;
    for (const auto& entry : m_state->entries) {
        ForwardInfo info;
        info.id = entry->id;
        info.wish = entry->wish;
        info.clusterName = entry->context;
        info.isStopped = entry->isStopped;
        if (entry->forward)
            info.status = entry->forward->status();
        else if (entry->refusal)
            info.status = kube::PortForwardStatus{.state = kube::PortForwardStatus::State::Failed,
                                                  .pod = {},
                                                  .listening = {},
                                                  .lastError = entry->refusal,
                                                  .lastErrorMs = entry->refusalMs};
        infos.push_back(std::move(info));
    }
    return infos;
}

base::Cancel PortForwards::onChange(std::function<void()> listener) {
    base::Cancel cancel = base::Cancel::create();
    m_state->listeners.emplace_back(cancel.token(), std::make_shared<std::function<void()>>(std::move(listener)));
    return cancel;
}

} // namespace fleet
