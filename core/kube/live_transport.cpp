// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/live_transport.h"

#include "core/base/cancel_bag.h"
#include "core/kube/status.h"

#include <mutex>
#include <optional>
#include <utility>

namespace kube {

namespace {

constexpr std::size_t kMostErrorBytes = std::size_t(256) << 10;

} // namespace

const std::string& userAgent() {
    static const std::string text = "quarterdeck/" QUARTERDECK_VERSION;
    return text;
}

/// What all calls to one server share. Safe on any thread.
class LiveServer {
public:
    LiveServer(net::Engine& engineUsed, std::shared_ptr<const net::Endpoint> way, std::shared_ptr<Credentials> user)
        : engine(engineUsed)
        , endpoint(std::move(way))
        , credentials(std::move(user)) {}

    net::Engine& engine;
    const std::shared_ptr<const net::Endpoint> endpoint;
    const std::shared_ptr<Credentials> credentials;

    // The endpoint with the certificate of `material`: one object a generation, as connections are shared by it.
    std::shared_ptr<const net::Endpoint> endpointFor(const AuthMaterial& material) {
        if (material.clientCertPem.empty())
            return endpoint;
        const std::lock_guard lock(m_mutex);
        if (!m_pluginEndpoint || m_pluginGeneration != material.generation) {
            auto changed = std::make_shared<net::Endpoint>(*endpoint);
            changed->clientCertPem = material.clientCertPem;
            changed->clientKeyPem = material.clientKeyPem;
            m_pluginEndpoint = std::move(changed);
            m_pluginGeneration = material.generation;
        }
        return m_pluginEndpoint;
    }

private:
    std::mutex m_mutex;
    std::shared_ptr<const net::Endpoint> m_pluginEndpoint;
    std::uint64_t m_pluginGeneration = 0;
};

namespace {

/// One call on its way: authorize, ask, and once more after a 401. Kept alive by the step under way; everything but the
/// slot runs on the caller's executor.
class Call : public std::enable_shared_from_this<Call> {
public:
    Call(std::shared_ptr<LiveServer> server, ApiRequest request, base::Executor& executor, base::CancelToken token)
        : m_server(std::move(server))
        , m_request(std::move(request))
        , m_executor(executor)
        , m_token(std::move(token)) {}
    virtual ~Call() = default;
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    void start() {
        if (!m_server->credentials) {
            ask({});
            return;
        }
        m_authorizing.set(m_server->credentials->authorize(
            m_executor, [self = shared_from_this()](base::Result<AuthMaterial> material) {
                if (self->m_token.isCancelled())
                    return;
                if (material)
                    self->ask(std::move(*material));
                else
                    self->finish(self->describe(std::move(material.error())));
            }));
    }

    void giveUp() {
        m_authorizing.close();
        m_asking.close();
    }

protected:
    virtual void askEngine(net::Request request) = 0;
    virtual void finish(base::Error error) = 0;

    // True if the call starts over with fresh credentials.
    bool retriesAfter(int status) {
        if (status != 401 || m_isSecondTry || !m_server->credentials ||
            !m_server->credentials->invalidate(m_generation))
            return false;
        m_isSecondTry = true;
        start();
        return true;
    }

    base::Error describe(base::Error error) const {
        if (error.verb.empty())
            error.verb = m_request.verb;
        if (error.resource.empty())
            error.resource = m_request.resource;
        return error;
    }

    std::shared_ptr<LiveServer> m_server;
    ApiRequest m_request;
    base::Executor& m_executor;
    base::CancelToken m_token;
    // Two, since authorize() may call back elsewhere before it has returned its Cancel here.
    base::CancelSlot m_authorizing;
    base::CancelSlot m_asking;

private:
    void ask(AuthMaterial material) {
        m_generation = material.generation;
        net::Request request;
        request.endpoint = m_server->endpointFor(material);
        request.method = m_request.method;
        request.target = m_request.target;
        request.headers = std::move(material.headers);
        request.headers.emplace_back("Accept", m_request.accept);
        request.headers.emplace_back("User-Agent", userAgent());
        if (!m_request.contentType.empty())
            request.headers.emplace_back("Content-Type", m_request.contentType);
        if (!m_request.compressed)
            request.headers.emplace_back("Accept-Encoding", "identity");
        request.body = m_request.body;
        request.deadline = m_request.deadline;
        request.maxBody = m_request.maxBody;
        askEngine(std::move(request));
    }

    std::uint64_t m_generation = 0;
    bool m_isSecondTry = false;
};

class SendCall final : public Call {
public:
    SendCall(std::shared_ptr<LiveServer> server, ApiRequest request, base::Executor& executor, base::CancelToken token,
             net::Handler<base::Result<net::Response>> handler)
        : Call(std::move(server), std::move(request), executor, std::move(token))
        , m_handler(std::move(handler)) {}

private:
    std::shared_ptr<SendCall> self() { return std::static_pointer_cast<SendCall>(shared_from_this()); }

    void askEngine(net::Request request) override {
        m_asking.set(
            m_server->engine.send(std::move(request), m_executor, [self = self()](base::Result<net::Response> answer) {
                if (!self->m_token.isCancelled())
                    self->take(std::move(answer));
            }));
    }

    void take(base::Result<net::Response> answer) {
        if (!answer) {
            finish(describe(std::move(answer.error())));
        } else if (answer->status >= 400) {
            if (!retriesAfter(answer->status))
                finish(errorFromResponse(*answer, m_request));
        } else {
            respond(std::move(answer));
        }
    }

    void finish(base::Error error) override { respond(base::fail(std::move(error))); }

    void respond(base::Result<net::Response> result) {
        giveUp();
        const auto handler = std::move(m_handler);
        handler(std::move(result));
    }

    net::Handler<base::Result<net::Response>> m_handler;
};

class StreamCall final : public Call {
public:
    StreamCall(std::shared_ptr<LiveServer> server, ApiRequest request, base::Executor& executor,
               base::CancelToken token, net::StreamSink sink)
        : Call(std::move(server), std::move(request), executor, std::move(token))
        , m_sink(std::move(sink)) {}

private:
    std::shared_ptr<StreamCall> self() { return std::static_pointer_cast<StreamCall>(shared_from_this()); }

    void askEngine(net::Request request) override {
        m_refusal.reset();
        net::StreamSink sink;
        sink.head = [self = self()](net::Response head) {
            if (self->m_token.isCancelled())
                return;
            if (head.status >= 400)
                self->m_refusal = std::move(head);
            else
                self->m_sink.head(std::move(head));
        };
        sink.data = [self = self()](std::string bytes) {
            if (self->m_token.isCancelled())
                return;
            if (!self->m_refusal)
                self->m_sink.data(std::move(bytes));
            else
                self->takeRefusal(bytes);
        };
        sink.end = [self = self()](base::Result<void> result) {
            if (!self->m_token.isCancelled())
                self->end(std::move(result));
        };
        m_asking.set(m_server->engine.stream(std::move(request), m_executor, std::move(sink)));
    }

    // A reason has been given long before.
    void takeRefusal(const std::string& bytes) {
        m_refusal->body += bytes;
        if (m_refusal->body.size() >= kMostErrorBytes) {
            m_asking.clear();
            end({});
        }
    }

    void end(base::Result<void> result) {
        if (m_refusal) {
            if (!retriesAfter(m_refusal->status))
                finish(errorFromResponse(*m_refusal, m_request));
        } else if (result) {
            respond({});
        } else {
            finish(describe(std::move(result.error())));
        }
    }

    void finish(base::Error error) override { respond(base::fail(std::move(error))); }

    void respond(base::Result<void> result) {
        giveUp();
        const auto end = std::move(m_sink.end);
        end(std::move(result));
    }

    net::StreamSink m_sink;
    std::optional<net::Response> m_refusal;
};

class SocketCall final : public Call {
public:
    SocketCall(std::shared_ptr<LiveServer> server, ApiRequest request, net::SocketOptions options,
               base::Executor& executor, base::CancelToken token, net::SocketSink sink)
        : Call(std::move(server), std::move(request), executor, std::move(token))
        , m_options(std::move(options))
        , m_sink(std::move(sink)) {}

    bool send(net::SocketMessage message) { return m_isOpen && m_socket.send(std::move(message)); }
    void handled(std::size_t size) { m_socket.handled(size); }
    void close() { m_socket.close(); }

private:
    std::shared_ptr<SocketCall> self() { return std::static_pointer_cast<SocketCall>(shared_from_this()); }

    // A handler of the caller's, unless it has given up.
    template <typename Handler, typename... Arguments>
    void tell(const Handler& handler, Arguments&&... arguments) {
        if (handler && !m_token.isCancelled())
            handler(std::forward<Arguments>(arguments)...);
    }

    void askEngine(net::Request request) override {
        request.maxBody = kMostErrorBytes;
        net::SocketSink sink;
        sink.opened = [self = self()](net::Response head) {
            self->m_isOpen = true;
            self->tell(self->m_sink.opened, std::move(head));
        };
        sink.message = [self = self()](net::SocketMessage message) {
            self->tell(self->m_sink.message, std::move(message));
        };
        sink.drained = [self = self()] { self->tell(self->m_sink.drained); };
        sink.refused = [self = self()](net::Response answer) {
            if (self->m_token.isCancelled() || self->retriesAfter(answer.status))
                return;
            self->finish(answer.status >= 400 ? errorFromResponse(answer, self->m_request)
                                              : self->describe(notSwitched(answer)));
        };
        sink.closed = [self = self()](base::Result<net::SocketClose> farewell) {
            if (!farewell)
                self->finish(self->describe(std::move(farewell.error())));
            else
                self->respond(std::move(farewell));
        };
        m_socket = m_server->engine.connect(std::move(request), m_options, m_executor, std::move(sink));
        m_asking.set(m_socket.takeCancel());
    }

    static base::Error notSwitched(const net::Response& answer) {
        base::Error error;
        error.code = base::ErrorCode::BadResponse;
        error.httpStatus = answer.status;
        error.message =
            "the server, or a proxy before it, opened no WebSocket but answered " + std::to_string(answer.status);
        return error;
    }

    void finish(base::Error error) override { respond(base::fail(std::move(error))); }

    void respond(base::Result<net::SocketClose> result) {
        m_isOpen = false;
        giveUp();
        const auto closed = std::move(m_sink.closed);
        tell(closed, std::move(result));
    }

    const net::SocketOptions m_options;
    net::SocketSink m_sink;
    net::WebSocket m_socket;
    bool m_isOpen = false;
};

class LiveSocket final : public Socket {
public:
    LiveSocket(base::Cancel cancel, std::shared_ptr<SocketCall> call)
        : m_call(std::move(call))
        , m_cancel(std::move(cancel)) {}

    bool send(net::SocketMessage message) override { return m_call->send(std::move(message)); }
    void handled(std::size_t size) override { m_call->handled(size); }
    void close() override { m_call->close(); }

private:
    std::shared_ptr<SocketCall> m_call;
    base::Cancel m_cancel;
};

template <typename CallPtr>
base::Cancel run(const CallPtr& call, base::Cancel cancel) {
    cancel.token().onCancel([weak = std::weak_ptr(call)] {
        if (const auto running = weak.lock())
            running->giveUp();
    });
    call->start();
    return cancel;
}

} // namespace

LiveTransport::LiveTransport(net::Engine& engine, std::shared_ptr<const net::Endpoint> endpoint,
                             std::shared_ptr<Credentials> credentials)
    : m_server(std::make_shared<LiveServer>(engine, std::move(endpoint), std::move(credentials))) {}

LiveTransport::~LiveTransport() = default;

base::Cancel LiveTransport::send(ApiRequest request, base::Executor& executor,
                                 net::Handler<base::Result<net::Response>> handler) {
    base::Cancel cancel = base::Cancel::create();
    const auto call =
        std::make_shared<SendCall>(m_server, std::move(request), executor, cancel.token(), std::move(handler));
    return run(call, std::move(cancel));
}

base::Cancel LiveTransport::stream(ApiRequest request, base::Executor& executor, net::StreamSink sink) {
    base::Cancel cancel = base::Cancel::create();
    const auto call =
        std::make_shared<StreamCall>(m_server, std::move(request), executor, cancel.token(), std::move(sink));
    return run(call, std::move(cancel));
}

std::unique_ptr<Socket> LiveTransport::connect(ApiRequest request, net::SocketOptions options, base::Executor& executor,
                                               net::SocketSink sink) {
    base::Cancel cancel = base::Cancel::create();
    auto call = std::make_shared<SocketCall>(m_server, std::move(request), std::move(options), executor, cancel.token(),
                                             std::move(sink));
    base::Cancel running = run(call, std::move(cancel));
    return std::make_unique<LiveSocket>(std::move(running), std::move(call));
}

} // namespace kube
