// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/callbacks.h"
#include "core/net/loop.h"
#include "core/net/ticket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <utility>

namespace net {

namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
// A request over HTTP/2 shares its connection with others, which a proxy may keep open for a server that is gone.
constexpr std::int64_t requestPatienceUs = 9500000;
constexpr std::int64_t probeLimitUs = 9500000;

bool readName(const sockaddr_storage& storage, std::string& address, int& port) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (storage.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(storage);
        address = inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
        port = ntohs(v4.sin_port);
        return true;
    }
    if (storage.ss_family == AF_INET6) {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(storage);
        address = inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
        port = ntohs(v6.sin6_port);
        return true;
    }
    return false;
}

bool isNamed(int socket, const SocketNames& names) {
    sockaddr_storage local{};
    sockaddr_storage remote{};
    socklen_t localSize = sizeof local;
    socklen_t remoteSize = sizeof remote;
    SocketNames own;
    return getsockname(socket, reinterpret_cast<sockaddr*>(&local), &localSize) == 0 &&
           getpeername(socket, reinterpret_cast<sockaddr*>(&remote), &remoteSize) == 0 &&
           readName(local, own.localAddress, own.localPort) && readName(remote, own.remoteAddress, own.remotePort) &&
           own == names;
}

// How long its connection may be quiet while this transfer depends on it; 0 for ever.
std::int64_t patienceOf(const Transfer& transfer) {
    if (transfer.kind == TransferKind::Stream || transfer.kind == TransferKind::Socket)
        return std::chrono::microseconds(transfer.request.silence).count();
    const bool multiplexed = transfer.state->protocol == EndpointState::Protocol::Http2;
    return transfer.kind == TransferKind::Request && multiplexed ? requestPatienceUs : 0;
}

} // namespace

void Loop::onSocketOpened(Transfer& transfer, int socket) {
    m_sockets[socket] = nullptr;
    transfer.sockets.push_back(socket);
    if (transfer.phase != Transfer::Phase::Asked)
        return;
    // The connection it had gone over was dead, curl tries another one.
    transfer.phase = Transfer::Phase::Connecting;
    transfer.connectingSinceUs = m_nowUs;
    transfer.connection.reset();
    transfer.state->connected -= sharesConnection(transfer) ? 1 : 0;
    schedule(transfer);
}

void Loop::onSocketClosed(int socket) {
    const auto found = m_sockets.find(socket);
    if (found == m_sockets.end())
        return;
    if (found->second)
        found->second->socket = -1;
    m_sockets.erase(found);
}

void Loop::onConnected(Transfer& transfer, const SocketNames& names) {
    EndpointState& state = *transfer.state;
    releaseToken(transfer);
    transfer.everConnected = true;
    const bool first = transfer.phase == Transfer::Phase::Connecting;
    transfer.phase = Transfer::Phase::Asked;
    if (!sharesConnection(transfer)) {
        schedule(transfer);
        return;
    }
    state.connected += first ? 1 : 0;
    transfer.connection.reset();
    std::erase_if(state.connections, [](const auto& connection) { return connection->socket < 0; });
    for (const std::shared_ptr<Connection>& connection : state.connections) {
        if (isNamed(connection->socket, names))
            transfer.connection = connection;
    }
    for (auto it = m_sockets.begin(); it != m_sockets.end() && !transfer.connection; ++it) {
        if (!it->second && isNamed(it->first, names)) {
            transfer.connection = it->second = std::make_shared<Connection>();
            transfer.connection->socket = it->first;
            transfer.connection->heardUs = m_nowUs;
            state.connections.push_back(transfer.connection);
        }
    }
    schedule(transfer);
    markDirty(state);
}

void Loop::onHead(Transfer& transfer) {
    EndpointState& state = *transfer.state;
    Response& response = transfer.response;
    if (transfer.kind != TransferKind::Socket) // which speaks HTTP/1.1 whatever the server has
        state.protocol = response.httpVersion == 20 ? EndpointState::Protocol::Http2 : EndpointState::Protocol::Http1;
    if (transfer.kind == TransferKind::Probe)
        return;
    const std::string_view retryAfter = header(response.headers, "Retry-After");
    if ((response.status == 429 || response.status == 503) && !retryAfter.empty()) {
        const std::int64_t nowMs =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count();
        if (const std::optional<std::int64_t> ms = retryAfterMs(retryAfter, nowMs); ms && *ms > 0)
            throttle(state, response.status, *ms);
    }
    markDirty(state); // which protocol it is may let others go
    if (transfer.webSocket)
        onSocketHead(transfer);
    if (transfer.kind == TransferKind::Stream) {
        transfer.bounded = response.status >= 400;
        response.timings = readTimings(transfer);
        transfer.ticket->deliverHead(std::exchange(response, {}));
    }
    schedule(transfer);
}

void Loop::throttle(EndpointState& state, int status, std::int64_t ms) {
    state.throttledUntilUs = std::max(state.throttledUntilUs, m_nowUs + ms * 1000);
    state.throttleStatus = status;
}

std::int64_t Loop::askDue(const Transfer& transfer) const {
    const std::int64_t patience = patienceOf(transfer);
    if (patience == 0 || !transfer.connection)
        return never;
    return std::max(transfer.connection->heardUs, transfer.startedUs) + patience / 3 * 2;
}

// At once and beside all limits: it is about the connections that hold them.
void Loop::probe(Transfer& silent) {
    EndpointState& state = *silent.state;
    if (state.probe != nullptr)
        return;
    auto owned = std::make_unique<Transfer>();
    Transfer& question = *owned;
    question.loop = this;
    question.state = &state;
    question.kind = TransferKind::Probe;
    question.askedUs = m_nowUs;
    question.request.endpoint = state.endpoint;
    question.request.target = state.endpoint->probeTarget;
    question.request.headers = silent.request.headers;
    std::erase_if(question.request.headers, [](const auto& entry) {
        return equalsIgnoringCase(entry.first, "Accept") || equalsIgnoringCase(entry.first, "Content-Type");
    });
    const std::int64_t limitUs = std::min(probeLimitUs, patienceOf(silent) / 3);
    question.request.deadline = std::chrono::milliseconds(std::max<std::int64_t>(1, limitUs / 1000));
    state.probe = &question;
    m_probes.push_back(std::move(owned));
    start(question);
}

void Loop::onProbeFinished(EndpointState& state, bool answered, const std::optional<base::Error>& error) {
    if (answered) {
        for (const std::shared_ptr<Connection>& connection : state.connections)
            connection->heardUs = m_nowUs;
    }
    for (Transfer* transfer : std::vector<Transfer*>(state.active)) {
        if (transfer->webSocket) {
            onSocketProbed(*transfer, answered, error);
            continue;
        }
        if (answered || m_nowUs < askDue(*transfer)) {
            schedule(*transfer);
            continue;
        }
        base::Error dead;
        dead.code = base::ErrorCode::Unreachable;
        dead.message = "the connection to " + displayAddress(state.url) + " is dead: nothing came for " +
                       std::to_string((m_nowUs - std::max(transfer->connection->heardUs, transfer->startedUs)) / 1000) +
                       " ms, and asked whether it lives: " + (error ? error->message : "no answer");
        // No other request may go over it any more.
        if (transfer->connection->socket >= 0)
            ::shutdown(transfer->connection->socket, SHUT_RDWR);
        finish(*transfer, std::move(dead));
    }
}

// A connection over which nothing at all came since this transfer asked is not trusted with another request.
void Loop::dropIfMute(Transfer& transfer) {
    if (transfer.phase == Transfer::Phase::Asked && transfer.connection && transfer.connection->socket >= 0 &&
        transfer.connection->heardUs <= transfer.startedUs && m_nowUs - transfer.startedUs >= probeLimitUs)
        ::shutdown(transfer.connection->socket, SHUT_RDWR);
}

} // namespace net
