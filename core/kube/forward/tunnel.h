// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/timer.h"
#include "core/kube/forward/forward_stream.h"
#include "core/net/local_socket.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kube {

class Tunnel;

/// Who keeps tunnels, on their loop. It must not destroy one inside these calls.
class TunnelHost {
public:
    virtual ~TunnelHost() = default;
    virtual void countSent(std::size_t bytes) = 0;
    virtual void countReceived(std::size_t bytes) = 0;
    /// The way to the pod did not come about; nothing was sent, so that another one may be tried.
    virtual void tunnelRefused(Tunnel& tunnel, base::Error error) = 0;
    /// The last call; with what went wrong, if something did.
    virtual void tunnelEnded(Tunnel& tunnel, std::optional<base::Error> error) = 0;
};

/// One local connection and its way to a pod. Bytes go through as each side takes them: what is on the way is bounded
/// by one piece of the local side and by what a WebSocket holds. Confined to the loop.
class Tunnel {
public:
    Tunnel(net::SocketLoop& loop, base::Timers& timers, TunnelHost& host, std::unique_ptr<net::LocalSocket> local);
    ~Tunnel();
    Tunnel(const Tunnel&) = delete;
    Tunnel& operator=(const Tunnel&) = delete;

    /// May be called again after tunnelRefused().
    void connect(Transport& transport, const ForwardStreamSpec& spec);
    /// The local side sees that something went wrong.
    void giveUp();

    std::size_t port = 0;        ///< Which of the forward's, for its keeper.
    int attempts = 0;            ///< Likewise.
    std::int64_t sinceMs = 0;    ///< Likewise.
    std::uint16_t podPort = 0;   ///< Likewise.
    std::uint16_t localPort = 0; ///< Likewise.

private:
    void onLocalData(std::string_view bytes);
    void onLocalEnd();
    void onRoom();
    void endSending();
    void waitForRest();
    void settle();
    void onClosed(base::Result<void> result);
    void drain();
    void finish(std::optional<base::Error> error);

    net::SocketLoop& m_loop;
    base::Timers& m_timers;
    TunnelHost& m_host;
    std::unique_ptr<net::LocalSocket> m_local;
    std::unique_ptr<ForwardStream> m_stream;
    struct Arrival {
        std::uint64_t end = 0; ///< Handled once so many bytes went on.
        std::size_t size = 0;
    };
    std::deque<Arrival> m_arrivals;
    std::uint64_t m_received = 0;
    std::string m_held; ///< Read from the local side, not yet taken by the other.
    bool m_isOpen = false;
    bool m_localEnded = false;
    bool m_isDone = false;     ///< The pod has said all.
    bool m_isDraining = false; ///< And the local side has read it.
    bool m_isOver = false;
    base::Cancel m_timer;
};

} // namespace kube
