// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/mailbox.h"
#include "core/net/transfer.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace net {

/// The engine's thread: curl_multi_socket_action over epoll, one timerfd, and the mailbox's eventfd. Everything here
/// runs on that thread but the constructor. Kinds of transfer differ only in what is delivered; a WebSocket sends
/// while it receives, too.
///
/// Connections: the first request to an endpoint opens one; those asked meanwhile wait until it stands (or share its
/// failure), then all go, multiplexed over HTTP/2, or each over its own, up to Endpoint::maxConnections requests and
/// Endpoint::maxStreams streams at once. At most 8 connections that
/// are younger than a quarter of a second are being opened at a time over all endpoints: that spreads the handshakes of
/// a hundred clusters after a laptop woke, and a server that hangs in its handshake soon stops counting.
class Loop {
public:
    Loop(std::shared_ptr<Mailbox> mailbox, ProxyEnvironment environment);
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    /// Returns after the mailbox was closed, with all requests dropped.
    void run();

private:
    friend struct Callbacks;

    // loop.cpp: events, timers, deliveries
    void wait();
    void obey(Command command);
    void harvest();
    void fireTimers();
    void armTimer();
    void schedule(Transfer& transfer);
    [[nodiscard]] std::int64_t nextDue(const Transfer& transfer) const;
    [[nodiscard]] std::int64_t askDue(const Transfer& transfer) const;
    void onTimer(Transfer& transfer);
    void flush(Transfer& transfer);
    void flushAll();
    void watchSocket(curl_socket_t socket, int what, bool known);

    // scheduling.cpp: endpoints and their queues
    enum class Slot { Free, Busy, NoToken };
    EndpointState& stateFor(const std::shared_ptr<const Endpoint>& endpoint);
    void markDirty(EndpointState& state);
    void pumpAll();
    void pump(EndpointState& state);
    [[nodiscard]] Slot slotFor(const EndpointState& state, const Transfer& transfer) const;
    void start(Transfer& transfer);
    void releaseToken(Transfer& transfer);
    void finish(Transfer& transfer, std::optional<base::Error> error);
    void detach(Transfer& transfer);
    void failWaiting(EndpointState& state, const base::Error& error);
    void forgetIdleEndpoints();
    CURL* takeEasy();
    void giveEasy(CURL* easy);

    // liveness.cpp: connections, and whether they are alive
    void onSocketOpened(Transfer& transfer, int socket);
    void onSocketClosed(int socket);
    void onConnected(Transfer& transfer, const struct SocketNames& names);
    void onHead(Transfer& transfer);
    void throttle(EndpointState& state, int status, std::int64_t ms);
    void probe(Transfer& silent);
    void onProbeFinished(EndpointState& state, bool answered, const std::optional<base::Error>& error);
    void dropIfMute(Transfer& transfer);

    // sockets.cpp: WebSockets
    void onSocketHead(Transfer& transfer);
    std::size_t hear(Transfer& transfer, std::string_view bytes);
    std::size_t speak(Transfer& transfer, char* buffer, std::size_t size);
    void onSocketWatched(Transfer& transfer, bool reads);
    void obeySocket(Transfer& transfer, Command command);
    void wake(Transfer& transfer);
    void wakeSockets();
    [[nodiscard]] std::optional<base::Error> socketFailure(const Transfer& transfer,
                                                           std::optional<base::Error> error) const;
    static void deliverSocketEnd(Transfer& transfer, const std::optional<base::Error>& error);
    [[nodiscard]] std::int64_t socketDue(const Transfer& transfer) const;
    bool onSocketTimer(Transfer& transfer);
    void onSocketProbed(Transfer& transfer, bool answered, const std::optional<base::Error>& error);

    const std::shared_ptr<Mailbox> m_mailbox;
    const ProxyEnvironment m_environment;
    CURLM* m_multi = nullptr;
    int m_epoll = -1;
    int m_timer = -1;
    std::int64_t m_nowUs = 0;
    std::int64_t m_curlDueUs = 0; // when curl wants to be called, maxDue for never
    std::int64_t m_armedUs = 0;   // what the timerfd is set to
    std::int64_t m_forgetDueUs = 0;
    int m_tokens = 0;

    std::unordered_map<const Ticket*, std::unique_ptr<Transfer>> m_transfers;
    std::vector<std::unique_ptr<Transfer>> m_probes;
    std::multimap<std::int64_t, Transfer*> m_timers;
    std::unordered_map<int, std::shared_ptr<Connection>> m_sockets; // open ones; null until a request goes over it
    std::unordered_multimap<std::size_t, std::unique_ptr<EndpointState>> m_endpoints; // by hash of the endpoint's value
    std::vector<EndpointState*> m_dirtyEndpoints;
    std::vector<EndpointState*> m_tokenQueue; // endpoints that wait for a token
    std::vector<Transfer*> m_dirtyStreams;
    std::vector<Transfer*> m_dirtySockets;
    std::vector<CURL*> m_pool;
};

} // namespace net
