// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/acts/key_changes.h"
#include "core/change/change_set.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace change {

/// What operators do to objects every day, as operations of a set; window and qdctl make them here. Pure functions.

/// An object of a cluster.
struct Target {
    ClusterRef cluster;
    ObjectRef object;
};

/// Whether such a kind is rolled out: Deployment, StatefulSet and DaemonSet of the group apps.
[[nodiscard]] bool hasRollout(const ObjectRef& object);

/// Through the scale subresource, as `kubectl scale`. Kinds that roll out are waited for.
[[nodiscard]] Operation scale(const Target& target, std::int64_t replicas);
/// New pods by an annotation on the template, the one that `kubectl rollout restart` writes.
[[nodiscard]] Operation restart(const Target& target, std::int64_t nowMs);

/// Whether a Deployment acts upon changes of its template.
enum class Rolling { Paused, Resumed };
[[nodiscard]] Operation setRolling(const Target& target, Rolling rolling);

[[nodiscard]] Operation label(const Target& target, const std::vector<KeyChange>& changes);
[[nodiscard]] Operation annotate(const Target& target, const std::vector<KeyChange>& changes);

/// Whether a Node takes new pods.
enum class Scheduling { Stopped, Allowed };
[[nodiscard]] Operation setScheduling(const Target& target, Scheduling scheduling);

/// The object's end is waited for, as finalizers may hold it.
[[nodiscard]] Operation erase(const Target& target, Propagation propagation);

} // namespace change
