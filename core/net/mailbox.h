// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http.h"
#include "core/net/web_socket.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace net {

class SocketLink;
class Ticket;

enum class TransferKind { Request, Stream, Socket, Probe, Inspection };

/// What other threads ask of the engine's thread.
struct Command {
    enum class Kind {
        Start,
        Abort,
        Speak,  ///< To a socket: send `message`.
        Close,  ///< To a socket: say `farewell`.
        Resume, ///< To a socket: what came was handled, read on.
    };
    Kind kind = Kind::Start;
    std::shared_ptr<Ticket> ticket;
    TransferKind transfer = TransferKind::Request;
    std::int64_t askedUs = 0; ///< engineTimeUs() at the call.
    Request request;
    SocketOptions socket; ///< With `link`, to start a socket.
    std::shared_ptr<SocketLink> link;
    SocketMessage message;
    SocketClose farewell;
};

/// Microseconds of a clock that also runs while the machine sleeps, so that what fell due in that time is due on
/// waking.
std::int64_t engineTimeUs();

/// The way into the engine's thread: a queue and an eventfd. Outlives the engine in the hands of Cancels.
class Mailbox {
public:
    Mailbox();
    ~Mailbox();
    Mailbox(const Mailbox&) = delete;
    Mailbox& operator=(const Mailbox&) = delete;

    /// Any thread. Dropped after close().
    void post(Command command);
    /// From now on commands are dropped and no handler of this engine runs. Wakes the engine's thread.
    void close();
    [[nodiscard]] bool isClosed() const { return m_closed.load(std::memory_order_acquire); }

    /// The engine's thread.
    [[nodiscard]] int descriptor() const { return m_descriptor; }
    std::vector<Command> take();

private:
    void wake() const;

    int m_descriptor;
    std::atomic<bool> m_closed = false;
    std::mutex m_mutex;
    std::vector<Command> m_commands;
};

} // namespace net
