// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/replay/cluster.h"

#include <map>
#include <memory>
#include <string>

struct nghttp2_session;
struct ssl_ctx_st;
struct ssl_st;

namespace replay {

/// The server's end of one connection: TLS and HTTP/2 over a socket that does not block.
class Connection {
public:
    Connection(int socket, ssl_ctx_st* tls, Cluster& cluster);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Reads and writes what can be; false once the connection is over.
    bool work();
    /// Whether it waits for the socket to take more.
    [[nodiscard]] bool wantsToWrite() const { return m_wantsToWrite; }
    /// Calls once anything is to be sent while nobody is in work().
    std::function<void()> onWoken;

private:
    struct Stream {
        std::string target;
        std::string accept;
        Answer answer;
    };
    struct Callbacks;

    bool shakeHands();
    bool read();
    bool write();
    bool gather();
    void respond(int stream);

    int m_socket;
    Cluster& m_cluster;
    ssl_st* m_tls;
    nghttp2_session* m_session = nullptr;
    std::map<int, std::unique_ptr<Stream>> m_streams;
    std::string m_out;
    std::size_t m_sent = 0;
    bool m_isGreeted = false;
    bool m_wantsToWrite = false;
};

} // namespace replay
