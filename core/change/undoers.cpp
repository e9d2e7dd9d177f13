// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/undoers.h"

#include "core/change/object_difference.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;

std::string textAt(const Json& object, const char* path, std::string_view key) {
    const Json map = object.value(Json::json_pointer(path), Json());
    const auto at = map.is_object() ? map.find(key) : map.end();
    return map.is_object() && at != map.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::string label(const Json& object, std::string_view key) {
    return textAt(object, "/metadata/labels", key);
}

std::string annotation(const Json& object, std::string_view key) {
    return textAt(object, "/metadata/annotations", key);
}

void addTools(const Json& object, std::vector<Undoer>& out) {
    // Argo CD's tracking: by annotation "app:group/kind:ns/name", or by the label of its choice.
    const std::string tracking = annotation(object, "argocd.argoproj.io/tracking-id");
    if (!tracking.empty())
        out.push_back({"Argo CD application " + tracking.substr(0, tracking.find(':')), {}});
    else if (const std::string instance = label(object, "argocd.argoproj.io/instance"); !instance.empty())
        out.push_back({"Argo CD application " + instance, {}});
    if (const std::string name = label(object, "kustomize.toolkit.fluxcd.io/name"); !name.empty())
        out.push_back(
            {"Flux Kustomization " + label(object, "kustomize.toolkit.fluxcd.io/namespace") + "/" + name, {}});
    if (const std::string name = label(object, "helm.toolkit.fluxcd.io/name"); !name.empty())
        out.push_back({"Flux HelmRelease " + label(object, "helm.toolkit.fluxcd.io/namespace") + "/" + name, {}});
    else if (const std::string release = annotation(object, "meta.helm.sh/release-name"); !release.empty())
        out.push_back({"Helm release " + annotation(object, "meta.helm.sh/release-namespace") + "/" + release, {}});
}

void addOwner(const Json& object, std::vector<Undoer>& out) {
    for (const Json& owner : object.value(Json::json_pointer("/metadata/ownerReferences"), Json::array())) {
        if (owner.value("controller", false))
            out.push_back({owner.value("kind", std::string()) + " " + owner.value("name", std::string()), {}});
    }
}

/// What people write with; everything else that writes does so again.
bool isHandTool(std::string_view manager) {
    constexpr std::array<std::string_view, 9> kTools{"kubectl",  "quarterdeck", "k9s",  "Lens", "node-fetch",
                                                     "Headlamp", "freelens",    "curl", "helm"};
    return std::any_of(kTools.begin(), kTools.end(),
                       [manager](std::string_view tool) { return manager.starts_with(tool); });
}

/// Walks FieldsV1 beside the object to where `path` leads; true where it is owned there.
bool owns(const Json& fields, const Json& object, const std::vector<std::string>& path, std::size_t at) {
    if (at == path.size())
        return true;
    if (!fields.is_object())
        return false;
    if (object.is_array()) {
        const Json& item = object[static_cast<std::size_t>(std::stoul(path[at]))];
        for (const auto& [key, inner] : fields.items()) {
            const Json keys = key.starts_with("k:") ? Json::parse(key.substr(2), nullptr, false) : Json();
            if (keys.is_object() && item.is_object() &&
                std::all_of(keys.items().begin(), keys.items().end(),
                            [&item](const auto& pair) { return item.value(pair.key(), Json()) == pair.value(); }))
                return owns(inner, item, path, at + 1);
        }
        return fields.empty();
    }
    const auto inner = fields.find("f:" + path[at]);
    if (inner == fields.end())
        return false;
    // An empty set owns the whole value below.
    return inner->empty() ||
           (object.is_object() && object.contains(path[at]) && owns(*inner, object.at(path[at]), path, at + 1));
}

std::vector<std::string> stepsOf(Json::json_pointer path) {
    std::vector<std::string> steps;
    for (; !path.empty(); path.pop_back())
        steps.push_back(path.back());
    std::reverse(steps.begin(), steps.end());
    return steps;
}

} // namespace

std::vector<Undoer> undoersOf(const nlohmann::json& before, const nlohmann::json& would) {
    std::vector<Undoer> found;
    if (!before.is_object())
        return found;
    addTools(before, found);
    addOwner(before, found);
    if (would.is_null())
        return found;
    for (const Difference& difference : differences(contentOf(before), contentOf(would))) {
        const auto steps = stepsOf(difference.path);
        for (const Json& entry : before.value(Json::json_pointer("/metadata/managedFields"), Json::array())) {
            const std::string manager = entry.value("manager", std::string());
            if (isHandTool(manager) || !owns(entry.value("fieldsV1", Json()), before, steps, 0))
                continue;
            const std::string field = difference.path.to_string();
            if (std::none_of(found.begin(), found.end(),
                             [&](const Undoer& known) { return known.who == manager && known.field == field; }))
                found.push_back({manager, field});
        }
    }
    return found;
}

void addAutoscalers(const nlohmann::json& list, const ObjectRef& object, std::vector<Undoer>& out) {
    const Json items = list.is_object() ? list.value("items", Json()) : Json();
    for (const Json& item : items.is_array() ? items : Json::array()) {
        if (!item.is_object())
            continue;
        const Json target = item.value(Json::json_pointer("/spec/scaleTargetRef"), Json());
        const Json name = item.value(Json::json_pointer("/metadata/name"), Json());
        const Json version = target.is_object() ? target.value("apiVersion", Json()) : Json();
        // Versions of a group are the same objects.
        const auto groupOf = [](const std::string& apiVersion) { return apiVersion.substr(0, apiVersion.find('/')); };
        if (version.is_string() && name.is_string() && target.value("kind", Json()) == object.kind &&
            target.value("name", Json()) == object.name &&
            groupOf(version.get<std::string>()) == groupOf(object.apiVersion))
            out.push_back({"HorizontalPodAutoscaler " + object.ns + "/" + name.get<std::string>(), "/spec/replicas"});
    }
}

} // namespace change
