// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/acts.h"

#include "core/base/text.h"
#include "core/kube/go_json.h"

#include <nlohmann/json.hpp>

namespace change {

namespace {

using Json = nlohmann::json;

Operation operationOn(const Target& target, Verb verb) {
    Operation operation;
    operation.cluster = target.cluster;
    operation.verb = verb;
    operation.object = target.object;
    return operation;
}

Operation merge(const Target& target, const Json& patch) {
    Operation operation = operationOn(target, Verb::MergePatch);
    operation.body = kube::toGoJson(patch, kube::JsonLayout::Compact);
    return operation;
}

Operation mergeKeys(const Target& target, const char* field, const std::vector<KeyChange>& changes) {
    Json keys = Json::object();
    for (const KeyChange& change : changes)
        keys[change.key] = change.value ? Json(*change.value) : Json();
    return merge(target, {{"metadata", {{field, std::move(keys)}}}});
}

} // namespace

bool hasRollout(const ObjectRef& object) {
    return object.apiVersion.starts_with("apps/") &&
           (object.kind == "Deployment" || object.kind == "StatefulSet" || object.kind == "DaemonSet");
}

Operation scale(const Target& target, std::int64_t replicas) {
    Operation operation = operationOn(target, Verb::Scale);
    operation.body = kube::toGoJson(Json{{"replicas", replicas}}, kube::JsonLayout::Compact);
    if (hasRollout(target.object))
        operation.await = Await::Rollout;
    return operation;
}

Operation restart(const Target& target, std::int64_t nowMs) {
    Json annotations{{"kubectl.kubernetes.io/restartedAt", base::formatTime(nowMs)}};
    Operation operation =
        merge(target, {{"spec", {{"template", {{"metadata", {{"annotations", std::move(annotations)}}}}}}}});
    operation.await = Await::Rollout;
    return operation;
}

Operation setRolling(const Target& target, Rolling rolling) {
    return merge(target, {{"spec", {{"paused", rolling == Rolling::Paused ? Json(true) : Json()}}}});
}

Operation label(const Target& target, const std::vector<KeyChange>& changes) {
    return mergeKeys(target, "labels", changes);
}

Operation annotate(const Target& target, const std::vector<KeyChange>& changes) {
    return mergeKeys(target, "annotations", changes);
}

Operation setScheduling(const Target& target, Scheduling scheduling) {
    return merge(target, {{"spec", {{"unschedulable", scheduling == Scheduling::Stopped ? Json(true) : Json()}}}});
}

Operation erase(const Target& target, Propagation propagation) {
    Operation operation = operationOn(target, Verb::Delete);
    operation.propagation = propagation;
    operation.await = Await::Gone;
    return operation;
}

} // namespace change
