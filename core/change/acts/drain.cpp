// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/drain.h"

#include "core/change/acts/selector_text.h"
#include "core/kube/label_selector.h"

#include <algorithm>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

/// As good as for ever, and still a number that adds up.
constexpr std::chrono::hours kForEver{24 * 365 * 10};

std::string text(const Json& object, const char* path) {
    const Json value = object.is_object() ? object.value(Pointer(path), Json()) : Json();
    return value.is_string() ? value.get<std::string>() : std::string();
}

Json listAt(const Json& object, const char* path) {
    Json value = object.is_object() ? object.value(Pointer(path), Json()) : Json();
    return value.is_array() ? value : Json::array();
}

bool isFinished(const Json& pod) {
    const std::string phase = text(pod, "/status/phase");
    return phase == "Succeeded" || phase == "Failed";
}

/// null where there is none.
Json controllerOf(const Json& object) {
    for (const Json& owner : listAt(object, "/metadata/ownerReferences")) {
        if (owner.is_object() && owner.value("controller", Json()) == true)
            return owner;
    }
    return {};
}

bool hasEmptyDir(const Json& pod) {
    const Json volumes = listAt(pod, "/spec/volumes");
    return std::any_of(volumes.begin(), volumes.end(), [](const Json& volume) {
        return volume.is_object() && volume.contains("emptyDir") && !volume.at("emptyDir").is_null();
    });
}

void settle(PodOnNode& pod, PodFate fate, PodRemark remark) {
    pod.fate = fate;
    pod.remark = remark;
}

/// "a=b,c=d", as kube::LabelSelector matches them.
std::string labelsOf(const Json& object) {
    std::string labels;
    const Json map = object.value(Pointer("/metadata/labels"), Json::object());
    for (const auto& [key, value] : map.items()) {
        if (value.is_string())
            labels += (labels.empty() ? "" : ",") + key + "=" + value.get<std::string>();
    }
    return labels;
}

Operation eviction(const NodeDrain& node, const PodOnNode& pod, const DrainOptions& options) {
    Operation operation;
    operation.cluster = node.node.cluster;
    operation.verb = Verb::Evict;
    operation.object = pod.object;
    operation.before = pod.json;
    operation.gracePeriodSeconds = options.gracePeriodSeconds;
    operation.await = Await::Gone;
    operation.awaitDeadline = options.timeout.count() > 0 ? options.timeout : std::chrono::seconds(kForEver);
    return operation;
}

} // namespace

std::string daemonSetOf(const nlohmann::json& pod) {
    const Json controller = controllerOf(pod);
    if (text(controller, "/kind") != "DaemonSet" || text(controller, "/apiVersion") != "apps/v1" || isFinished(pod))
        return {};
    return text(pod, "/metadata/namespace") + "/" + text(controller, "/name");
}

void decide(PodOnNode& pod, const nlohmann::json& object, const DrainOptions& options,
            const DaemonSetErrors& daemonSets) {
    settle(pod, PodFate::Evict, PodRemark::None);
    if (const std::string daemonSet = daemonSetOf(object); !daemonSet.empty()) {
        const auto known = daemonSets.find(daemonSet);
        const std::optional<base::Error> error = known == daemonSets.end() ? std::nullopt : known->second;
        if (!error)
            return settle(pod, options.ignoreDaemonSets ? PodFate::Stay : PodFate::Refuse, PodRemark::DaemonSet);
        pod.detail = error->message;
        if (error->httpStatus != 404)
            return settle(pod, PodFate::Refuse, PodRemark::DaemonSetUnread);
        if (!options.force)
            return settle(pod, PodFate::Refuse, PodRemark::DaemonSetGone);
        settle(pod, PodFate::Evict, PodRemark::DaemonSetGone);
    }
    const Json annotations = object.value(Pointer("/metadata/annotations"), Json());
    if (annotations.is_object() && annotations.contains("kubernetes.io/config.mirror"))
        return settle(pod, PodFate::Stay, PodRemark::Mirror);
    if (isFinished(object))
        return;
    if (hasEmptyDir(object)) {
        if (!options.deleteEmptyDirData)
            return settle(pod, PodFate::Refuse, PodRemark::LocalData);
        settle(pod, PodFate::Evict, PodRemark::LocalData);
    }
    if (controllerOf(object).is_null())
        settle(pod, options.force ? PodFate::Evict : PodFate::Refuse, PodRemark::Unmanaged);
}

std::vector<PodBudget> budgetsOf(const nlohmann::json& pod, const std::vector<nlohmann::json>& budgets) {
    std::vector<PodBudget> found;
    const std::string labels = labelsOf(pod);
    for (const Json& budget : budgets) {
        const Json selector = budget.value(Pointer("/spec/selector"), Json());
        if (!selector.is_object() || text(budget, "/metadata/namespace") != text(pod, "/metadata/namespace"))
            continue;
        const base::Result<kube::LabelSelector> parsed = kube::LabelSelector::parse(selectorText(selector));
        if (!parsed || !parsed->matches(labels))
            continue;
        const Json allowed = budget.value(Pointer("/status/disruptionsAllowed"), Json());
        found.push_back(
            {text(budget, "/metadata/name"), allowed.is_number_integer() ? allowed.get<std::int64_t>() : 0});
    }
    return found;
}

std::vector<std::string> podsLeft(const NodeDrain& node) {
    std::vector<std::string> left;
    for (const PodOnNode& pod : node.pods) {
        if (pod.fate != PodFate::Stay)
            left.push_back(pod.object.ns + "/" + pod.object.name);
    }
    return left;
}

std::string refusalText(PodRemark remark) {
    switch (remark) {
    case PodRemark::DaemonSet:
        return "DaemonSet-managed Pods (use --ignore-daemonsets to ignore)";
    case PodRemark::LocalData:
        return "Pods with local storage (use --delete-emptydir-data to override)";
    case PodRemark::Unmanaged:
        return "Pods that declare no controller (use --force to override)";
    case PodRemark::DaemonSetGone:
        return "Pods of a DaemonSet that is gone (use --force to override)";
    case PodRemark::DaemonSetUnread:
        return "Pods of a DaemonSet that cannot be read";
    case PodRemark::Mirror:
    case PodRemark::None:
        break;
    }
    return {};
}

ChangeSet drain(const std::vector<NodeDrain>& nodes, const DrainOptions& options) {
    ChangeSet set;
    set.title = nodes.size() == 1 ? "Drain " + toString(nodes.front().node.object)
                                  : "Drain " + std::to_string(nodes.size()) + " nodes";
    // All first, so that no pod moves to a node whose turn is still to come.
    for (const NodeDrain& node : nodes)
        set.operations.push_back(setScheduling(node.node, Scheduling::Stopped));
    std::map<std::string, std::vector<std::size_t>> last; // of each cluster: what its next node waits for
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const NodeDrain& node = nodes[i];
        std::vector<std::size_t> evictions;
        std::vector<std::size_t>& earlier = last[node.node.cluster.context];
        for (const PodOnNode& pod : node.pods) {
            if (pod.fate != PodFate::Evict)
                continue;
            Operation operation = eviction(node, pod, options);
            operation.after = earlier;
            operation.after.push_back(i);
            evictions.push_back(set.operations.size());
            set.operations.push_back(std::move(operation));
        }
        if (!evictions.empty())
            earlier = std::move(evictions);
    }
    return set;
}

} // namespace change
