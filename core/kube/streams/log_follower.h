// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/base/timer.h"
#include "core/base/unique_function.h"
#include "core/kube/streams/log_lines.h"
#include "core/kube/streams/log_request.h"
#include "core/kube/transport.h"

#include <memory>
#include <vector>

namespace kube {

/// Receives a log. All run on the executor given, in order; ended last, once.
struct LogSink {
    /// The server has begun to answer; again each time after it was interrupted.
    base::UniqueFunction<void()> opened = {};
    base::UniqueFunction<void(std::vector<LogLine>)> lines;
    /// The connection was lost; reading goes on by itself, without a gap and without a line twice.
    base::UniqueFunction<void(const base::Error&)> interrupted;
    /// The container has ended, or what was asked for has come; or why it cannot be read (any more).
    base::UniqueFunction<void(base::Result<void>)> ended;
};

struct LogEnvironment {
    std::shared_ptr<Transport> transport;
    base::Executor* executor = nullptr;
    const base::Clock* clock = nullptr;
    base::Timers* timers = nullptr;
};

/// Reads one container's log, line by line, through lost connections. The executor, the clock and the timers must
/// outlive it; without a transport it ends as Unreachable. After the Cancel was used on the executor's thread the sink
/// is silent. `spec` is asked for with timestamps, whatever it says, and without a limit of bytes.
[[nodiscard]] base::Cancel followLog(LogEnvironment environment, LogSpec spec, LogSink sink);

} // namespace kube
