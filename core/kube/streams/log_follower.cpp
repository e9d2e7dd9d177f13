// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/log_follower.h"

#include "core/base/backoff.h"
#include "core/base/cancel_bag.h"
#include "core/kube/streams/log_resume.h"

#include <utility>

namespace kube {

namespace {

// What may be over with the next attempt.
bool isPassing(base::ErrorCode code) {
    switch (code) {
    case base::ErrorCode::NameResolution:
    case base::ErrorCode::Refused:
    case base::ErrorCode::Unreachable:
    case base::ErrorCode::TimedOut:
    case base::ErrorCode::Throttled:
    case base::ErrorCode::ServerFailure:
    case base::ErrorCode::BadResponse:
        return true;
    default:
        return false;
    }
}

class Follower : public std::enable_shared_from_this<Follower> {
public:
    Follower(LogEnvironment environment, LogSpec spec, LogSink sink, base::CancelToken token)
        : m_environment(std::move(environment))
        , m_spec(std::move(spec))
        , m_sink(std::move(sink))
        , m_token(std::move(token))
        , m_backoff(*m_environment.clock) {
        m_spec.timestamps = LogSpec::Timestamps::With;
        m_spec.limitBytes.reset();
    }

    void ask() {
        if (m_token.isCancelled())
            return;
        LogSpec spec = m_spec;
        if (!m_resume.sinceTime().empty()) {
            spec.sinceTime = m_resume.sinceTime();
            spec.tailLines.reset();
            spec.sinceSeconds.reset();
        }
        m_resume.restart();
        m_reader = LogLineReader();
        net::StreamSink sink;
        sink.head = [self = shared_from_this()](const net::Response&) {
            self->m_wasOpen = true;
            if (self->m_sink.opened && !self->m_token.isCancelled())
                self->m_sink.opened();
        };
        sink.data = [self = shared_from_this()](const std::string& bytes) {
            std::vector<LogLine> lines;
            self->m_reader.feed(bytes, lines);
            self->give(std::move(lines));
        };
        sink.end = [self = shared_from_this()](base::Result<void> result) { self->end(std::move(result)); };
        m_asking.set(m_environment.transport->stream(logRequest(spec), *m_environment.executor, std::move(sink)));
    }

    void giveUp() {
        m_asking.close();
        m_waiting.close();
    }

private:
    void give(std::vector<LogLine> lines) {
        if (m_token.isCancelled())
            return;
        m_resume.filter(lines);
        if (!lines.empty() && m_sink.lines)
            m_sink.lines(std::move(lines));
    }

    void end(base::Result<void> result) {
        if (m_token.isCancelled())
            return;
        if (result) {
            std::vector<LogLine> lines;
            m_reader.finish(lines);
            give(std::move(lines));
        } else if (m_wasOpen && isPassing(result.error().code)) {
            // What is left of a line comes again.
            if (m_sink.interrupted)
                m_sink.interrupted(result.error());
            if (!m_token.isCancelled())
                m_waiting.set(m_environment.timers->after(m_backoff.next(), *m_environment.executor,
                                                          [self = shared_from_this()] { self->ask(); }));
            return;
        }
        const auto ended = std::move(m_sink.ended);
        if (ended && !m_token.isCancelled())
            ended(std::move(result));
    }

    const LogEnvironment m_environment;
    LogSpec m_spec;
    LogSink m_sink;
    base::CancelToken m_token;
    base::Backoff m_backoff;
    base::CancelSlot m_asking;
    base::CancelSlot m_waiting;
    LogLineReader m_reader;
    LogResume m_resume;
    bool m_wasOpen = false;
};

} // namespace

base::Cancel followLog(LogEnvironment environment, LogSpec spec, LogSink sink) {
    base::Cancel cancel = base::Cancel::create();
    const auto follower =
        std::make_shared<Follower>(std::move(environment), std::move(spec), std::move(sink), cancel.token());
    cancel.token().onCancel([weak = std::weak_ptr(follower)] {
        if (const auto running = weak.lock())
            running->giveUp();
    });
    follower->ask();
    return cancel;
}

} // namespace kube
