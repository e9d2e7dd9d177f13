// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/act.h"

#include "core/kube/go_json.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;

std::size_t leavesOf(const Json& value) {
    if (!value.is_object() || value.empty())
        return 1;
    std::size_t leaves = 0;
    for (const auto& [key, inner] : value.items())
        leaves += key.starts_with('$') ? 0 : leavesOf(inner); // directives of a strategic patch write nothing
    return leaves;
}

/// Leaves that say something of the object beyond which one it is.
std::size_t fieldsOf(Json body) {
    for (const char* identity : {"apiVersion", "kind"})
        body.erase(identity);
    if (const auto metadata = body.find("metadata"); metadata != body.end() && metadata->is_object()) {
        for (const char* identity : {"name", "namespace", "resourceVersion", "uid"})
            metadata->erase(identity);
        if (metadata->empty())
            body.erase("metadata");
    }
    return body.empty() ? 0 : leavesOf(body);
}

/// What is at `path` if the body writes nothing else.
const Json* onlyAt(const Json& body, const std::vector<const char*>& path) {
    const Json* at = &body;
    for (const char* key : path) {
        if (!at->is_object() || at->size() != 1 || !at->contains(key))
            return nullptr;
        at = &at->at(key);
    }
    return at;
}

Act patchOf(const Operation& operation, const Json& body) {
    Act act{.kind = ActKind::Patch, .fields = fieldsOf(body)};
    if (onlyAt(body, {"metadata", "labels"}))
        act.kind = ActKind::Label;
    else if (onlyAt(body, {"metadata", "annotations"}))
        act.kind = ActKind::Annotate;
    else if (onlyAt(body, {"spec", "template", "metadata", "annotations", "kubectl.kubernetes.io/restartedAt"}))
        act.kind = ActKind::Restart;
    else if (const Json* paused = onlyAt(body, {"spec", "paused"}); paused && operation.object.kind == "Deployment")
        act.kind = *paused == true ? ActKind::Pause : ActKind::Resume;
    else if (const Json* closed = onlyAt(body, {"spec", "unschedulable"}); closed && operation.object.kind == "Node")
        act.kind = *closed == true ? ActKind::Cordon : ActKind::Uncordon;
    return act;
}

/// Steps of a JSON patch that change something.
std::size_t stepsOf(const Json& body) {
    if (!body.is_array())
        return 0;
    return static_cast<std::size_t>(std::count_if(body.begin(), body.end(), [](const Json& step) {
        return step.is_object() && step.value("op", Json()) != "test";
    }));
}

constexpr std::array<std::pair<std::string_view, Holds>, 6> kKnown{{
    {"foregroundDeletion", Holds::Dependents},
    {"orphan", Holds::OrphanDependents},
    {"kubernetes.io/pvc-protection", Holds::PodsUsingClaim},
    {"kubernetes.io/pv-protection", Holds::ClaimBound},
    {"kubernetes", Holds::Contents},
    {"service.kubernetes.io/load-balancer-cleanup", Holds::LoadBalancer},
}};

void addFinalizers(const Json& object, const char* path, std::vector<Finalizer>& found) {
    const Json names = object.value(Json::json_pointer(path), Json());
    for (const Json& name : names.is_array() ? names : Json::array()) {
        if (!name.is_string())
            continue;
        Finalizer finalizer{name.get<std::string>()};
        for (const auto& [known, holds] : kKnown) {
            if (finalizer.name == known)
                finalizer.holds = holds;
        }
        found.push_back(std::move(finalizer));
    }
}

} // namespace

Act actOf(const Operation& operation) {
    const base::Result<Json> parsed = kube::parseGoJson(operation.body);
    const Json body = parsed ? *parsed : Json();
    switch (operation.verb) {
    case Verb::Create:
        return {.kind = ActKind::Create};
    case Verb::Apply:
        return {.kind = ActKind::Apply, .fields = fieldsOf(body)};
    case Verb::MergePatch:
    case Verb::StrategicPatch:
        return patchOf(operation, body);
    case Verb::JsonPatch:
        return {.kind = ActKind::Patch, .fields = stepsOf(body)};
    case Verb::Replace:
        return {.kind = ActKind::Replace};
    case Verb::Scale: {
        const Json replicas = body.is_object() ? body.value("replicas", Json()) : Json();
        return {.kind = ActKind::Scale,
                .fields = 1,
                .replicas = replicas.is_number_integer() ? replicas.get<std::int64_t>() : 0};
    }
    case Verb::Evict:
        return {.kind = ActKind::Evict};
    case Verb::Delete:
        return {.kind = ActKind::Delete};
    case Verb::Exec:
    case Verb::Attach:
    case Verb::PortForward:
    case Verb::Copy:
        break; // of no operation
    }
    return {.kind = ActKind::Patch};
}

std::string whyIrreversible(const Operation& operation) {
    if (isInPod(operation.verb))
        return "what was done in a pod cannot be taken back";
    if (operation.verb == Verb::Evict)
        return "an evicted pod does not come back; its controller makes another";
    if (operation.subresource == "ephemeralcontainers")
        return "a debug container stays in its pod until the pod ends";
    return operation.subresource.empty() ? std::string()
                                         : "what was sent to " + operation.subresource + " cannot be taken back";
}

Loss lossOf(const Operation& operation) {
    const std::string& kind = operation.object.kind;
    if (operation.verb != Verb::Delete)
        return Loss::Nothing;
    if (kind == "Namespace")
        return Loss::Contents;
    if (kind == "CustomResourceDefinition")
        return Loss::Instances;
    return kind == "PersistentVolumeClaim" || kind == "PersistentVolume" ? Loss::Data : Loss::Nothing;
}

std::vector<Finalizer> finalizersOf(std::string_view json) {
    std::vector<Finalizer> found;
    const base::Result<Json> object = kube::parseGoJson(json);
    if (!object || !object->is_object())
        return found;
    addFinalizers(*object, "/metadata/finalizers", found);
    if (object->value("kind", Json()) == "Namespace")
        addFinalizers(*object, "/spec/finalizers", found);
    return found;
}

std::string resourceVersionOf(std::string_view json) {
    const base::Result<Json> object = kube::parseGoJson(json);
    if (!object || !object->is_object())
        return {};
    const Json version = object->value(Json::json_pointer("/metadata/resourceVersion"), Json());
    return version.is_string() ? version.get<std::string>() : std::string();
}

} // namespace change
