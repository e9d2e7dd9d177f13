// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel_bag.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/base/unique_function.h"
#include "core/kube/streams/log_lines.h"
#include "core/kube/streams/log_request.h"
#include "core/kube/streams/log_resume.h"
#include "core/kube/transport.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace kube {

/// What may be over with the next attempt.
[[nodiscard]] bool isPassing(base::ErrorCode code);

/// One run's log over as many streams as it takes: each goes on where the one before was cut, without a gap and without
/// a line twice. Whoever holds it says when the next is opened, and from where. One stream at a time; all on the
/// executor, which must outlive it as the clock must, but giveUp(): that is called from any thread.
class LogStream : public std::enable_shared_from_this<LogStream> {
public:
    struct Sink {
        base::UniqueFunction<void()> opened;
        base::UniqueFunction<void(std::vector<LogLine>)> lines;
        /// Of this stream, once. A line without its end is kept: it comes again with the next stream, or see finish().
        base::UniqueFunction<void(base::Result<void>)> ended;
    };

    /// `spec` is asked for with timestamps, whatever it says, and without a limit of bytes.
    LogStream(base::Executor& executor, const base::Clock& clock, LogSpec spec);

    /// Without a transport the stream ends as Unreachable. `run` is what the server calls the spec's run by now.
    void open(const std::shared_ptr<Transport>& transport, LogSpec::Run run, Sink sink);
    /// No other stream will be opened: what is left of the last line.
    [[nodiscard]] std::vector<LogLine> finish();
    /// A stream that ended so had begun, here or before, and may begin again; else it was refused.
    [[nodiscard]] bool wasCut(const base::Error& error) const;
    /// Cuts the stream; sinks are silent from now on.
    void giveUp();

private:
    [[nodiscard]] LogSpec nextSpec(LogSpec::Run run) const;
    void readHead(const net::Response& head);

    base::Executor& m_executor;
    const base::Clock& m_clock;
    LogSpec m_spec;
    LogLineReader m_reader;
    LogResume m_resume;
    std::optional<std::int64_t> m_openedAtMs; ///< By the server's clock, where it tells.
    base::CancelSlot m_asking;
    std::atomic<bool> m_isGivenUp = false;
};

} // namespace kube
