// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/web_socket.h"

#include "core/net/mailbox.h"
#include "core/net/socket_link.h"
#include "core/net/ticket.h"

#include <utility>

namespace net {

namespace {

constexpr std::size_t kMost = WebSocket::kMostBuffered;

} // namespace

bool WebSocket::send(SocketMessage message) {
    return !m_link || m_link->send(std::move(message));
}

void WebSocket::handled(std::size_t size) {
    if (m_link && m_link->waitsToBeTold())
        m_link->handled(SocketLink::costOf(size));
}

void WebSocket::close(int code, std::string reason) {
    if (m_link)
        m_link->close(code, std::move(reason));
}

SocketLink::SocketLink(std::shared_ptr<Mailbox> mailbox, std::shared_ptr<Ticket> ticket,
                       SocketOptions::Handled handling)
    : m_mailbox(std::move(mailbox))
    , m_ticket(ticket)
    , m_handling(handling) {}

SocketLink::~SocketLink() = default;

// In both directions the wish to be told is set before the look: whoever makes room looks for it afterwards.
bool SocketLink::send(SocketMessage message) {
    const std::shared_ptr<Ticket> ticket = m_ticket.lock();
    if (!ticket || ticket->isFinished())
        return true;
    m_userWaits.store(true);
    if (m_outgoing.load() >= kMost)
        return false;
    m_userWaits.store(false);
    m_outgoing.fetch_add(costOf(message));
    Command command;
    command.kind = Command::Kind::Speak;
    command.ticket = ticket;
    command.message = std::move(message);
    m_mailbox->post(std::move(command));
    return true;
}

void SocketLink::close(int code, std::string reason) {
    const std::shared_ptr<Ticket> ticket = m_ticket.lock();
    if (!ticket || ticket->isFinished())
        return;
    Command command;
    command.kind = Command::Kind::Close;
    command.ticket = ticket;
    command.farewell = {code, std::move(reason)};
    m_mailbox->post(std::move(command));
}

bool SocketLink::leave(std::size_t bytes) {
    const std::size_t left = m_outgoing.fetch_sub(bytes) - bytes;
    return left <= kMost / 2 && m_userWaits.exchange(false);
}

void SocketLink::handled(std::size_t bytes) {
    const std::size_t left = m_incoming.fetch_sub(bytes) - bytes;
    if (left > kMost / 2 || !m_engineWaits.exchange(false))
        return;
    if (std::shared_ptr<Ticket> ticket = m_ticket.lock()) {
        Command command;
        command.kind = Command::Kind::Resume;
        command.ticket = std::move(ticket);
        m_mailbox->post(std::move(command));
    }
}

bool SocketLink::isFull() {
    m_engineWaits.store(true);
    if (m_incoming.load() >= kMost)
        return true;
    m_engineWaits.store(false);
    return false;
}

} // namespace net
