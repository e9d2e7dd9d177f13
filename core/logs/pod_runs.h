// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/row.h"
#include "core/logs/log_line.h"

#include <string>
#include <string_view>
#include <vector>

namespace logs {

/// One run of one container, which has a log of its own.
struct ContainerRun {
    std::string container;
    SourceInfo::Kind kind = SourceInfo::Kind::Main;
    std::string id;         ///< Of the run; another after a restart. Empty: it has not started yet.
    bool isRunning = false; ///< That run.
    std::string previousId; ///< Of the run before, where its log may still be there.
};

struct PodRuns {
    kube::Uid uid;
    bool isOver = false;            ///< For good: none of its containers starts again.
    std::vector<ContainerRun> runs; ///< Init containers first, ephemeral ones last.
};

/// Of a pod's JSON as the server gives it. Pure.
[[nodiscard]] PodRuns podRuns(std::string_view pod);

} // namespace logs
