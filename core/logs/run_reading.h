// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/backoff.h"
#include "core/base/cancel.h"
#include "core/base/error.h"
#include "core/base/executor.h"
#include "core/base/timer.h"
#include "core/kube/streams/log_request.h"
#include "core/kube/streams/log_stream.h"
#include "core/kube/transport.h"
#include "core/logs/log_intake.h"
#include "core/logs/log_line.h"
#include "core/logs/pod_runs.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace logs {

/// How the reading of one source goes.
struct SourceState {
    enum class Phase { Asked, Reading, Interrupted, Ended, Forbidden, Failed };
    Phase phase = Phase::Asked;
    std::optional<base::Error> error;
};

/// Reads the log of one run of a container to its end: through lost connections, nodes that do not answer and streams
/// that end before the run does. A log is asked for by the container's name, so that after a restart the same question
/// means another run: before each stream but the first the pod is looked at. Lives on home.
class RunReading {
public:
    struct Environment {
        std::shared_ptr<LogIntake> intake;
        base::Executor* home = nullptr;
        const base::Clock* clock = nullptr;
        base::Timers* timers = nullptr;
        std::function<std::shared_ptr<kube::Transport>()> transport; ///< Null while not connected.
        std::function<void()> look; ///< Asks for the pod: readRun() or end() shall follow, however late.
    };

    /// `run`: the container run's id; empty: the first that the pod tells of. `spec` says which one that is at present.
    RunReading(Environment environment, SourceId source, std::string run, const kube::LogSpec& spec);
    ~RunReading();
    RunReading(const RunReading&) = delete;
    RunReading& operator=(const RunReading&) = delete;

    [[nodiscard]] const SourceState& state() const { return m_state; }
    void readNews(LogIntake::News news, std::optional<base::Error> error);
    /// What the pod says of the container by now.
    void readRun(const ContainerRun& now);
    /// The pod is gone, or may not be looked at any more. Only where it was looked for.
    void end(SourceState::Phase phase, std::optional<base::Error> error);

private:
    enum class Step { Streaming, LookingAfterEnd, Waiting, LookingBeforeNext, Over };

    [[nodiscard]] bool isLooking() const;
    void open(kube::LogSpec::Run run);
    void look(Step step);
    void wait(std::chrono::milliseconds least);
    void close(SourceState::Phase phase, std::optional<base::Error> error);

    const Environment m_environment;
    const SourceId m_source;
    std::string m_run;
    const std::shared_ptr<kube::LogStream> m_stream;
    kube::LogSpec::Run m_asked;
    Step m_step = Step::Streaming;
    SourceState m_state;
    base::Backoff m_backoff;
    base::Cancel m_waiting;
};

} // namespace logs
