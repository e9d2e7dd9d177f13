// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    std::string previousId; ///< Of the run before, where its log may still be there.
};

/// The containers of a pod (JSON as the server gives it), init containers first, ephemeral ones last. Pure.
[[nodiscard]] std::vector<ContainerRun> containerRuns(std::string_view pod);

} // namespace logs
