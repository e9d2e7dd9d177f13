// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/log_follower.h"

#include "core/base/backoff.h"
#include "core/base/cancel_bag.h"
#include "core/kube/streams/log_stream.h"

#include <utility>

namespace kube {

namespace {

class Follower : public std::enable_shared_from_this<Follower> {
public:
    Follower(LogEnvironment environment, LogSpec spec, LogSink sink, base::CancelToken token)
        : m_environment(std::move(environment))
        , m_run(spec.run)
        , m_stream(std::make_shared<LogStream>(*m_environment.executor, *m_environment.clock, std::move(spec)))
        , m_sink(std::move(sink))
        , m_token(std::move(token))
        , m_backoff(*m_environment.clock) {}

    void ask() {
        if (m_token.isCancelled())
            return;
        LogStream::Sink sink;
        sink.opened = [self = shared_from_this()] {
            if (self->m_sink.opened)
                self->m_sink.opened();
        };
        sink.lines = [self = shared_from_this()](std::vector<LogLine> lines) { self->give(std::move(lines)); };
        sink.ended = [self = shared_from_this()](base::Result<void> result) { self->end(std::move(result)); };
        m_stream->open(m_environment.transport, m_run, std::move(sink));
    }

    void giveUp() {
        m_stream->giveUp();
        m_waiting.close();
    }

private:
    void give(std::vector<LogLine> lines) {
        if (!lines.empty() && m_sink.lines)
            m_sink.lines(std::move(lines));
    }

    void end(base::Result<void> result) {
        if (result) {
            give(m_stream->finish());
        } else if (m_stream->wasCut(result.error())) {
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
    const LogSpec::Run m_run;
    const std::shared_ptr<LogStream> m_stream;
    LogSink m_sink;
    base::CancelToken m_token;
    base::Backoff m_backoff;
    base::CancelSlot m_waiting;
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
