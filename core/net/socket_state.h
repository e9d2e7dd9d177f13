// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/frame_codec.h"
#include "core/net/socket_link.h"
#include "core/net/web_socket.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace net {

/// What a transfer has more when it is a WebSocket. curl sees a GET whose body is what we send and whose answer 101 has
/// what we receive for a body; it pauses either way when there is nothing to send or no room. Engine's thread.
struct SocketState {
    SocketState(SocketOptions asked, std::shared_ptr<SocketLink> shared)
        : options(std::move(asked))
        , link(std::move(shared))
        , codec(options.maxMessage) {}

    const SocketOptions options;
    const std::shared_ptr<SocketLink> link;
    std::string key;
    FrameCodec codec;
    std::deque<SocketMessage> queued;     ///< Sent by the user, not yet a frame.
    std::optional<SocketClose> wantsToGo; ///< Our farewell, said once `queued` is empty.
    bool isOpen = false;
    bool saidFarewell = false;
    bool isOver = false; ///< Both farewells are said: to be finished outside of curl's callbacks.
    bool atEnd = false;  ///< Nothing more can come: the peer has closed the connection.
    bool sendingPaused = false;
    bool receivingPaused = false;
    bool dirty = false; ///< In the loop's list of sockets to look at.
    std::int64_t closeDueUs = 0;

    std::int64_t heardUs = 0;
    std::int64_t pingUs = 0; ///< When a ping went that nothing has come after; 0: none did.
    bool asksProbe = false;
    /// All that was sent has been read by the peer, as a pong showed: from now on it has no reason to leave a ping
    /// unanswered. Before that it may just not be reading, as when a command does not want its input yet.
    bool isRead = true;
    bool pongShowsAll = false;
};

} // namespace net
