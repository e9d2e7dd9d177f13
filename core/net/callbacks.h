// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/transfer.h"

#include <string>

namespace net {

/// The two ends of a TCP connection as curl prints them.
struct SocketNames {
    std::string localAddress;
    int localPort = 0;
    std::string remoteAddress;
    int remotePort = 0;

    bool operator==(const SocketNames&) const = default;
};

/// What curl calls, on the engine's thread, always inside a call of curl's multi interface: they may change our own
/// state but not call that interface again.
struct Callbacks {
    static void installOn(Transfer& transfer);
    static void installOn(CURLM* multi, Loop& loop);

    static int onSocket(CURL* easy, curl_socket_t socket, int what, void* loop, void* known);
    static int onTimeout(CURLM*, long ms, void* loop);
    static curl_socket_t onOpen(void* transfer, curlsocktype, curl_sockaddr* address);
    static int onClose(void* loop, curl_socket_t socket);
    static int onOptions(void*, curl_socket_t socket, curlsocktype);
    static int onReady(void* transfer, char* remote, char* local, int remotePort, int localPort);
    static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* transfer);
    static std::size_t onSend(char* data, std::size_t size, std::size_t count, void* transfer);
    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* transfer);
};

} // namespace net
