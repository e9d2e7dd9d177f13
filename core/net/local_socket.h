// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/unique_function.h"
#include "core/net/socket_loop.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace net {

/// Receives what happens to a LocalSocket, on the loop's thread. None may destroy the socket while it runs.
struct LocalSocketSink {
    base::UniqueFunction<void(std::string_view)> data;
    /// The peer sends nothing more; it may still read.
    base::UniqueFunction<void()> ended;
    /// Some of what was waiting to be written was.
    base::UniqueFunction<void()> written;
    /// The connection is gone; the last call.
    base::UniqueFunction<void(base::Error)> failed;
};

/// One TCP connection that a LocalListener accepted. The loop's thread only; the destructor closes it.
class LocalSocket {
public:
    static constexpr std::size_t kPiece = std::size_t(64) << 10; ///< At most so much comes at once.

    /// Takes the descriptor over. Nothing is read before setReading(). `loop` must outlive it.
    LocalSocket(SocketLoop& loop, int descriptor);
    ~LocalSocket();
    LocalSocket(const LocalSocket&) = delete;
    LocalSocket& operator=(const LocalSocket&) = delete;

    void start(LocalSocketSink sink);
    void setReading(bool on);
    /// Never refuses; who writes looks at pending() and waits for LocalSocketSink::written.
    void write(std::string_view bytes);
    [[nodiscard]] std::size_t pending() const { return m_waiting.size() - m_sent; }
    /// After what is pending, the peer reads the end.
    void closeWriting();
    /// Tells the peer that something went wrong: RST, not the end.
    void reset();

private:
    void onEvents(std::uint32_t events);
    void readSome();
    void writeSome();
    void fail(int error);
    void update();
    void shutDownIfDue();

    SocketLoop& m_loop;
    int m_descriptor;
    LocalSocketSink m_sink;
    std::string m_waiting;
    std::size_t m_sent = 0; // of m_waiting
    std::uint32_t m_events = 0;
    bool m_reads = false;
    bool m_peerEnded = false;
    bool m_closesWriting = false;
    bool m_isShut = false;
    bool m_isWatched = false;
};

/// A port of this machine that takes TCP connections. The loop's thread only; the destructor closes it.
class LocalListener {
public:
    using Accepted = base::UniqueFunction<void(std::unique_ptr<LocalSocket>)>;

    /// `address` is an IP address, `port` 0 lets the kernel choose. Fails with Io and the system's reason.
    static base::Result<std::unique_ptr<LocalListener>> open(SocketLoop& loop, const std::string& address,
                                                             std::uint16_t port);
    ~LocalListener();
    LocalListener(const LocalListener&) = delete;
    LocalListener& operator=(const LocalListener&) = delete;

    /// Until then connections wait in the kernel.
    void start(Accepted accepted);
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    /// "127.0.0.1:8080", "[::1]:8080"
    [[nodiscard]] std::string address() const;
    /// While it does not, connections wait in the kernel.
    void setAccepting(bool on);

private:
    LocalListener(SocketLoop& loop, int descriptor, std::string host, std::uint16_t port);
    void accept();

    SocketLoop& m_loop;
    int m_descriptor;
    std::string m_host;
    std::uint16_t m_port;
    Accepted m_accepted;
};

/// "127.0.0.1:80", "[::1]:80"
[[nodiscard]] std::string joinHostPort(const std::string& host, std::uint16_t port);

} // namespace net
