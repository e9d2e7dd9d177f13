// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/net/http.h"
#include "core/net/inflater.h"
#include "core/net/mailbox.h"
#include "core/net/proxy.h"
#include "core/net/socket_state.h"

#include <curl/curl.h>

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace net {

class Loop;
class Ticket;
struct Transfer;

/// One TCP connection as far as streams are concerned: all on it live and die together.
struct Connection {
    int socket = -1;          ///< -1 once it is closed.
    std::int64_t heardUs = 0; ///< When a byte last came over it, or its peer was found alive.
};

/// What the engine knows of one endpoint. Engine's thread.
struct EndpointState {
    enum class Protocol { Unknown, Http1, Http2 };

    std::shared_ptr<const Endpoint> endpoint;
    UrlParts url;
    std::string proxy;                   ///< As curl takes it, may hold a password; empty for none.
    std::string proxyDisplay;            ///< "host:port".
    std::optional<base::Error> unusable; ///< Why no request can be made at all.

    Protocol protocol = Protocol::Unknown;
    std::deque<Transfer*> waiting; ///< In the order asked.
    std::vector<Transfer*> active; ///< Given to curl.
    int requests = 0;              ///< Of the active ones.
    int streams = 0;
    int webSockets = 0;
    int connected = 0; ///< Of the active ones: their connection stands.
    std::int64_t throttledUntilUs = 0;
    int throttleStatus = 0; ///< What the server answered then.
    std::int64_t idleSinceUs = 0;
    Transfer* probe = nullptr;
    std::vector<std::shared_ptr<Connection>> connections;
    bool dirty = false;      ///< In the loop's list of endpoints to look at.
    bool wantsToken = false; ///< In the loop's list of endpoints that wait for a token.
};

/// One request under way. Engine's thread.
struct Transfer {
    enum class Phase { Waiting, Connecting, Asked };

    Loop* loop = nullptr;
    EndpointState* state = nullptr;
    std::shared_ptr<Ticket> ticket; ///< None for a probe.
    TransferKind kind = TransferKind::Request;
    Phase phase = Phase::Waiting;
    Request request;
    std::int64_t askedUs = 0;
    std::int64_t startedUs = 0; ///< When it was given to curl.
    std::int64_t connectingSinceUs = 0;
    std::optional<std::multimap<std::int64_t, Transfer*>::iterator> timer;

    CURL* easy = nullptr;
    curl_slist* headers = nullptr;
    curl_slist* route = nullptr; ///< CURLOPT_CONNECT_TO.
    std::array<char, CURL_ERROR_SIZE> errorText{};
    std::size_t bodySent = 0;
    bool holdsToken = false; ///< Counts as a handshake under way.
    bool everConnected = false;
    bool headDone = false;
    bool bounded = true;      ///< The deadline holds: for a stream until its head says that it is one.
    CURLcode code = CURLE_OK; ///< curl's verdict, once there is one.
    bool succeeded = false;   ///< Ended in order.
    bool dirty = false;       ///< In the loop's list of streams with bytes to deliver.
    std::size_t received = 0; ///< Decoded bytes of a request's body.
    std::vector<int> sockets; ///< Opened for this transfer.
    std::shared_ptr<Connection> connection;
    std::unique_ptr<Inflater> inflater;
    std::unique_ptr<SocketState> webSocket; ///< Of a socket.
    std::optional<base::Error> verdict;     ///< Ours, and stronger than what curl will say.
    Response response;                      ///< For a stream, body holds what is not delivered yet.
};

/// Whether the connection it opens is one for others, too.
inline bool sharesConnection(const Transfer& transfer) {
    return transfer.kind != TransferKind::Inspection && transfer.kind != TransferKind::Socket;
}

/// Sets all options of `transfer.easy` but the callbacks' data. Fails with BadInput.
std::optional<base::Error> setUpEasy(Transfer& transfer);
/// Microseconds since the request was asked for.
Timings readTimings(const Transfer& transfer);
/// The error for what curl says of a finished transfer, or of one that is given up after `waitedMs`.
base::Error readFailure(const Transfer& transfer, CURLcode code, std::int64_t waitedMs);

/// Fills in request.inspection.
void inspect(const Transfer& transfer);

/// Seconds or a date; capped at five minutes, so that one lying server cannot be lost for ever. nullopt if unreadable.
std::optional<std::int64_t> retryAfterMs(std::string_view value, std::int64_t nowMs);

} // namespace net
