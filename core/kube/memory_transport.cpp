// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/memory_transport.h"

#include "core/kube/status.h"

#include <map>
#include <mutex>
#include <string_view>
#include <utility>

namespace kube {

namespace {

std::string withoutBlanks(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c != ' ')
            result += c;
    }
    return result;
}

MemoryAnswer statusAnswer(int code, std::string_view reason, std::string_view message) {
    MemoryAnswer answer;
    answer.status = code;
    answer.body = R"({"kind":"Status","apiVersion":"v1","status":"Failure","message":")" + std::string(message) +
                  R"(","reason":")" + std::string(reason) + R"(","code":)" + std::to_string(code) + "}";
    return answer;
}

net::Response toResponse(const MemoryAnswer& answer) {
    net::Response response;
    response.status = answer.status;
    response.headers = answer.headers;
    response.headers.emplace_back("Content-Type", answer.contentType);
    response.body = answer.body;
    return response;
}

base::Error toError(const MemoryAnswer& answer, const ApiRequest& request) {
    if (answer.failure) {
        base::Error error = *answer.failure;
        error.verb = request.verb;
        error.resource = request.resource;
        return error;
    }
    return errorFromResponse(toResponse(answer), request);
}

} // namespace

struct MemoryStream::State {
    State(ApiRequest asked, base::Executor& sinkExecutor, net::StreamSink target, base::CancelToken cancelled)
        : request(std::move(asked))
        , executor(sinkExecutor)
        , token(std::move(cancelled))
        , sink(std::make_shared<net::StreamSink>(std::move(target))) {}

    ApiRequest request;
    base::Executor& executor;
    base::CancelToken token;
    std::mutex mutex;
    bool headSent = false;
    bool ended = false;
    // Touched by tasks on `executor` only; shared with them, so that a stream may go before its tasks ran.
    std::shared_ptr<net::StreamSink> sink;

    // Callers hold the mutex.
    template <typename Deliver>
    void post(Deliver deliver) {
        if (token.isCancelled() || !sink)
            return;
        executor.post([cancelled = token, to = sink, deliver = std::move(deliver)]() mutable {
            if (!cancelled.isCancelled())
                deliver(*to);
        });
    }
    void postHead(net::Response head) {
        if (std::exchange(headSent, true))
            return;
        post([head = std::move(head)](net::StreamSink& to) mutable { to.head(std::move(head)); });
    }
    void postEnd(base::Result<void> result) {
        if (std::exchange(ended, true))
            return;
        if (token.isCancelled() || !sink)
            return; // who cancels lets go of it
        // Letting go of the sink may cancel, which takes the mutex: it is for the task to do.
        executor.post([cancelled = token, to = std::move(sink), result = std::move(result)]() mutable {
            if (!cancelled.isCancelled())
                to->end(std::move(result));
        });
    }
};

MemoryStream::MemoryStream(ApiRequest request, base::Executor& executor, net::StreamSink sink,
                           const base::CancelToken& token)
    : m_state(std::make_shared<State>(std::move(request), executor, std::move(sink), token)) {
    // The sink may own its reader, and the reader this transport: let go as soon as nobody reads.
    token.onCancel([weak = std::weak_ptr<State>(m_state)] {
        std::shared_ptr<net::StreamSink> dropped;
        if (const auto state = weak.lock()) {
            const std::lock_guard lock(state->mutex);
            dropped = std::move(state->sink);
        }
    });
}

MemoryStream::~MemoryStream() = default;

const ApiRequest& MemoryStream::request() const {
    return m_state->request;
}

bool MemoryStream::isCancelled() const {
    return m_state->token.isCancelled();
}

void MemoryStream::head(net::Response head) {
    const std::lock_guard lock(m_state->mutex);
    if (!m_state->ended)
        m_state->postHead(std::move(head));
}

void MemoryStream::send(std::string bytes) {
    const std::lock_guard lock(m_state->mutex);
    if (m_state->ended)
        return;
    net::Response head;
    head.status = 200;
    m_state->postHead(std::move(head));
    m_state->post([bytes = std::move(bytes)](net::StreamSink& to) mutable { to.data(std::move(bytes)); });
}

void MemoryStream::end(base::Result<void> result) {
    const std::lock_guard lock(m_state->mutex);
    m_state->postEnd(std::move(result));
}

void MemoryStream::refuse(const MemoryAnswer& answer) {
    const std::lock_guard lock(m_state->mutex);
    m_state->postEnd(base::fail(toError(answer, m_state->request)));
}

struct MemoryTransport::State {
    explicit State(base::Timers* timersUsed)
        : timers(timersUsed) {}

    base::Timers* timers;
    mutable std::mutex mutex;
    std::map<std::string, std::map<std::string, MemoryAnswer>, std::less<>> answers; // target -> media type -> answer
    std::function<std::optional<MemoryAnswer>(const ApiRequest&)> sendScript;
    std::function<void(std::shared_ptr<MemoryStream>)> streamScript;
    std::vector<ApiRequest> requests;
    std::vector<std::shared_ptr<MemoryStream>> silent;
    std::int64_t capturedAtMs = 0;

    MemoryAnswer find(const ApiRequest& request) const {
        const std::lock_guard lock(mutex);
        auto found = answers.find(request.target);
        if (found == answers.end())
            found = answers.find(std::string_view(request.target).substr(0, request.target.find('?')));
        if (found == answers.end())
            return statusAnswer(404, "NotFound", "nothing was captured at this path");
        std::string_view rest = request.accept;
        while (!rest.empty()) {
            const std::size_t comma = rest.find(',');
            const std::string type = withoutBlanks(rest.substr(0, comma));
            if (const auto answer = found->second.find(type); answer != found->second.end())
                return answer->second;
            if (type == "*/*")
                return found->second.begin()->second;
            rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        }
        return statusAnswer(406, "NotAcceptable", "this path was not captured in a form that was asked for");
    }
};

MemoryTransport::MemoryTransport(base::Timers* timers)
    : m_state(std::make_shared<State>(timers)) {}

MemoryTransport::~MemoryTransport() = default;

void MemoryTransport::put(std::string target, MemoryAnswer answer) {
    const std::lock_guard lock(m_state->mutex);
    std::string type = withoutBlanks(answer.contentType);
    m_state->answers[std::move(target)].insert_or_assign(std::move(type), std::move(answer));
}

void MemoryTransport::onSend(std::function<std::optional<MemoryAnswer>(const ApiRequest&)> script) {
    const std::lock_guard lock(m_state->mutex);
    m_state->sendScript = std::move(script);
}

void MemoryTransport::onStream(std::function<void(std::shared_ptr<MemoryStream>)> script) {
    const std::lock_guard lock(m_state->mutex);
    m_state->streamScript = std::move(script);
}

void MemoryTransport::setCapturedAtMs(std::int64_t ms) {
    const std::lock_guard lock(m_state->mutex);
    m_state->capturedAtMs = ms;
}

base::Cancel MemoryTransport::send(ApiRequest request, base::Executor& executor,
                                   net::Handler<base::Result<net::Response>> handler) {
    std::function<std::optional<MemoryAnswer>(const ApiRequest&)> script;
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->requests.push_back(request);
        script = m_state->sendScript;
    }
    std::optional<MemoryAnswer> scripted = script ? script(request) : std::nullopt;
    const MemoryAnswer answer = scripted ? std::move(*scripted) : m_state->find(request);
    base::Result<net::Response> result = toResponse(answer);
    if (answer.failure || answer.status >= 400)
        result = base::fail(toError(answer, request));

    base::Task deliver = [handler = std::move(handler), result = std::move(result)]() mutable {
        handler(std::move(result));
    };
    if (answer.delay.count() > 0 && m_state->timers)
        return m_state->timers->after(answer.delay, executor, std::move(deliver));
    base::Cancel cancel = base::Cancel::create();
    executor.post([token = cancel.token(), deliver = std::move(deliver)] {
        if (!token.isCancelled())
            deliver();
    });
    return cancel;
}

base::Cancel MemoryTransport::stream(ApiRequest request, base::Executor& executor, net::StreamSink sink) {
    base::Cancel cancel = base::Cancel::create();
    const bool asksInitialEvents = request.target.find("sendInitialEvents=") != std::string::npos;
    std::function<void(std::shared_ptr<MemoryStream>)> script;
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->requests.push_back(request);
        script = m_state->streamScript;
    }
    auto stream = std::make_shared<MemoryStream>(std::move(request), executor, std::move(sink), cancel.token());
    if (script) {
        script(std::move(stream));
    } else if (asksInitialEvents) {
        stream->refuse(statusAnswer(422, "Invalid", "initial events are not served from memory"));
    } else {
        stream->head();
        const std::lock_guard lock(m_state->mutex);
        std::erase_if(m_state->silent, [](const auto& open) { return open->isCancelled(); });
        m_state->silent.push_back(std::move(stream));
    }
    return cancel;
}

std::int64_t MemoryTransport::capturedAtMs() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->capturedAtMs;
}

std::vector<ApiRequest> MemoryTransport::requests() const {
    const std::lock_guard lock(m_state->mutex);
    return m_state->requests;
}

} // namespace kube
