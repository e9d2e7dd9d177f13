// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/mailbox.h"

#include "core/net/ticket.h"

#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <utility>

namespace net {

std::int64_t engineTimeUs() {
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return std::int64_t(time.tv_sec) * 1000000 + time.tv_nsec / 1000;
}

Mailbox::Mailbox()
    : m_descriptor(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Mailbox::~Mailbox() {
    ::close(m_descriptor);
}

void Mailbox::post(Command command) {
    bool first = false;
    {
        const std::lock_guard lock(m_mutex);
        if (isClosed())
            return; // the command and what it owns goes with this frame, outside the lock
        first = m_commands.empty();
        m_commands.push_back(std::move(command));
    }
    if (first)
        wake();
}

void Mailbox::close() {
    std::vector<Command> dropped;
    {
        const std::lock_guard lock(m_mutex);
        m_closed.store(true, std::memory_order_release);
        dropped.swap(m_commands);
    }
    wake();
    for (const Command& command : dropped)
        command.ticket->abandon();
}

std::vector<Command> Mailbox::take() {
    eventfd_t count = 0;
    eventfd_read(m_descriptor, &count);
    std::vector<Command> commands;
    const std::lock_guard lock(m_mutex);
    commands.swap(m_commands);
    return commands;
}

void Mailbox::wake() const {
    eventfd_write(m_descriptor, 1);
}

} // namespace net
