// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/change/change_set.h"

#include <string>
#include <string_view>

namespace change {

/// Whether a HorizontalPodAutoscaler can scale such a kind: Deployment, StatefulSet and ReplicaSet of the group apps.
[[nodiscard]] bool canAutoscale(const ObjectRef& object);

/// The YAML of a HorizontalPodAutoscaler (autoscaling/v2) for a workload, to go on from: one to three replicas by 80 %
/// of the CPU requested. Pure.
[[nodiscard]] std::string newAutoscaler(const ObjectRef& workload);

/// The name of the first of a list of autoscalers, JSON as the server gives it, that scales the workload; empty where
/// none does. Fails with BadResponse. Pure.
[[nodiscard]] base::Result<std::string> autoscalerOf(std::string_view list, const ObjectRef& workload);

} // namespace change
