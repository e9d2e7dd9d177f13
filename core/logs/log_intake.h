// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/executor.h"
#include "core/base/timer.h"
#include "core/kube/streams/log_stream.h"
#include "core/logs/log_merger.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace logs {

/// Takes in the lines of all streams of a gathering, away from the home executor: reads, merges and passes them on to a
/// sink on a strand of the pool. Shared with the streams; `close` from any thread, after which home hears nothing.
class LogIntake : public std::enable_shared_from_this<LogIntake> {
public:
    /// Interrupted: what was open was cut. Ended: by the server, or it refused.
    enum class News { Reading, Interrupted, Ended };
    struct Hooks {
        std::function<void()> stored; ///< The sink was given lines; on home, at most ten times a second.
        std::function<void(SourceId, News, std::optional<base::Error>)> news; ///< On home.
    };

    LogIntake(std::shared_ptr<LineSink> sink, base::Executor& pool, base::Executor& home, const base::Clock& clock,
              base::Timers& timers, Hooks hooks);

    /// These from home. To be opened and finished here alone; given up from there, too.
    [[nodiscard]] std::shared_ptr<kube::LogStream> makeStream(kube::LogSpec spec);
    void open(SourceId source, std::shared_ptr<kube::LogStream> stream, std::shared_ptr<kube::Transport> transport,
              kube::LogSpec::Run run);
    void finish(SourceId source, std::shared_ptr<kube::LogStream> stream);
    /// Passes on what still waits for earlier lines, also of streams finished before; then `then` runs on home.
    void passOn(std::function<void()> then);
    void close();

private:
    void take(SourceId source, std::vector<kube::LogLine> lines);
    void flushLater();
    void flush();
    void tellStored();
    void tell(std::function<void()> what);
    void report(SourceId source, News news, std::optional<base::Error> error);

    base::Strand m_strand;
    base::Executor& m_home;
    const base::Clock& m_clock;
    base::Timers& m_timers;
    const Hooks m_hooks;
    LogMerger m_merger;
    base::Cancel m_flushing;
    bool m_isFlushing = false;
    std::atomic<bool> m_isClosed = false;
    std::atomic<bool> m_isTelling = false;
};

} // namespace logs
