// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/fleet_get.h"
#include "core/fleet/filter.h"

#include <string>
#include <vector>

namespace qdctl {

/// `get --watch`: prints what is there and then what happens, until SIGINT or SIGTERM, until nobody reads any more, or
/// until nothing is left to watch. A cluster that breaks away later is tried again. Returns the exit code.
[[nodiscard]] int watchObjects(Session& session, const std::vector<std::string>& contexts, const GetOptions& options,
                               const Wanted& wanted, const fleet::Filter& filter);

/// Says on stderr who is missing and why, and what that makes of the whole.
[[nodiscard]] int report(const std::vector<ClusterAnswer>& answers);

} // namespace qdctl
