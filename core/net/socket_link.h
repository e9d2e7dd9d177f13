// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/web_socket.h"

#include <atomic>
#include <cstddef>
#include <memory>

namespace net {

class Mailbox;
class Ticket;

/// What the two sides of a WebSocket, its user and the engine's thread, count together. Any thread.
class SocketLink {
public:
    SocketLink(std::shared_ptr<Mailbox> mailbox, std::shared_ptr<Ticket> ticket, SocketOptions::Handled handling);
    ~SocketLink();
    SocketLink(const SocketLink&) = delete;
    SocketLink& operator=(const SocketLink&) = delete;

    /// What one message counts for, its handling included.
    static std::size_t costOf(const SocketMessage& message) { return costOf(message.data.size()); }
    static std::size_t costOf(std::size_t size) { return size + 256; }
    [[nodiscard]] bool waitsToBeTold() const { return m_handling == SocketOptions::Handled::WhenTold; }

    /// The user's side.
    bool send(SocketMessage message);
    void close(int code, std::string reason);

    /// The engine's side: `bytes` of what was sent are on their way. True: the user waits to hear of it.
    bool leave(std::size_t bytes);
    /// The engine's side, and the one that handles messages.
    void arrive(std::size_t bytes) { m_incoming.fetch_add(bytes); }
    void handled(std::size_t bytes);
    /// True: enough has come for now, and the engine will be asked to resume.
    bool isFull();

private:
    const std::shared_ptr<Mailbox> m_mailbox;
    const std::weak_ptr<Ticket> m_ticket;
    const SocketOptions::Handled m_handling;
    std::atomic<std::size_t> m_outgoing = 0;
    std::atomic<std::size_t> m_incoming = 0;
    std::atomic<bool> m_userWaits = false;
    std::atomic<bool> m_engineWaits = false;
};

} // namespace net
