// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/engine.h"

#include "core/net/loop.h"
#include "core/net/mailbox.h"
#include "core/net/socket_link.h"
#include "core/net/ticket.h"

#include <curl/curl.h>
#include <sys/resource.h>

#include <algorithm>
#include <mutex>
#include <thread>
#include <utility>

namespace net {

namespace {

constexpr rlim_t kManySockets = 65536;

// Desktops start programs with 1024 descriptors, and over HTTP/1.1 every watch holds a connection.
void allowManySockets() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    const rlim_t wanted = std::min(limit.rlim_max, kManySockets);
    if (limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = wanted;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

class Engine::Impl {
public:
    Impl()
        : m_mailbox(std::make_shared<Mailbox>())
        , m_environment(ProxyEnvironment::read()) {
        static std::once_flag once;
        std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
        allowManySockets();
        m_thread = std::thread([this] {
            Loop loop(m_mailbox, m_environment);
            loop.run();
        });
    }

    ~Impl() {
        m_mailbox->close();
        m_thread.join();
    }

    base::Cancel begin(std::shared_ptr<Ticket> ticket, TransferKind kind, Request request) {
        Command command;
        command.ticket = std::move(ticket);
        command.transfer = kind;
        command.request = std::move(request);
        return begin(std::move(command));
    }

    base::Cancel begin(Command command) {
        std::shared_ptr<Ticket> ticket = command.ticket;
        command.askedUs = engineTimeUs();
        m_mailbox->post(std::move(command));
        base::Cancel cancel = base::Cancel::create();
        cancel.token().onCancel([ticket = std::move(ticket), mailbox = m_mailbox] {
            const bool finished = ticket->isFinished();
            ticket->abandon();
            if (finished)
                return;
            Command abort;
            abort.kind = Command::Kind::Abort;
            abort.ticket = ticket;
            mailbox->post(std::move(abort));
        });
        return cancel;
    }

    const std::shared_ptr<Mailbox>& mailbox() const { return m_mailbox; }

private:
    const std::shared_ptr<Mailbox> m_mailbox;
    const ProxyEnvironment m_environment;
    std::thread m_thread;
};

Engine::Engine()
    : m_impl(std::make_unique<Impl>()) {}

Engine::~Engine() = default;

base::Cancel Engine::send(Request request, base::Executor& executor, Handler<base::Result<Response>> handler) {
    auto ticket = std::make_shared<Ticket>(m_impl->mailbox(), executor, std::move(handler));
    const TransferKind kind = request.inspection ? TransferKind::Inspection : TransferKind::Request;
    return m_impl->begin(std::move(ticket), kind, std::move(request));
}

base::Cancel Engine::stream(Request request, base::Executor& executor, StreamSink sink) {
    auto ticket = std::make_shared<Ticket>(m_impl->mailbox(), executor, std::move(sink));
    return m_impl->begin(std::move(ticket), TransferKind::Stream, std::move(request));
}

WebSocket Engine::connect(Request request, SocketOptions options, base::Executor& executor, SocketSink sink) {
    Command command;
    command.ticket = std::make_shared<Ticket>(m_impl->mailbox(), executor, std::move(sink));
    command.link = std::make_shared<SocketLink>(m_impl->mailbox(), command.ticket, options.handled);
    command.transfer = TransferKind::Socket;
    command.request = std::move(request);
    command.socket = std::move(options);
    std::shared_ptr<SocketLink> link = command.link;
    return {m_impl->begin(std::move(command)), std::move(link)};
}

} // namespace net
