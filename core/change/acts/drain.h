// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/change/acts/acts.h"

#include <chrono>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace change {

/// What a drain may do, as the options of `kubectl drain`. There is none that goes past a disruption budget.
struct DrainOptions {
    bool ignoreDaemonSets = false;
    bool deleteEmptyDirData = false;
    bool force = false; ///< Also pods that no controller makes again.
    std::optional<std::int64_t> gracePeriodSeconds = {};
    std::chrono::seconds timeout{
        0}; ///< For each pod, from its first eviction until it is gone; 0: as long as it takes.
    std::string podSelector = {};
};

/// What becomes of a pod on a node that is drained.
enum class PodFate {
    Evict,
    Stay,   ///< It is left where it is, and that is as wanted.
    Refuse, ///< It stands in the way: the node cannot be drained so.
};

/// What there is to say of a pod.
enum class PodRemark {
    None,
    Mirror,        ///< The kubelet's own, from a file on the node.
    DaemonSet,     ///< Its DaemonSet would put it there again.
    DaemonSetGone, ///< The DaemonSet that it names is not there (any more).
    DaemonSetUnread,
    LocalData, ///< It has an emptyDir, whose content goes with it.
    Unmanaged, ///< No controller makes it again.
};

/// A PodDisruptionBudget that a pod falls under.
struct PodBudget {
    std::string name;
    std::int64_t allowed = 0; ///< Disruptions that it allows now.

    bool operator==(const PodBudget&) const = default;
};

struct PodOnNode {
    ObjectRef object;
    std::string json;
    PodFate fate = PodFate::Evict;
    PodRemark remark = PodRemark::None;
    std::string detail = {};             ///< Why a DaemonSet could not be read.
    std::vector<PodBudget> budgets = {}; ///< Of a pod that is evicted; more than one forbids every eviction.
};

/// One node and everything on it.
struct NodeDrain {
    Target node;
    std::vector<PodOnNode> pods;           ///< In the server's order.
    std::optional<base::Error> error = {}; ///< The pods could not be read.
    bool budgetsKnown = true;              ///< False where some namespace's budgets may not be listed.
};

/// What is known of the DaemonSets that pods name, by "namespace/name": nothing where it is there.
using DaemonSetErrors = std::map<std::string, std::optional<base::Error>>;

/// The "namespace/name" of the DaemonSet that controls a pod which still runs; empty where none does.
[[nodiscard]] std::string daemonSetOf(const nlohmann::json& pod);
/// Decides for one pod by the rules of `kubectl drain` (k8s.io/kubectl/pkg/drain/filters.go). Pure.
void decide(PodOnNode& pod, const nlohmann::json& object, const DrainOptions& options,
            const DaemonSetErrors& daemonSets);
/// Those of the namespace's PodDisruptionBudgets under which a pod falls. Pure.
[[nodiscard]] std::vector<PodBudget> budgetsOf(const nlohmann::json& pod, const std::vector<nlohmann::json>& budgets);

/// "namespace/name" of each pod that a drain would not leave on the node: of a drained one there is none. Pure.
[[nodiscard]] std::vector<std::string> podsLeft(const NodeDrain& node);

/// kubectl's words for what stands in the way: "DaemonSet-managed Pods (use --ignore-daemonsets to ignore)".
[[nodiscard]] std::string refusalText(PodRemark remark);

/// Cordons all nodes, then evicts from one after the other: a node's pods wait until the last node is empty. Nodes and
/// pods that must stay take no part. Pure.
[[nodiscard]] ChangeSet drain(const std::vector<NodeDrain>& nodes, const DrainOptions& options);

} // namespace change
