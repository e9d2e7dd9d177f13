// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/callbacks.h"

#include "core/net/loop.h"
#include "core/net/ticket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <limits>

namespace net {

namespace {

using base::ErrorCode;

constexpr std::size_t flushSize = 65536;
constexpr std::size_t trustedLength = 16u << 20; // a Content-Length up to here is reserved at once

// Data that nobody acknowledges, and keep-alive questions that nobody answers, end a connection after this time.
constexpr int userTimeoutMs = 7000;
constexpr int keepIdleS = 10;
constexpr int keepIntervalS = 5;
constexpr int keepCount = 2;

base::Error badResponse(const Transfer& transfer, std::string_view what) {
    base::Error error;
    error.code = ErrorCode::BadResponse;
    error.message = displayAddress(transfer.state->url) + " " + std::string(what);
    return error;
}

void parseStatusLine(Response& response, std::string_view line) {
    const std::string_view version = line.substr(5, line.find(' ') - 5);
    response.httpVersion = version.starts_with("2") ? 20 : version == "1.0" ? 10 : 11;
    const std::size_t space = line.find(' ');
    response.status = 0;
    if (space != std::string_view::npos) {
        const std::string_view code = line.substr(space + 1, 3);
        std::from_chars(code.data(), code.data() + code.size(), response.status);
    }
    response.headers.clear();
}

void parseHeaderLine(Response& response, std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos)
        return;
    std::string_view value = line.substr(colon + 1);
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
        value.remove_prefix(1);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\t'))
        value.remove_suffix(1);
    response.headers.emplace_back(line.substr(0, colon), value);
}

void prepareBody(Transfer& transfer) {
    Headers& headers = transfer.response.headers;
    if (equalsIgnoringCase(header(headers, "Content-Encoding"), "gzip")) {
        transfer.inflater = std::make_unique<Inflater>();
        std::erase_if(headers, [](const auto& entry) {
            return equalsIgnoringCase(entry.first, "Content-Encoding") ||
                   equalsIgnoringCase(entry.first, "Content-Length");
        });
        return;
    }
    const std::string_view length = header(headers, "Content-Length");
    std::size_t size = 0;
    std::from_chars(length.data(), length.data() + length.size(), size);
    if (transfer.kind == TransferKind::Request && size <= std::min(trustedLength, transfer.request.maxBody))
        transfer.response.body.reserve(size);
}

} // namespace

void Callbacks::installOn(Transfer& transfer) {
    CURL* easy = transfer.easy;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, &transfer);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &onOpen);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &onClose);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, transfer.loop);
    curl_easy_setopt(easy, CURLOPT_SOCKOPTFUNCTION, &onOptions);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &onReady);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &onHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &onBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
    if (transfer.webSocket) {
        curl_easy_setopt(easy, CURLOPT_READFUNCTION, &onSend);
        curl_easy_setopt(easy, CURLOPT_READDATA, &transfer);
    }
}

void Callbacks::installOn(CURLM* multi, Loop& loop) {
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &onSocket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, &loop);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &onTimeout);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, &loop);
}

int Callbacks::onSocket(CURL* easy, curl_socket_t socket, int what, void* data, void* known) {
    Loop& loop = *static_cast<Loop*>(data);
    char* owner = nullptr;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, &owner);
    if (auto* transfer = static_cast<Transfer*>(static_cast<void*>(owner)); transfer && transfer->webSocket)
        loop.onSocketWatched(*transfer, what != CURL_POLL_REMOVE && (what & CURL_POLL_IN) != 0);
    loop.watchSocket(socket, what, known != nullptr);
    if (what != CURL_POLL_REMOVE && known == nullptr)
        curl_multi_assign(loop.m_multi, socket, &loop);
    return 0;
}

int Callbacks::onTimeout(CURLM*, long ms, void* data) {
    Loop& loop = *static_cast<Loop*>(data);
    loop.m_curlDueUs = ms < 0 ? std::numeric_limits<std::int64_t>::max() : engineTimeUs() + std::int64_t(ms) * 1000;
    return 0;
}

curl_socket_t Callbacks::onOpen(void* data, curlsocktype, curl_sockaddr* address) {
    Transfer& transfer = *static_cast<Transfer*>(data);
    // Close on exec: credential plugins are started while connections are open.
    const int socket = ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (socket < 0)
        return CURL_SOCKET_BAD;
    transfer.loop->onSocketOpened(transfer, socket);
    return socket;
}

int Callbacks::onClose(void* data, curl_socket_t socket) {
    static_cast<Loop*>(data)->onSocketClosed(socket);
    return ::close(socket);
}

int Callbacks::onOptions(void*, curl_socket_t socket, curlsocktype) {
    const auto set = [socket](int level, int name, int value) {
        ::setsockopt(socket, level, name, &value, sizeof value); // best effort: without it death is only noticed later
    };
    set(SOL_SOCKET, SO_KEEPALIVE, 1);
    set(IPPROTO_TCP, TCP_KEEPIDLE, keepIdleS);
    set(IPPROTO_TCP, TCP_KEEPINTVL, keepIntervalS);
    set(IPPROTO_TCP, TCP_KEEPCNT, keepCount);
    set(IPPROTO_TCP, TCP_USER_TIMEOUT, userTimeoutMs);
    return CURL_SOCKOPT_OK;
}

int Callbacks::onReady(void* data, char* remote, char* local, int remotePort, int localPort) {
    Transfer& transfer = *static_cast<Transfer*>(data);
    transfer.loop->onConnected(transfer, SocketNames{local, localPort, remote, remotePort});
    return CURL_PREREQFUNC_OK;
}

std::size_t Callbacks::onHeader(char* data, std::size_t size, std::size_t count, void* user) {
    Transfer& transfer = *static_cast<Transfer*>(user);
    std::string_view line(data, size * count);
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n'))
        line.remove_suffix(1);
    if (transfer.connection)
        transfer.connection->heardUs = transfer.loop->m_nowUs;
    if (transfer.headDone)
        return size * count; // trailers
    if (line.starts_with("HTTP/")) {
        parseStatusLine(transfer.response, line);
    } else if (!line.empty()) {
        parseHeaderLine(transfer.response, line);
    } else if (transfer.response.status >= 200 || (transfer.response.status == 101 && transfer.webSocket)) {
        transfer.headDone = true;
        prepareBody(transfer);
        transfer.loop->onHead(transfer);
        if (transfer.verdict)
            return 0;
    }
    return size * count;
}

std::size_t Callbacks::onSend(char* data, std::size_t size, std::size_t count, void* user) {
    Transfer& transfer = *static_cast<Transfer*>(user);
    return transfer.loop->speak(transfer, data, size * count);
}

std::size_t Callbacks::onBody(char* data, std::size_t size, std::size_t count, void* user) {
    Transfer& transfer = *static_cast<Transfer*>(user);
    const std::size_t length = size * count;
    if (transfer.connection)
        transfer.connection->heardUs = transfer.loop->m_nowUs;
    if (transfer.kind == TransferKind::Probe)
        return length;
    if (transfer.webSocket && transfer.webSocket->isOpen)
        return transfer.loop->hear(transfer, {data, length});
    const bool stream = transfer.kind == TransferKind::Stream;
    const std::size_t limit = stream ? std::numeric_limits<std::size_t>::max() : transfer.request.maxBody;
    std::string& body = transfer.response.body;
    bool tooLarge = false;
    if (transfer.inflater) {
        const Inflater::Outcome outcome = transfer.inflater->feed({data, length}, body, limit);
        tooLarge = outcome == Inflater::Outcome::TooLarge;
        if (outcome == Inflater::Outcome::Garbage) {
            transfer.verdict = badResponse(transfer, "sent a compressed body that cannot be unpacked");
            return 0;
        }
    } else {
        tooLarge = length > limit - body.size();
        // Where much comes at once more follows, up to the next flush: growing step by step would copy it all twice.
        if (stream && body.empty() && length >= flushSize / 8)
            body.reserve(flushSize + length);
        if (!tooLarge)
            body.append(data, length);
    }
    if (tooLarge) {
        transfer.verdict = badResponse(transfer, "sent more than the " + std::to_string(limit) + " bytes allowed");
        return 0;
    }
    if (stream) {
        if (body.size() >= flushSize) {
            transfer.loop->flush(transfer);
        } else if (!transfer.dirty) {
            transfer.dirty = true;
            transfer.loop->m_dirtyStreams.push_back(&transfer);
        }
    }
    return length;
}

} // namespace net
