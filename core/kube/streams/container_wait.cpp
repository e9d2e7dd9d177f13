// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/container_wait.h"

#include "core/kube/streams/log_stream.h"
#include "core/kube/watch_requests.h"

#include <utility>

namespace kube {

namespace {

constexpr std::chrono::milliseconds kBetweenLooks{500};

} // namespace

ContainerWait::ContainerWait(Environment environment, Subject subject, std::chrono::milliseconds patience, Sink sink)
    : m_environment(std::move(environment))
    , m_subject(std::move(subject))
    , m_untilMs(m_environment.clock.steadyMs() + patience.count())
    , m_sink(std::move(sink)) {
    ask();
}

void ContainerWait::ask() {
    ApiRequest request;
    request.target = "/api/v1/namespaces/" + queryEscape(m_subject.ns) + "/pods/" + queryEscape(m_subject.pod);
    request.verb = "get";
    request.resource = "pods";
    m_step = m_environment.transport->send(std::move(request), m_environment.executor,
                                           [this](base::Result<net::Response> answer) { onAnswer(std::move(answer)); });
}

void ContainerWait::onAnswer(base::Result<net::Response> answer) {
    if (!answer) {
        if (isPassing(answer.error().code))
            again(answer.error());
        else
            finish(base::fail(std::move(answer.error())));
        return;
    }
    const ContainerState state = containerStateOf(answer->body, m_subject.container);
    if (state.phase == ContainerState::Phase::Running || state.phase == ContainerState::Phase::Ended) {
        finish(state, std::move(answer->body));
        return;
    }
    if (std::string why = state.why(); why != m_why) {
        m_why = std::move(why);
        if (m_sink.waiting && !m_why.empty())
            m_sink.waiting(state);
    }
    base::Error late;
    late.code = base::ErrorCode::TimedOut;
    late.message = "container " + m_subject.container + " did not start in time" + (m_why.empty() ? "" : ": " + m_why);
    again(late);
}

void ContainerWait::again(const base::Error& otherwise) {
    if (m_environment.clock.steadyMs() >= m_untilMs)
        finish(base::fail(otherwise));
    else
        m_step = m_environment.timers.after(kBetweenLooks, m_environment.executor, [this] { ask(); });
}

void ContainerWait::finish(base::Result<ContainerState> result, std::string pod) {
    auto done = std::move(m_sink.done);
    done(std::move(result), std::move(pod));
}

} // namespace kube
