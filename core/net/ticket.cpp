// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/ticket.h"

#include "core/net/mailbox.h"

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

void Ticket::deliverAnswer(base::Result<Response> answer) {
    post(
        [self = shared_from_this(), answer = std::move(answer)]() mutable {
            self->run([&] { self->m_handlers.answer(std::move(answer)); }, Turn::Last);
        },
        Turn::Last);
}

void Ticket::deliverHead(Response head) {
    post(
        [self = shared_from_this(), head = std::move(head)]() mutable {
            self->run(
                [&] {
                    if (self->m_handlers.sink.head)
                        self->m_handlers.sink.head(std::move(head));
                },
                Turn::More);
        },
        Turn::More);
}

void Ticket::deliverData(std::string data) {
    post(
        [self = shared_from_this(), data = std::move(data)]() mutable {
            self->run(
                [&] {
                    if (self->m_handlers.sink.data)
                        self->m_handlers.sink.data(std::move(data));
                },
                Turn::More);
        },
        Turn::More);
}

void Ticket::deliverEnd(base::Result<void> result) {
    post(
        [self = shared_from_this(), result = std::move(result)]() mutable {
            self->run(
                [&] {
                    if (self->m_handlers.sink.end)
                        self->m_handlers.sink.end(std::move(result));
                },
                Turn::Last);
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
