// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/images.h"

#include "core/kube/go_json.h"

#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;

/// The way to the pods' spec; empty for what has no pods.
std::string podSpecOf(const Json& object) {
    for (const char* path : {"/spec/jobTemplate/spec/template/spec", "/spec/template/spec", "/spec"}) {
        const Json spec = object.is_object() ? object.value(Json::json_pointer(path), Json()) : Json();
        if (spec.is_object() && spec.contains("containers"))
            return path;
    }
    return {};
}

/// Steps for all containers of one list that the change means; whether there was one.
bool addSteps(const Json& object, const std::string& list, const ImageChange& change, Json& steps) {
    const Json containers = object.value(Json::json_pointer(list), Json());
    bool isFound = false;
    for (std::size_t i = 0; containers.is_array() && i < containers.size(); ++i) {
        const Json& container = containers[i];
        const Json name = container.is_object() ? container.value("name", Json()) : Json();
        if (!name.is_string() || (change.container != "*" && name != change.container))
            continue;
        isFound = true;
        if (container.value("image", Json()) == change.image)
            continue;
        const std::string at = list + '/' + std::to_string(i);
        steps.push_back({{"op", "test"}, {"path", at + "/name"}, {"value", name}});
        steps.push_back({{"op", "add"}, {"path", at + "/image"}, {"value", change.image}});
    }
    return isFound;
}

} // namespace

base::Result<std::vector<ImageChange>> parseImageChanges(const std::vector<std::string>& words) {
    std::vector<ImageChange> changes;
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == word.size())
            return base::fail(base::ErrorCode::BadInput, "\"" + word + "\" is not CONTAINER=IMAGE");
        changes.push_back({word.substr(0, equals), word.substr(equals + 1)});
    }
    if (changes.empty())
        return base::fail(base::ErrorCode::BadInput, "name at least one CONTAINER=IMAGE");
    return changes;
}

base::Result<std::optional<Operation>> setImages(const Target& target, std::string_view live,
                                                 const std::vector<ImageChange>& changes) {
    const base::Result<Json> object = kube::parseGoJson(live);
    if (!object)
        return base::fail(object.error());
    const std::string pods = podSpecOf(*object);
    if (pods.empty())
        return base::fail(base::ErrorCode::BadInput, target.object.kind + " has no containers");
    Json steps = Json::array();
    for (const ImageChange& change : changes) {
        const bool isInit = addSteps(*object, pods + "/initContainers", change, steps);
        const bool isApp = addSteps(*object, pods + "/containers", change, steps);
        if (!isInit && !isApp)
            return base::fail(base::ErrorCode::BadInput, "unable to find container named \"" + change.container + "\"");
    }
    if (steps.empty())
        return std::nullopt;
    Operation operation;
    operation.cluster = target.cluster;
    operation.verb = Verb::JsonPatch;
    operation.object = target.object;
    operation.body = kube::toGoJson(steps, kube::JsonLayout::Compact);
    if (hasRollout(target.object))
        operation.await = Await::Rollout;
    return operation;
}

} // namespace change
