// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/log_stream.h"

#include "core/base/text.h"
#include "core/kube/status.h"

#include <utility>

namespace kube {

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

LogStream::LogStream(base::Executor& executor, const base::Clock& clock, LogSpec spec)
    : m_executor(executor)
    , m_clock(clock)
    , m_spec(std::move(spec)) {
    m_spec.timestamps = LogSpec::Timestamps::With;
    m_spec.limitBytes.reset();
}

void LogStream::open(const std::shared_ptr<Transport>& transport, LogSpec::Run run, Sink sink) {
    if (m_isGivenUp)
        return;
    const auto told = std::make_shared<Sink>(std::move(sink));
    const auto end = [self = shared_from_this(), told](base::Result<void> result) {
        if (!self->m_isGivenUp)
            told->ended(std::move(result));
    };
    if (!transport) {
        m_executor.post([end] { end(base::fail(base::ErrorCode::Unreachable, "not connected")); });
        return;
    }
    m_resume.restart();
    m_reader = LogLineReader();
    net::StreamSink stream;
    stream.head = [self = shared_from_this(), told](const net::Response& head) {
        if (self->m_isGivenUp)
            return;
        self->readHead(head);
        told->opened();
    };
    stream.data = [self = shared_from_this(), told](const std::string& bytes) {
        if (self->m_isGivenUp)
            return;
        std::vector<LogLine> lines;
        self->m_reader.feed(bytes, lines);
        self->m_resume.filter(lines);
        if (!lines.empty())
            told->lines(std::move(lines));
    };
    stream.end = end;
    m_asking.set(transport->stream(logRequest(nextSpec(run)), m_executor, std::move(stream)));
}

std::vector<LogLine> LogStream::finish() {
    std::vector<LogLine> lines;
    m_reader.finish(lines);
    m_resume.filter(lines);
    return lines;
}

bool LogStream::wasCut(const base::Error& error) const {
    return m_openedAtMs && isPassing(error.code);
}

void LogStream::giveUp() {
    m_isGivenUp = true;
    m_asking.close();
}

LogSpec LogStream::nextSpec(LogSpec::Run run) const {
    LogSpec spec = m_spec;
    spec.run = run;
    spec.follows = m_spec.follows && run == LogSpec::Run::Current;
    if (!m_resume.sinceTime().empty())
        spec.sinceTime = m_resume.sinceTime();
    else if (m_openedAtMs && spec.tailLines == 0)
        spec.sinceTime = base::formatTime(*m_openedAtMs - *m_openedAtMs % 1000);
    else
        return spec;
    spec.tailLines.reset();
    spec.sinceSeconds.reset();
    return spec;
}

void LogStream::readHead(const net::Response& head) {
    if (m_openedAtMs)
        return;
    const std::int64_t date = httpDateMs(net::header(head.headers, "Date"));
    m_openedAtMs = date > 0 ? date : m_clock.nowMs();
}

} // namespace kube
