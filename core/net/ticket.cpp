// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/ticket.h"

#include "core/net/mailbox.h"
#include "core/net/socket_link.h"

#include <utility>

namespace net {

Ticket::Ticket(std::shared_ptr<const Mailbox> mailbox, base::Executor& executor, Handler<base::Result<Response>> answer)
    : m_mailbox(std::move(mailbox))
    , m_executor(executor) {
    m_handlers.answer = std::move(answer);
}

Ticket::Ticket(std::shared_ptr<const Mailbox> mailbox, base::Executor& executor, StreamSink sink)
    : m_mailbox(std::move(mailbox))
    , m_executor(executor) {
    m_handlers.sink = std::move(sink);
}

Ticket::Ticket(std::shared_ptr<const Mailbox> mailbox, base::Executor& executor, SocketSink sink)
    : m_mailbox(std::move(mailbox))
    , m_executor(executor) {
    m_handlers.socket = std::move(sink);
}

template <typename Call>
void Ticket::deliver(Call call, Turn turn) {
    post([self = shared_from_this(), call = std::move(call),
          turn]() mutable { self->run([&] { call(self->m_handlers); }, turn); },
         turn);
}

void Ticket::deliverAnswer(base::Result<Response> answer) {
    deliver([answer = std::move(answer)](const Handlers& handlers) mutable { handlers.answer(std::move(answer)); },
            Turn::Last);
}

void Ticket::deliverHead(Response head) {
    deliver(
        [head = std::move(head)](const Handlers& handlers) mutable {
            if (handlers.sink.head)
                handlers.sink.head(std::move(head));
        },
        Turn::More);
}

void Ticket::deliverData(std::string data) {
    deliver(
        [data = std::move(data)](const Handlers& handlers) mutable {
            if (handlers.sink.data)
                handlers.sink.data(std::move(data));
        },
        Turn::More);
}

void Ticket::deliverEnd(base::Result<void> result) {
    deliver(
        [result = std::move(result)](const Handlers& handlers) mutable {
            if (handlers.sink.end)
                handlers.sink.end(std::move(result));
        },
        Turn::Last);
}

void Ticket::deliverOpened(Response head) {
    deliver(
        [head = std::move(head)](const Handlers& handlers) mutable {
            if (handlers.socket.opened)
                handlers.socket.opened(std::move(head));
        },
        Turn::More);
}

void Ticket::deliverMessage(SocketMessage message, std::shared_ptr<SocketLink> link) {
    deliver(
        [message = std::move(message), link = std::move(link)](const Handlers& handlers) mutable {
            const std::size_t size = SocketLink::costOf(message);
            if (handlers.socket.message)
                handlers.socket.message(std::move(message));
            if (!link->waitsToBeTold())
                link->handled(size);
        },
        Turn::More);
}

void Ticket::deliverDrained() {
    deliver(
        [](const Handlers& handlers) {
            if (handlers.socket.drained)
                handlers.socket.drained();
        },
        Turn::More);
}

void Ticket::deliverRefused(Response answer) {
    deliver(
        [answer = std::move(answer)](const Handlers& handlers) mutable {
            if (handlers.socket.refused)
                handlers.socket.refused(std::move(answer));
        },
        Turn::Last);
}

void Ticket::deliverClosed(base::Result<SocketClose> farewell) {
    deliver(
        [farewell = std::move(farewell)](const Handlers& handlers) mutable {
            if (handlers.socket.closed)
                handlers.socket.closed(std::move(farewell));
        },
        Turn::Last);
}

void Ticket::abandon() {
    Handlers dropped; // destroyed after the lock is released: they may own anything
    const std::lock_guard lock(m_mutex);
    m_abandoned = true;
    if (!m_running)
        dropped = std::exchange(m_handlers, {});
}

// Posted under the mutex, so that abandon() waits for a post that has begun.
void Ticket::post(base::Task task, Turn turn) {
    const std::lock_guard lock(m_mutex);
    if (turn == Turn::Last)
        m_finished.store(true, std::memory_order_release);
    if (!m_abandoned)
        m_executor.post(std::move(task));
}

template <typename Call>
void Ticket::run(Call&& call, Turn turn) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_abandoned || m_mailbox->isClosed())
            return;
        m_running = true;
    }
    call();
    Handlers dropped;
    const std::lock_guard lock(m_mutex);
    m_running = false;
    if (m_abandoned || turn == Turn::Last)
        dropped = std::exchange(m_handlers, {});
}

} // namespace net
