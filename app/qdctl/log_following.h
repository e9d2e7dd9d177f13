// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/log_printer.h"
#include "core/kube/row.h"
#include "core/kube/streams/log_request.h"
#include "core/kube/transport.h"
#include "core/logs/log_gathering.h"
#include "core/logs/log_line.h"

#include <memory>
#include <string>
#include <vector>

namespace qdctl {

class Session;

/// One container's log that was found, and the way to it.
struct FoundLog {
    std::string context;
    std::shared_ptr<kube::Transport> transport;
    kube::Uid pod;
    std::string run; ///< The id of the container's run; empty: it has not started.
    kube::LogSpec spec;
};

[[nodiscard]] logs::SourceInfo sourceOf(const FoundLog& log);

/// Follows each of them to the end of its run, through lost connections, and asks for nothing but them and their pods.
/// Returns the exit code; Failed, too, where it was interrupted.
[[nodiscard]] int followRuns(Session& session, const std::vector<FoundLog>& found,
                             const std::shared_ptr<LogPrinter>& printer);

/// Whose logs are followed, also those of pods that come later.
struct MeantPods {
    std::string context;
    std::string ns;
    std::string name;     ///< Of a pod, or:
    std::string selector; ///< Of pods.
};

/// Follows them, over all runs of their containers, until all pods that are there have ended for good. `spec` says what
/// of each. Returns the exit code; Failed, too, where it was interrupted.
[[nodiscard]] int followPods(Session& session, const std::vector<MeantPods>& meant, logs::GatherSpec spec,
                             const std::shared_ptr<LogPrinter>& printer);

} // namespace qdctl
