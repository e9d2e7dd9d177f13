// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/net/engine.h"
#include "core/net/http.h"
#include "core/net/web_socket.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>

namespace net {

class Mailbox;
class SocketLink;

/// The handlers of one request and the way to their executor. The engine's thread delivers; any thread may abandon.
/// Once abandon() has returned the executor is not touched again, so that a caller may cancel and then destroy it, and
/// the handlers are destroyed on the abandoning thread (or after the one that is running just now).
class Ticket : public std::enable_shared_from_this<Ticket> {
public:
    Ticket(std::shared_ptr<const Mailbox> mailbox, base::Executor& executor, Handler<base::Result<Response>> answer);
    Ticket(std::shared_ptr<const Mailbox> mailbox, base::Executor& executor, StreamSink sink);
    Ticket(std::shared_ptr<const Mailbox> mailbox, base::Executor& executor, SocketSink sink);

    void deliverAnswer(base::Result<Response> answer);
    void deliverHead(Response head);
    void deliverData(std::string data);
    void deliverEnd(base::Result<void> result);

    void deliverOpened(Response head);
    /// Tells the link when it was handled.
    void deliverMessage(SocketMessage message, std::shared_ptr<SocketLink> link);
    void deliverDrained();
    void deliverRefused(Response answer);
    void deliverClosed(base::Result<SocketClose> farewell);

    void abandon();
    /// True once the last delivery was posted: nothing is left to abort.
    [[nodiscard]] bool isFinished() const { return m_finished.load(std::memory_order_acquire); }

private:
    struct Handlers {
        Handler<base::Result<Response>> answer;
        StreamSink sink;
        SocketSink socket;
    };
    enum class Turn { More, Last };

    /// Runs `call(handlers)` on the executor.
    template <typename Call>
    void deliver(Call call, Turn turn);
    void post(base::Task task, Turn turn);
    template <typename Call>
    void run(Call&& call, Turn turn);

    const std::shared_ptr<const Mailbox> m_mailbox;
    base::Executor& m_executor;
    std::atomic<bool> m_finished = false;
    std::mutex m_mutex;
    bool m_abandoned = false;
    bool m_running = false;
    Handlers m_handlers; // touched under the mutex, or by the handler's thread while m_running
};

} // namespace net
