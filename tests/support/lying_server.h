// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/certificate_authority.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace testsupport {

/// Opened once, by any thread; waiting on it never sleeps.
class Gate {
public:
    Gate();
    ~Gate();
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    void open();
    /// False if it was not opened within the time.
    bool wait(int milliseconds);

private:
    friend class Wire;
    int m_descriptor;
};

/// What a client asked.
struct Exchange {
    std::string method;
    std::string target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string clientName; ///< Common name of the client certificate, empty for none.
    std::string serverName; ///< SNI.
    int connection = 0;     ///< Counts from 1.

    /// Of the first header called so, case ignored; empty for none.
    [[nodiscard]] std::string header(std::string_view name) const;
};

/// The server's end of one connection, decrypted. Its own thread may do with it what it likes; everything returns at
/// once when the server stops.
class Wire {
public:
    struct State;
    explicit Wire(State& state)
        : m_state(state) {}

    /// False once the connection is gone.
    bool write(std::string_view bytes);
    /// Bytes as they are, below TLS.
    bool writeRaw(std::string_view bytes);
    /// At least one byte, empty when the peer closed.
    std::string read();
    /// Says nothing more until the peer closes or the server stops.
    void hold();
    /// False if the server stopped first.
    bool wait(Gate& gate);
    /// Writes `bytes` a few at a time, `pause` milliseconds apart.
    bool dribble(std::string_view bytes, std::size_t step, int pause);
    /// Passes bytes on between the peer and a loopback port until one of them closes. Once `freeze` is open nothing is
    /// passed on any more, though both connections stay: so does a proxy for a server that is gone.
    void relay(int port, Gate* freeze = nullptr);
    /// Ends the connection with RST.
    void reset();
    /// Ends it in order.
    void close();
    /// From now on the kernel drops all that arrives: no data, no acknowledgement, no farewell.
    void blackHole();

private:
    State& m_state;
};

using Script = std::function<void(const Exchange&, Wire&)>;

/// Ready-made answers.
namespace answer {
std::string plain(std::string_view body, int status = 200,
                  const std::vector<std::pair<std::string, std::string>>& headers = {});
std::string gzip(std::string_view body);
std::string chunk(std::string_view data);
inline constexpr std::string_view chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
inline constexpr std::string_view lastChunk = "0\r\n\r\n";
} // namespace answer

/// A server on a loopback port given by the kernel that answers each request by a script, truthfully or not. HTTP/1.1;
/// one thread a connection; the destructor ends all.
class LyingServer {
public:
    enum class Greeting {
        Plain, ///< No TLS.
        Tls,
        Silent,     ///< Accepts and never says a word.
        HalfRecord, ///< Half a TLS record, then the end.
        HalfSilent, ///< Half a TLS record, then silence.
        Reset,      ///< RST after the client's first bytes.
        Garbage,    ///< Bytes that are neither TLS nor HTTP.
    };
    enum class Speech {
        Http1, ///< The script runs for each request.
        Raw,   ///< The script runs once a connection, after the greeting, and reads for itself.
    };
    struct Options {
        Greeting greeting = Greeting::Plain;
        Speech speech = Speech::Http1;
        std::string protocol = "http/1.1"; ///< What TLS agrees on (ALPN).
        Identity identity;                 ///< For Tls.
        std::string clientCaPem;           ///< Not empty: a client certificate of this authority is required.
    };

    LyingServer(Options options, Script script);
    /// Plain HTTP.
    explicit LyingServer(Script script);
    ~LyingServer();
    LyingServer(const LyingServer&) = delete;
    LyingServer& operator=(const LyingServer&) = delete;

    [[nodiscard]] int port() const;
    /// "https://127.0.0.1:port" or http.
    [[nodiscard]] std::string url() const;
    /// How many connections were accepted so far.
    [[nodiscard]] int connections() const;
    /// How many are open now.
    [[nodiscard]] int openConnections() const;
    [[nodiscard]] std::vector<Exchange> seen() const;
    /// Drops everything that arrives from now on, new connections too.
    void blackHole();
    /// Ends all open connections with RST.
    void resetAll();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// A port at which connections are refused as long as this lives.
class RefusingPort {
public:
    RefusingPort();
    ~RefusingPort();
    RefusingPort(const RefusingPort&) = delete;
    RefusingPort& operator=(const RefusingPort&) = delete;
    [[nodiscard]] int port() const { return m_port; }

private:
    int m_port = 0; // before the socket, whose opening fills it in
    int m_socket;
};

/// A port that answers no connection attempt, as behind a firewall that drops.
class SilentPort {
public:
    SilentPort();
    ~SilentPort();
    SilentPort(const SilentPort&) = delete;
    SilentPort& operator=(const SilentPort&) = delete;
    [[nodiscard]] int port() const { return m_port; }

private:
    int m_port = 0; // before the socket, whose opening fills it in
    int m_socket;
};

} // namespace testsupport
