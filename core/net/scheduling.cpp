// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/callbacks.h"
#include "core/net/loop.h"
#include "core/net/ticket.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace net {

namespace {

constexpr int handshakesAtOnce = 8;
constexpr int streamsPerConnection = 100;
constexpr std::size_t pooledHandles = 64;
constexpr std::int64_t forgetAfterUs = 120000000;

std::size_t hashOf(const Endpoint& endpoint) {
    std::size_t hash = endpoint.insecureSkipVerify ? 1 : 0;
    for (const std::string* part : {&endpoint.url, &endpoint.tlsServerName, &endpoint.caPem, &endpoint.clientCertPem,
                                    &endpoint.clientKeyPem, &endpoint.proxyUrl})
        hash = hash * 1099511628211u ^ std::hash<std::string>{}(*part);
    return hash;
}

std::optional<base::Error> badEndpoint(std::string message) {
    base::Error error;
    error.code = base::ErrorCode::BadInput;
    error.message = std::move(message);
    return error;
}

void prepare(EndpointState& state, const ProxyEnvironment& environment) {
    const Endpoint& endpoint = *state.endpoint;
    const base::Result<UrlParts> url = splitUrl(endpoint.url);
    if (!url) {
        state.unusable = url.error();
        return;
    }
    state.url = *url;
    if (state.url.scheme != "https" && state.url.scheme != "http") {
        state.unusable = badEndpoint("the server's URL begins with neither https nor http");
        return;
    }
    const std::string proxy = endpoint.proxyUrl.empty() ? environment.proxyFor(state.url) : endpoint.proxyUrl;
    if (proxy.empty())
        return;
    const base::Result<std::string> usable = curlProxyUrl(proxy);
    if (!usable) {
        state.unusable = usable.error();
        return;
    }
    state.proxy = *usable;
    if (const base::Result<UrlParts> parts = splitUrl(state.proxy))
        state.proxyDisplay = displayAddress(*parts);
}

// Whether one more transfer will probably find an open connection.
bool mayJoin(const EndpointState& state) {
    const auto open = std::count_if(state.connections.begin(), state.connections.end(),
                                    [](const auto& connection) { return connection->socket >= 0; });
    const bool multiplexed = state.protocol == EndpointState::Protocol::Http2;
    return multiplexed ? open > 0 : open > std::ptrdiff_t(state.active.size());
}

} // namespace

EndpointState& Loop::stateFor(const std::shared_ptr<const Endpoint>& endpoint) {
    static const std::shared_ptr<const Endpoint> none = std::make_shared<const Endpoint>();
    const std::shared_ptr<const Endpoint>& key = endpoint ? endpoint : none;
    const std::size_t hash = hashOf(*key);
    const auto [begin, end] = m_endpoints.equal_range(hash);
    for (auto it = begin; it != end; ++it) {
        if (it->second->endpoint == key || *it->second->endpoint == *key)
            return *it->second;
    }
    auto state = std::make_unique<EndpointState>();
    state->endpoint = key;
    state->idleSinceUs = m_nowUs;
    prepare(*state, m_environment);
    return *m_endpoints.emplace(hash, std::move(state))->second;
}

void Loop::markDirty(EndpointState& state) {
    if (state.dirty)
        return;
    state.dirty = true;
    m_dirtyEndpoints.push_back(&state);
}

void Loop::pumpAll() {
    // Pumping can fail requests, which makes endpoints dirty again.
    while (!m_dirtyEndpoints.empty() || (!m_tokenQueue.empty() && m_tokens < handshakesAtOnce)) {
        if (m_dirtyEndpoints.empty()) {
            EndpointState& next = *m_tokenQueue.front();
            m_tokenQueue.erase(m_tokenQueue.begin());
            next.wantsToken = false;
            markDirty(next);
        }
        for (EndpointState* state : std::exchange(m_dirtyEndpoints, {})) {
            state->dirty = false;
            pump(*state);
        }
    }
}

void Loop::pump(EndpointState& state) {
    if (m_nowUs < state.throttledUntilUs && !state.waiting.empty()) {
        base::Error error;
        error.code = base::ErrorCode::Throttled;
        error.message = displayAddress(state.url) + " asked to be left alone for a while";
        error.httpStatus = state.throttleStatus;
        error.retryAfter = std::chrono::milliseconds((state.throttledUntilUs - m_nowUs + 999) / 1000);
        failWaiting(state, error);
        return;
    }
    for (std::size_t i = 0; i < state.waiting.size();) {
        Transfer& transfer = *state.waiting[i];
        const Slot slot = slotFor(state, transfer);
        if (slot == Slot::NoToken) {
            if (!state.wantsToken)
                m_tokenQueue.push_back(&state);
            state.wantsToken = true;
            return;
        }
        if (slot == Slot::Busy) {
            ++i;
            continue;
        }
        state.waiting.erase(state.waiting.begin() + static_cast<std::ptrdiff_t>(i));
        start(transfer);
    }
}

Loop::Slot Loop::slotFor(const EndpointState& state, const Transfer& transfer) const {
    const Endpoint& endpoint = *state.endpoint;
    const int active = state.requests + state.streams;
    const bool stream = transfer.kind == TransferKind::Stream;
    if (transfer.kind == TransferKind::Socket) {
        if (state.webSockets >= endpoint.maxSockets)
            return Slot::Busy;
        return m_tokens < handshakesAtOnce ? Slot::Free : Slot::NoToken;
    }
    if (!stream && state.requests >= endpoint.maxInFlight)
        return Slot::Busy;
    if (state.connected > 0 && state.protocol == EndpointState::Protocol::Http2) {
        const int places = endpoint.maxConnections * streamsPerConnection;
        return (stream ? state.streams + endpoint.maxInFlight : active) < places ? Slot::Free : Slot::Busy;
    }
    if (state.connected == 0 && active > 0)
        return Slot::Busy; // somebody is opening the first connection
    const bool full = stream ? state.streams >= endpoint.maxStreams : state.requests >= endpoint.maxConnections;
    // Before the first answer nobody knows whether each will need a connection of its own.
    const bool unknown = state.protocol == EndpointState::Protocol::Unknown;
    if (full || (unknown && active >= endpoint.maxConnections))
        return Slot::Busy;
    return m_tokens < handshakesAtOnce || mayJoin(state) ? Slot::Free : Slot::NoToken;
}

void Loop::start(Transfer& transfer) {
    EndpointState& state = *transfer.state;
    const bool joins = sharesConnection(transfer) && mayJoin(state);
    transfer.phase = Transfer::Phase::Connecting;
    transfer.startedUs = transfer.connectingSinceUs = m_nowUs;
    transfer.holdsToken = !joins;
    m_tokens += transfer.holdsToken ? 1 : 0;
    state.active.push_back(&transfer);
    state.requests += transfer.kind == TransferKind::Request ? 1 : 0;
    state.streams += transfer.kind == TransferKind::Stream ? 1 : 0;
    state.webSockets += transfer.kind == TransferKind::Socket ? 1 : 0;
    transfer.easy = takeEasy();
    Callbacks::installOn(transfer);
    // Only those that can expect to share a connection wait for one that is being opened.
    curl_easy_setopt(transfer.easy, CURLOPT_PIPEWAIT, state.connected > 0 ? 1L : 0L);
    if (std::optional<base::Error> error = setUpEasy(transfer)) {
        finish(transfer, std::move(error));
        return;
    }
    curl_multi_add_handle(m_multi, transfer.easy);
    schedule(transfer);
}

void Loop::releaseToken(Transfer& transfer) {
    if (transfer.holdsToken)
        --m_tokens;
    transfer.holdsToken = false;
}

void Loop::failWaiting(EndpointState& state, const base::Error& error) {
    for (Transfer* transfer : std::deque<Transfer*>(state.waiting))
        finish(*transfer, error);
}

// Takes the transfer out of everything but its owner's table.
void Loop::detach(Transfer& transfer) {
    EndpointState& state = *transfer.state;
    if (transfer.timer)
        m_timers.erase(*std::exchange(transfer.timer, std::nullopt));
    if (transfer.dirty)
        std::erase(m_dirtyStreams, &transfer);
    releaseToken(transfer);
    if (transfer.phase == Transfer::Phase::Waiting) {
        std::erase(state.waiting, &transfer);
    } else {
        std::erase(state.active, &transfer);
        state.requests -= transfer.kind == TransferKind::Request ? 1 : 0;
        state.streams -= transfer.kind == TransferKind::Stream ? 1 : 0;
        state.webSockets -= transfer.kind == TransferKind::Socket ? 1 : 0;
        state.connected -= transfer.phase == Transfer::Phase::Asked && sharesConnection(transfer) ? 1 : 0;
    }
    if (transfer.easy) {
        curl_multi_remove_handle(m_multi, transfer.easy);
        giveEasy(std::exchange(transfer.easy, nullptr));
    }
    if (transfer.webSocket && transfer.webSocket->dirty)
        std::erase(m_dirtySockets, &transfer);
    curl_slist_free_all(std::exchange(transfer.headers, nullptr));
    curl_slist_free_all(std::exchange(transfer.route, nullptr));
    state.idleSinceUs = m_nowUs;
}

// Without an error and not marked as succeeded: cancelled, nothing is delivered.
void Loop::finish(Transfer& transfer, std::optional<base::Error> error) {
    EndpointState& state = *transfer.state;
    const bool opening =
        sharesConnection(transfer) && transfer.phase == Transfer::Phase::Connecting && !transfer.everConnected;
    if (transfer.request.inspection && (error || transfer.succeeded))
        inspect(transfer);
    detach(transfer);
    markDirty(state);
    if (transfer.kind == TransferKind::Probe) {
        state.probe = nullptr;
        onProbeFinished(state, transfer.headDone, error);
        std::erase_if(m_probes, [&](const auto& owned) { return owned.get() == &transfer; });
        return;
    }
    // What waited for this connection shares its fate, instead of each waiting as long again.
    const bool shared = error && opening && state.connected == 0 && error->code != base::ErrorCode::BadInput;
    if (error || transfer.succeeded) {
        if (transfer.kind == TransferKind::Socket) {
            deliverSocketEnd(transfer, error);
        } else if (transfer.kind != TransferKind::Stream) {
            if (error)
                transfer.ticket->deliverAnswer(base::fail(*error));
            else
                transfer.ticket->deliverAnswer(std::move(transfer.response));
        } else {
            flush(transfer);
            if (error)
                transfer.ticket->deliverEnd(base::fail(*error));
            else
                transfer.ticket->deliverEnd({});
        }
    }
    m_transfers.erase(transfer.ticket.get());
    if (shared)
        failWaiting(state, *error);
}

CURL* Loop::takeEasy() {
    if (m_pool.empty())
        return curl_easy_init();
    CURL* easy = m_pool.back();
    m_pool.pop_back();
    return easy;
}

void Loop::giveEasy(CURL* easy) {
    if (m_pool.size() >= pooledHandles) {
        curl_easy_cleanup(easy);
        return;
    }
    curl_easy_reset(easy);
    m_pool.push_back(easy);
}

void Loop::forgetIdleEndpoints() {
    m_forgetDueUs = m_nowUs + forgetAfterUs / 2;
    std::erase_if(m_endpoints, [this](const auto& entry) {
        const EndpointState& state = *entry.second;
        return state.waiting.empty() && state.active.empty() && !state.dirty && !state.wantsToken &&
               state.connections.empty() && m_nowUs >= state.throttledUntilUs &&
               m_nowUs - state.idleSinceUs > forgetAfterUs;
    });
}

} // namespace net
