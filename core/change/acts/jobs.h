// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/acts/acts.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace change {

/// `live` is the object as it is, JSON.

/// A name for one more run of `of`: at most 63 characters, as the pods' label takes no more. `suffix` tells runs apart.
[[nodiscard]] std::string runName(std::string_view of, std::string_view suffix);

/// Six letters and digits that tell runs apart, for a time in milliseconds. Pure.
[[nodiscard]] std::string runSuffix(std::int64_t nowMs);

/// A Job of a CronJob's template at once, as `kubectl create job NAME --from=cronjob/X` makes it. Pure.
[[nodiscard]] Operation runNow(const Target& cronJob, std::string_view live, const std::string& name);

/// A Job with the same work under a new name: without what the server gave the old one, without its owner (whose limits
/// would clear it away), and not suspended. Pure.
[[nodiscard]] Operation runAgain(const Target& job, std::string_view live, const std::string& name);

/// Whether a Job's pods run, whether a CronJob makes Jobs.
enum class Running { Suspended, Allowed };
[[nodiscard]] Operation setRunning(const Target& target, Running running);

} // namespace change
