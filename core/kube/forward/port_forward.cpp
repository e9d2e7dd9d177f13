// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/forward/port_forward.h"

#include "core/base/cancel.h"
#include "core/kube/forward/pod_finder.h"
#include "core/kube/forward/tunnel.h"
#include "core/net/local_socket.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

namespace kube {

namespace {

/// So long a pod that was found is taken without asking again: many connections come at once.
constexpr std::int64_t kFreshMs = 3000;
constexpr std::chrono::milliseconds kTryAgain{500};
constexpr std::int64_t kConnectionPatienceMs = 60000;
constexpr std::size_t kMostTunnels = 1000; // as WebSockets, Endpoint::maxSockets
constexpr int kMostAttempts = 8;

// What may be better by itself after a while.
bool mayPass(const base::Error& error) {
    using enum base::ErrorCode;
    return error.reason == kNoLivingPod || error.code == NameResolution || error.code == Refused ||
           error.code == Unreachable || error.code == TimedOut || error.code == Throttled ||
           error.code == ServerFailure;
}

} // namespace

class PortForward::State : public TunnelHost, public std::enable_shared_from_this<PortForward::State> {
public:
    State(ForwardEnvironment environment, std::shared_ptr<Transport> transport, PortForwardSpec spec,
          PortForwardSink sink)
        : m_environment(environment)
        , m_home(environment.home)
        , m_spec(std::move(spec))
        , m_sink(std::move(sink))
        , m_transport(std::move(transport))
        , m_finder(m_spec.target, m_spec.ports, *environment.loop) {}

    // Home.
    void leaveHome() {
        const std::lock_guard lock(m_mutex);
        m_home = nullptr;
        m_isLeft.store(true);
    }
    [[nodiscard]] PortForwardStatus status() const {
        const std::lock_guard lock(m_mutex);
        PortForwardStatus status = m_status;
        status.sent = m_sent.load(std::memory_order_relaxed);
        status.received = m_received.load(std::memory_order_relaxed);
        return status;
    }

    [[nodiscard]] net::SocketLoop& loop() const { return *m_environment.loop; }

    // The rest: the loop.
    void begin();
    void end();
    void setTransport(std::shared_ptr<Transport> transport);

    void countSent(std::size_t bytes) override { m_sent.fetch_add(bytes, std::memory_order_relaxed); }
    void countReceived(std::size_t bytes) override { m_received.fetch_add(bytes, std::memory_order_relaxed); }
    void tunnelRefused(Tunnel& tunnel, base::Error error) override;
    void tunnelEnded(Tunnel& tunnel, std::optional<base::Error> error) override;

private:
    using Status = PortForwardStatus;

    /// Changes the status, and tells of it.
    template <typename Change>
    void change(const Change& apply) {
        const std::lock_guard lock(m_mutex);
        apply(m_status);
        if (m_home == nullptr || std::exchange(m_noticePosted, true))
            return;
        m_home->post([self = shared_from_this()] {
            {
                const std::lock_guard held(self->m_mutex);
                self->m_noticePosted = false;
            }
            if (!self->m_isLeft.load() && self->m_sink.changed)
                self->m_sink.changed();
        });
    }
    template <typename Call>
    void tell(Call call) {
        const std::lock_guard lock(m_mutex);
        if (m_home == nullptr)
            return;
        m_home->post([self = shared_from_this(), call = std::move(call)] {
            if (!self->m_isLeft.load())
                call(self->m_sink);
        });
    }

    void find();
    void onFound(base::Result<FoundPod> found);
    void onNotFound(base::Error error);
    [[nodiscard]] bool listen();
    bool listenOn(std::size_t port, const ListenAddress& address, std::string& problems);
    void accept(std::size_t port, std::uint16_t local, std::unique_ptr<net::LocalSocket> socket);
    void setAccepting(bool on);
    void serve(Tunnel& tunnel);
    void connect(Tunnel& tunnel);
    [[nodiscard]] bool passes(const base::Error& error) const;
    [[nodiscard]] bool isBeyondPatience(const base::Error& error) const;
    void dropImpatient(const base::Error& error);
    void noteTrouble(const base::Error& error);
    void fail(const base::Error& error);
    [[nodiscard]] std::int64_t nowMs() const { return m_environment.clock->steadyMs(); }

    const ForwardEnvironment m_environment;
    mutable std::mutex m_mutex; // over the next three
    base::Executor* m_home;
    Status m_status;
    bool m_noticePosted = false;
    std::atomic<bool> m_isLeft = false;
    std::atomic<std::uint64_t> m_sent = 0;
    std::atomic<std::uint64_t> m_received = 0;

    const PortForwardSpec m_spec;
    const PortForwardSink m_sink;
    std::shared_ptr<Transport> m_transport;
    PodFinder m_finder;
    std::optional<FoundPod> m_found;
    std::int64_t m_foundMs = 0;
    std::int64_t m_begunMs = 0;
    bool m_isFinding = false;
    bool m_isListening = false;
    bool m_isOver = false;
    bool m_accepts = true;
    std::vector<std::unique_ptr<net::LocalListener>> m_listeners;
    std::vector<std::unique_ptr<Tunnel>> m_tunnels;
    std::vector<Tunnel*> m_waiting; // for a pod
    base::Cancel m_again;
};

void PortForward::State::begin() {
    m_begunMs = nowMs();
    find();
}

void PortForward::State::end() {
    m_isOver = true;
    m_again.cancel();
    m_finder.cancel();
    m_waiting.clear();
    m_listeners.clear();
    m_tunnels.clear();
}

void PortForward::State::setTransport(std::shared_ptr<Transport> transport) {
    if (m_isOver || transport == m_transport)
        return;
    m_transport = std::move(transport);
    m_found.reset();
    m_again.cancel();
    m_finder.cancel();
    m_isFinding = false;
    if (m_transport)
        find();
    else
        change([](Status& status) { status.state = Status::State::Waiting; });
}

void PortForward::State::find() {
    if (m_isFinding || m_isOver)
        return;
    m_again.cancel();
    if (!m_transport) {
        base::Error error;
        error.code = base::ErrorCode::Unreachable;
        error.message = "the cluster is not connected";
        onNotFound(std::move(error));
        return;
    }
    m_isFinding = true;
    m_finder.find(m_transport, [this](base::Result<FoundPod> found) {
        m_isFinding = false;
        if (found)
            onFound(std::move(found));
        else
            onNotFound(std::move(found.error()));
    });
}

void PortForward::State::onFound(base::Result<FoundPod> found) {
    m_found = std::move(*found);
    m_foundMs = nowMs();
    if (!std::exchange(m_isListening, true) && !listen())
        return;
    change([this](Status& status) {
        status.state = Status::State::Active;
        status.pod = m_found->name;
    });
    for (Tunnel* tunnel : std::exchange(m_waiting, {}))
        serve(*tunnel);
}

// What has been there may come back: a pod of a StatefulSet has the name of the one before it.
bool PortForward::State::passes(const base::Error& error) const {
    return mayPass(error) || (m_isListening && error.code == base::ErrorCode::NotFound);
}

void PortForward::State::onNotFound(base::Error error) {
    if (!m_isListening && (!passes(error) || isBeyondPatience(error))) {
        fail(error);
        return;
    }
    m_found.reset();
    noteTrouble(error);
    change([](Status& status) { status.state = Status::State::Waiting; });
    dropImpatient(error);
    // Without connections there is nothing to look for: the next one asks.
    if (!m_isListening || !m_waiting.empty())
        m_again = m_environment.timers->after(kTryAgain, *m_environment.loop, [this] { find(); });
}

// Whoever gave a bound is there to see what goes wrong: then it is a pod alone that is waited for.
bool PortForward::State::isBeyondPatience(const base::Error& error) const {
    const std::int64_t patience = m_spec.podPatience.count();
    return patience > 0 && (error.reason != kNoLivingPod || nowMs() - m_begunMs >= patience);
}

// Those that nothing better is to be expected for.
void PortForward::State::dropImpatient(const base::Error& error) {
    const std::int64_t patience = m_spec.podPatience.count() > 0 ? m_spec.podPatience.count() : kConnectionPatienceMs;
    const auto gone = std::stable_partition(m_waiting.begin(), m_waiting.end(), [&](const Tunnel* tunnel) {
        return passes(error) && nowMs() - tunnel->sinceMs < patience;
    });
    const std::vector<Tunnel*> dropped(gone, m_waiting.end());
    m_waiting.erase(gone, m_waiting.end());
    for (Tunnel* tunnel : dropped)
        tunnel->giveUp();
}

bool PortForward::State::listen() {
    const auto addresses = listenAddresses(m_spec.addresses);
    if (!addresses) {
        fail(addresses.error());
        return false;
    }
    bool any = false;
    for (std::size_t port = 0; port < m_spec.ports.size(); ++port) {
        std::string problems;
        bool needed = true;
        bool one = false;
        for (const ListenAddress& address : *addresses) {
            const bool good = listenOn(port, address, problems);
            one = one || good;
            needed = needed && (good || address.isOptional);
        }
        if (one && needed) {
            any = true;
            continue;
        }
        base::Error error;
        error.code = base::ErrorCode::Io;
        error.message = "Unable to listen on port " + std::to_string(m_found->ports[port].local) +
                        ": Listeners failed to create with the following errors: [" + problems + "]";
        noteTrouble(error);
    }
    if (any)
        return true;
    base::Error error;
    error.code = base::ErrorCode::Io;
    error.message = "unable to listen on any of the requested ports:";
    const char* separator = " [";
    for (const PodPort& port : m_found->ports) {
        error.message += separator + ("{" + std::to_string(port.local) + " " + std::to_string(port.remote) + "}");
        separator = " ";
    }
    error.message += "]";
    fail(error);
    return false;
}

bool PortForward::State::listenOn(std::size_t port, const ListenAddress& address, std::string& problems) {
    PodPort& wanted = m_found->ports[port];
    auto listener = net::LocalListener::open(*m_environment.loop, address.host, wanted.local);
    if (!listener) {
        problems += (problems.empty() ? "" : " ") + ("unable to create listener: Error " + listener.error().message);
        return false;
    }
    // The kernel's choice for the first address holds for the others.
    wanted.local = (*listener)->port();
    (*listener)->start([this, port, local = wanted.local](std::unique_ptr<net::LocalSocket> socket) {
        accept(port, local, std::move(socket));
    });
    const Listening now{(*listener)->address(), wanted.local, wanted.remote};
    m_listeners.push_back(std::move(*listener));
    change([&now](Status& status) { status.listening.push_back(now); });
    tell([now](const PortForwardSink& sink) {
        if (sink.listening)
            sink.listening(now);
    });
    return true;
}

void PortForward::State::setAccepting(bool on) {
    if (std::exchange(m_accepts, on) == on)
        return;
    for (const auto& listener : m_listeners)
        listener->setAccepting(on);
}

void PortForward::State::accept(std::size_t port, std::uint16_t local, std::unique_ptr<net::LocalSocket> socket) {
    auto made = std::make_unique<Tunnel>(*m_environment.loop, *m_environment.timers, *this, std::move(socket));
    Tunnel& tunnel = *made;
    tunnel.port = port;
    tunnel.localPort = local;
    tunnel.sinceMs = nowMs();
    m_tunnels.push_back(std::move(made));
    change([](Status& status) {
        ++status.open;
        ++status.connections;
    });
    tell([local](const PortForwardSink& sink) {
        if (sink.accepted)
            sink.accepted(local);
    });
    if (m_tunnels.size() >= kMostTunnels)
        setAccepting(false);
    serve(tunnel);
}

void PortForward::State::serve(Tunnel& tunnel) {
    if (m_found && m_transport && nowMs() - m_foundMs < kFreshMs) {
        connect(tunnel);
        return;
    }
    m_waiting.push_back(&tunnel);
    find();
}

void PortForward::State::connect(Tunnel& tunnel) {
    ForwardStreamSpec spec;
    spec.ns = m_spec.target.ns;
    spec.pod = m_found->name;
    spec.port = tunnel.podPort = m_found->ports[tunnel.port].remote;
    ++tunnel.attempts;
    tunnel.connect(*m_transport, spec);
}

// The pod has gone, or the server cannot reach it just now. Nothing was sent, so another one may serve.
void PortForward::State::tunnelRefused(Tunnel& tunnel, base::Error error) {
    m_found.reset();
    if (!passes(error) || tunnel.attempts >= kMostAttempts) {
        noteTrouble(error);
        tunnel.giveUp();
        return;
    }
    m_finder.avoidLast();
    m_waiting.push_back(&tunnel);
    find();
}

void PortForward::State::tunnelEnded(Tunnel& tunnel, std::optional<base::Error> error) {
    if (error) {
        m_found.reset(); // the next connection looks whether the pod is still there
        error->message = "an error occurred forwarding " + std::to_string(tunnel.localPort) + " -> " +
                         std::to_string(tunnel.podPort) + ": " + error->message;
        noteTrouble(*error);
    }
    std::erase(m_waiting, &tunnel);
    const auto at = std::find_if(m_tunnels.begin(), m_tunnels.end(),
                                 [&tunnel](const std::unique_ptr<Tunnel>& each) { return each.get() == &tunnel; });
    if (at == m_tunnels.end())
        return;
    // It is in the midst of a call.
    m_environment.loop->post([gone = std::move(*at)] {});
    m_tunnels.erase(at);
    if (m_tunnels.size() < kMostTunnels)
        setAccepting(true);
    change([](Status& status) { --status.open; });
}

void PortForward::State::noteTrouble(const base::Error& error) {
    {
        const std::lock_guard lock(m_mutex);
        // A wait tells once what it waits for.
        const bool isNew = !m_status.lastError || m_status.lastError->message != error.message ||
                           m_status.state != Status::State::Waiting;
        m_status.lastError = error;
        m_status.lastErrorMs = m_environment.clock->nowMs();
        if (!isNew)
            return;
    }
    change([](Status&) {});
    tell([error](const PortForwardSink& sink) {
        if (sink.trouble)
            sink.trouble(error);
    });
}

void PortForward::State::fail(const base::Error& error) {
    noteTrouble(error);
    end();
    change([](Status& status) {
        status.state = Status::State::Failed;
        status.listening.clear();
    });
}

PortForward::PortForward(std::shared_ptr<State> state)
    : m_state(std::move(state)) {}

std::unique_ptr<PortForward> PortForward::start(ForwardEnvironment environment, std::shared_ptr<Transport> transport,
                                                PortForwardSpec spec, PortForwardSink sink) {
    auto state = std::make_shared<State>(environment, std::move(transport), std::move(spec), std::move(sink));
    environment.loop->post([state] { state->begin(); });
    return std::unique_ptr<PortForward>(new PortForward(std::move(state)));
}

PortForward::~PortForward() {
    m_state->leaveHome();
    net::SocketLoop& loop = m_state->loop();
    loop.post([state = std::move(m_state)] { state->end(); });
}

PortForwardStatus PortForward::status() const {
    return m_state->status();
}

void PortForward::setTransport(std::shared_ptr<Transport> transport) {
    m_state->loop().post(
        [state = m_state, way = std::move(transport)]() mutable { state->setTransport(std::move(way)); });
}

} // namespace kube
