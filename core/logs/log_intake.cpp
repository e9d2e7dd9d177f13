// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/log_intake.h"

#include <chrono>
#include <cstdint>
#include <utility>

namespace logs {

namespace {

// How long a line waits for earlier ones of other sources, and how often is looked.
constexpr std::int64_t kWindowMs = 250;
constexpr std::chrono::milliseconds kTick{100};

} // namespace

LogIntake::LogIntake(std::shared_ptr<LineSink> sink, base::Executor& pool, base::Executor& home,
                     const base::Clock& clock, base::Timers& timers, Hooks hooks)
    : m_strand(pool)
    , m_home(home)
    , m_clock(clock)
    , m_timers(timers)
    , m_hooks(std::move(hooks))
    , m_merger(std::move(sink)) {}

std::shared_ptr<kube::LogStream> LogIntake::makeStream(kube::LogSpec spec) {
    return std::make_shared<kube::LogStream>(m_strand, m_clock, std::move(spec));
}

void LogIntake::open(SourceId source, std::shared_ptr<kube::LogStream> stream,
                     std::shared_ptr<kube::Transport> transport, kube::LogSpec::Run run) {
    kube::LogStream::Sink sink;
    sink.lines = [self = shared_from_this(), source](std::vector<kube::LogLine> lines) {
        self->take(source, std::move(lines));
    };
    sink.opened = [self = shared_from_this(), source] { self->report(source, News::Reading, std::nullopt); };
    sink.ended = [self = shared_from_this(), source, weak = std::weak_ptr(stream)](const base::Result<void>& result) {
        const auto ended = weak.lock();
        const bool wasCut = !result && ended && ended->wasCut(result.error());
        self->report(source, wasCut ? News::Interrupted : News::Ended,
                     result ? std::nullopt : std::optional(result.error()));
    };
    m_strand.post([self = shared_from_this(), stream = std::move(stream), transport = std::move(transport), run,
                   sink = std::move(sink)]() mutable { stream->open(transport, run, std::move(sink)); });
}

void LogIntake::finish(SourceId source, std::shared_ptr<kube::LogStream> stream) {
    m_strand.post([self = shared_from_this(), source, stream = std::move(stream)] {
        if (auto lines = stream->finish(); !lines.empty())
            self->take(source, std::move(lines));
    });
}

void LogIntake::passOn(std::function<void()> then) {
    m_strand.post([self = shared_from_this(), then = std::move(then)] {
        if (self->m_isClosed)
            return;
        if (self->m_merger.flush(INT64_MAX))
            self->tellStored();
        self->tell(then);
    });
}

void LogIntake::close() {
    m_isClosed = true;
    m_strand.post([self = shared_from_this()] { self->m_flushing.cancel(); });
}

void LogIntake::take(SourceId source, std::vector<kube::LogLine> lines) {
    if (m_isClosed)
        return;
    m_merger.add(source, std::move(lines), m_clock.steadyMs(), m_clock.nowMs());
    flushLater();
}

void LogIntake::flushLater() {
    if (m_isFlushing)
        return;
    m_isFlushing = true;
    m_flushing = m_timers.after(kTick, m_strand, [weak = weak_from_this()] {
        if (const auto self = weak.lock())
            self->flush();
    });
}

void LogIntake::flush() {
    m_isFlushing = false;
    if (m_isClosed)
        return;
    if (m_merger.flush(m_clock.steadyMs() - kWindowMs))
        tellStored();
    if (!m_merger.isEmpty())
        flushLater();
}

void LogIntake::tellStored() {
    if (!m_isTelling.exchange(true))
        tell([this] {
            m_isTelling = false;
            m_hooks.stored();
        });
}

void LogIntake::tell(std::function<void()> what) {
    m_home.post([self = shared_from_this(), what = std::move(what)] {
        if (!self->m_isClosed)
            what();
    });
}

void LogIntake::report(SourceId source, News news, std::optional<base::Error> error) {
    tell([this, source, news, error = std::move(error)] { m_hooks.news(source, news, error); });
}

} // namespace logs
