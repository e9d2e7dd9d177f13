// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/callbacks.h"
#include "core/net/loop.h"
#include "core/net/socket_handshake.h"
#include "core/net/ticket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

namespace net {

namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

base::Error errorOf(base::ErrorCode code, const Transfer& transfer, const std::string& what) {
    base::Error error;
    error.code = code;
    error.message = displayAddress(transfer.state->url) + " " + what;
    return error;
}

std::int64_t silenceOf(const Transfer& transfer) {
    return std::chrono::microseconds(transfer.request.silence).count();
}

bool hasMore(const SocketState& socket) {
    return !socket.queued.empty() || (socket.wantsToGo && !socket.saidFarewell);
}

// Whether curl should ask for bytes to send, or hear that there will be none.
bool wantsToSpeak(const SocketState& socket) {
    return !socket.isOpen || socket.atEnd || socket.codec.hasOutput() || socket.codec.farewell() || hasMore(socket);
}

// Whether the kernel has waited for an acknowledgement for so long.
bool isUnacknowledged(int descriptor, std::int64_t us) {
    tcp_info info{};
    socklen_t size = sizeof info;
    return ::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == 0 && info.tcpi_unacked > 0 &&
           std::int64_t(info.tcpi_last_ack_recv) * 1000 >= us;
}

} // namespace

void Loop::onSocketHead(Transfer& transfer) {
    SocketState& socket = *transfer.webSocket;
    if (transfer.response.status != 101) {
        wake(transfer); // to tell curl that nothing will be sent
        return;
    }
    if (const std::string wrong = whatIsWrongWith(transfer.response, socket.key, socket.options.protocols);
        !wrong.empty()) {
        transfer.verdict = errorOf(base::ErrorCode::BadResponse, transfer, wrong);
        return;
    }
    // A peer that does not read is not dead: the kernel would end the connection when its window is closed that long.
    for (const int descriptor : transfer.sockets) {
        const int none = 0;
        if (m_sockets.contains(descriptor))
            ::setsockopt(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, &none, sizeof none);
    }
    socket.isOpen = true;
    socket.heardUs = m_nowUs;
    transfer.bounded = false;
    Response head;
    head.status = transfer.response.status;
    head.httpVersion = transfer.response.httpVersion;
    head.headers = transfer.response.headers;
    head.timings = readTimings(transfer);
    transfer.ticket->deliverOpened(std::move(head));
    if (hasMore(socket))
        wake(transfer);
}

std::size_t Loop::hear(Transfer& transfer, std::string_view bytes) {
    SocketState& socket = *transfer.webSocket;
    if (socket.link->isFull()) {
        socket.receivingPaused = true;
        return CURL_WRITEFUNC_PAUSE;
    }
    socket.heardUs = m_nowUs;
    socket.pingUs = 0;
    const std::size_t pongs = socket.codec.pongs();
    std::vector<SocketMessage> messages;
    const bool good = socket.codec.feed(bytes, messages);
    if (socket.codec.pongs() > pongs && socket.pongShowsAll)
        socket.isRead = true;
    for (SocketMessage& message : messages) {
        socket.link->arrive(SocketLink::costOf(message));
        transfer.ticket->deliverMessage(std::move(message), socket.link);
    }
    if (!good) {
        transfer.verdict = errorOf(base::ErrorCode::BadResponse, transfer, socket.codec.why());
        return 0;
    }
    if (wantsToSpeak(socket)) // an answer to a ping or a farewell is due
        wake(transfer);
    return bytes.size();
}

std::size_t Loop::speak(Transfer& transfer, char* buffer, std::size_t size) {
    SocketState& socket = *transfer.webSocket;
    if (socket.atEnd || (transfer.headDone && !socket.isOpen))
        return 0;
    std::size_t count = socket.isOpen ? socket.codec.take(buffer, size) : 0;
    while (count == 0 && socket.isOpen && hasMore(socket)) {
        if (!socket.queued.empty()) {
            const SocketMessage message = std::move(socket.queued.front());
            socket.queued.pop_front();
            socket.codec.queue(message);
            socket.isRead = socket.pongShowsAll = false;
            if (socket.link->leave(SocketLink::costOf(message)))
                transfer.ticket->deliverDrained();
        } else {
            socket.saidFarewell = true;
            socket.codec.queueClose(*socket.wantsToGo);
            socket.closeDueUs = m_nowUs + std::chrono::microseconds(socket.options.closePatience).count();
            schedule(transfer);
        }
        count = socket.codec.take(buffer, size);
    }
    if (count > 0)
        return count;
    socket.sendingPaused = true;
    if (socket.codec.farewell()) { // and ours has left
        socket.isOver = true;
        wake(transfer);
    }
    return CURL_READFUNC_PAUSE;
}

// curl waits for a paused sender even when the connection has ended; that it no longer cares for what comes tells.
void Loop::onSocketWatched(Transfer& transfer, bool reads) {
    SocketState& socket = *transfer.webSocket;
    if (!socket.isOpen || reads || socket.receivingPaused)
        return;
    socket.atEnd = true;
    wake(transfer);
}

void Loop::obeySocket(Transfer& transfer, Command command) {
    SocketState& socket = *transfer.webSocket;
    if (command.kind == Command::Kind::Speak && !socket.wantsToGo)
        socket.queued.push_back(std::move(command.message));
    else if (command.kind == Command::Kind::Close && !socket.wantsToGo)
        socket.wantsToGo = std::move(command.farewell);
    wake(transfer);
}

void Loop::wake(Transfer& transfer) {
    if (!transfer.webSocket->dirty)
        m_dirtySockets.push_back(&transfer);
    transfer.webSocket->dirty = true;
}

// Outside of curl's callbacks.
void Loop::wakeSockets() {
    while (!m_dirtySockets.empty()) {
        Transfer& transfer = *m_dirtySockets.back();
        m_dirtySockets.pop_back();
        SocketState& socket = *transfer.webSocket;
        socket.dirty = false;
        if (socket.isOver) {
            transfer.succeeded = true;
            finish(transfer, std::nullopt);
            continue;
        }
        if (transfer.easy == nullptr || (!socket.isOpen && !transfer.headDone))
            continue;
        const bool sends = socket.sendingPaused && wantsToSpeak(socket);
        const bool receives = socket.receivingPaused && !socket.link->isFull();
        if (sends)
            socket.sendingPaused = false;
        if (receives) {
            socket.receivingPaused = false;
            socket.heardUs = m_nowUs; // what came meanwhile was not looked at
        }
        // This may call back with what had come before the pause.
        if (sends || receives)
            curl_easy_pause(transfer.easy, (socket.receivingPaused ? CURLPAUSE_RECV : CURLPAUSE_CONT) |
                                               (socket.sendingPaused ? CURLPAUSE_SEND : CURLPAUSE_CONT));
        schedule(transfer);
    }
}

std::optional<base::Error> Loop::socketFailure(const Transfer& transfer, std::optional<base::Error> error) const {
    const SocketState& socket = *transfer.webSocket;
    if (!socket.isOpen)
        return error;
    if (socket.codec.farewell() || socket.saidFarewell)
        return std::nullopt;
    return error ? error
                 : errorOf(base::ErrorCode::Unreachable, transfer, "closed the connection of a WebSocket in between");
}

void Loop::deliverSocketEnd(Transfer& transfer, const std::optional<base::Error>& error) {
    const SocketState& socket = *transfer.webSocket;
    if (error)
        transfer.ticket->deliverClosed(base::fail(*error));
    else if (socket.isOpen)
        transfer.ticket->deliverClosed(socket.codec.farewell().value_or(SocketClose{1006, {}}));
    else
        transfer.ticket->deliverRefused(std::move(transfer.response));
}

std::int64_t Loop::socketDue(const Transfer& transfer) const {
    const SocketState& socket = *transfer.webSocket;
    if (!socket.isOpen)
        return never;
    if (socket.closeDueUs != 0)
        return socket.closeDueUs;
    const std::int64_t silence = silenceOf(transfer);
    if (silence == 0 || socket.receivingPaused || socket.asksProbe)
        return never;
    return socket.pingUs != 0 ? socket.pingUs + silence / 3 : socket.heardUs + silence / 3 * 2;
}

// False: the transfer is gone.
bool Loop::onSocketTimer(Transfer& transfer) {
    SocketState& socket = *transfer.webSocket;
    if (m_nowUs < socketDue(transfer))
        return true;
    if (socket.closeDueUs != 0) {
        transfer.succeeded = true;
        finish(transfer, std::nullopt);
        return false;
    }
    if (socket.pingUs == 0) {
        socket.pingUs = m_nowUs;
        socket.pongShowsAll = socket.queued.empty();
        socket.codec.queuePing();
        wake(transfer);
        return true;
    }
    if (socket.isRead) {
        finish(transfer, errorOf(base::ErrorCode::Unreachable, transfer,
                                 "left a ping unanswered: the WebSocket is dead, nothing came for " +
                                     std::to_string((m_nowUs - socket.heardUs) / 1000) + " ms"));
        return false;
    }
    socket.asksProbe = true;
    probe(transfer);
    return true;
}

// Its own connection says nothing, since the peer may not be reading: does the server live, and the way to it?
void Loop::onSocketProbed(Transfer& transfer, bool answered, const std::optional<base::Error>& error) {
    SocketState& socket = *transfer.webSocket;
    if (!std::exchange(socket.asksProbe, false))
        return;
    const bool lost = std::any_of(transfer.sockets.begin(), transfer.sockets.end(), [&](int descriptor) {
        return m_sockets.contains(descriptor) && isUnacknowledged(descriptor, silenceOf(transfer) / 3);
    });
    if (answered && !lost) {
        socket.heardUs = m_nowUs;
        socket.pingUs = 0;
        schedule(transfer);
        return;
    }
    finish(transfer,
           errorOf(base::ErrorCode::Unreachable, transfer,
                   "is no longer there for a WebSocket: nothing came for " +
                       std::to_string((m_nowUs - socket.heardUs) / 1000) + " ms, and asked whether it lives: " +
                       (error  ? error->message
                        : lost ? "what was sent is not acknowledged"
                               : "no answer")));
}

} // namespace net
