// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/change/change_set.h"

#include <nlohmann/json.hpp>
#include <string>

namespace change {

/// What is particular to evictions (https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction). Pure
/// functions.

/// Whether the pod that `operation` evicts is there no more, or another has its name: a StatefulSet's next pod is not
/// meant. False for other verbs, and where the operation does not know which pod it was made for.
[[nodiscard]] bool hasGone(const Operation& operation, const nlohmann::json& live);

/// Whether the same eviction may be allowed later: a disruption budget forbids it now, the server has too much to do,
/// or the namespace's end is about to take the pod.
[[nodiscard]] bool isEvictedLater(const base::Error& error);

/// What the server said, and which budget forbids it.
[[nodiscard]] std::string evictionSentence(const base::Error& error);

} // namespace change
