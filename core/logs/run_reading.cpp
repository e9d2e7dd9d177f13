// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/run_reading.h"

#include <algorithm>
#include <utility>

namespace logs {

RunReading::RunReading(Environment environment, SourceId source, std::string run, const kube::LogSpec& spec)
    : m_environment(std::move(environment))
    , m_source(source)
    , m_run(std::move(run))
    , m_stream(m_environment.intake->makeStream(spec))
    , m_asked(spec.run)
    , m_backoff(*m_environment.clock) {
    open(spec.run);
}

RunReading::~RunReading() {
    m_stream->giveUp();
}

void RunReading::readNews(LogIntake::News news, std::optional<base::Error> error) {
    switch (news) {
    case LogIntake::News::Reading:
        m_state = {SourceState::Phase::Reading, std::nullopt};
        return;
    case LogIntake::News::Interrupted:
        m_state.phase = SourceState::Phase::Interrupted;
        break;
    case LogIntake::News::Ended:
        if (!error && m_asked == kube::LogSpec::Run::Previous)
            return close(SourceState::Phase::Ended, std::nullopt);
        // Servers and proxies that drain end a stream as the container's end does.
        if (!error || error->code == base::ErrorCode::NotFound)
            return look(Step::LookingAfterEnd);
        if (error->code == base::ErrorCode::Forbidden)
            return close(SourceState::Phase::Forbidden, std::move(error));
        m_state.phase = SourceState::Phase::Failed;
        break;
    }
    m_state.error = std::move(error);
    wait(m_state.error ? m_state.error->retryAfter.value_or(std::chrono::milliseconds(0))
                       : std::chrono::milliseconds(0));
}

void RunReading::readRun(const ContainerRun& now) {
    if (!isLooking())
        return;
    if (m_run.empty())
        m_run = m_asked == kube::LogSpec::Run::Previous ? now.previousId : now.id;
    if (now.id == m_run && m_step == Step::LookingBeforeNext)
        open(kube::LogSpec::Run::Current);
    else if (now.id == m_run && now.isRunning)
        wait({});
    else if (!m_run.empty() && now.previousId == m_run)
        open(kube::LogSpec::Run::Previous);
    else
        close(SourceState::Phase::Ended, std::nullopt);
}

void RunReading::end(SourceState::Phase phase, std::optional<base::Error> error) {
    if (isLooking())
        close(phase, std::move(error));
}

bool RunReading::isLooking() const {
    return m_step == Step::LookingAfterEnd || m_step == Step::LookingBeforeNext;
}

void RunReading::open(kube::LogSpec::Run run) {
    m_step = Step::Streaming;
    m_asked = run;
    m_environment.intake->open(m_source, m_stream, m_environment.transport(), run);
}

void RunReading::look(Step step) {
    m_step = step;
    m_environment.look();
}

void RunReading::wait(std::chrono::milliseconds least) {
    m_step = Step::Waiting;
    m_waiting = m_environment.timers->after(std::max(m_backoff.next(), least), *m_environment.home,
                                            [this] { look(Step::LookingBeforeNext); });
}

void RunReading::close(SourceState::Phase phase, std::optional<base::Error> error) {
    m_step = Step::Over;
    m_state = {phase, std::move(error)};
    m_environment.intake->finish(m_source, m_stream);
}

} // namespace logs
