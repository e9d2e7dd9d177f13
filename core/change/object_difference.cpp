// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/object_difference.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

/// Labels and annotations belong to whoever set them, also where the map itself is new.
void addNew(const Json& value, const Pointer& path, std::vector<Difference>& out) {
    const std::string text = path.to_string();
    if (!value.is_object() || (text != "/metadata/labels" && text != "/metadata/annotations")) {
        out.push_back({path, std::nullopt, value});
        return;
    }
    for (const auto& [key, inner] : value.items())
        out.push_back({path / key, std::nullopt, inner});
}

void compare(const Json& from, const Json& to, const Pointer& path, std::vector<Difference>& out) {
    if (from.is_object() && to.is_object()) {
        for (const auto& [key, value] : from.items()) {
            const auto there = to.find(key);
            if (there == to.end())
                out.push_back({path / key, value, std::nullopt});
            else
                compare(value, *there, path / key, out);
        }
        for (const auto& [key, value] : to.items()) {
            if (!from.contains(key))
                addNew(value, path / key, out);
        }
    } else if (from.is_array() && to.is_array() && from.size() == to.size()) {
        for (std::size_t i = 0; i < from.size(); ++i)
            compare(from[i], to[i], path / i, out);
    } else if (from != to) {
        out.push_back({path, from, to});
    }
}

Json ownMetadataOf(const Json& metadata) {
    constexpr std::array<std::string_view, 6> kOfTheServer{"managedFields", "resourceVersion",   "generation",
                                                           "uid",           "creationTimestamp", "selfLink"};
    Json own = Json::object();
    for (const auto& [key, value] : metadata.items()) {
        if (std::find(kOfTheServer.begin(), kOfTheServer.end(), key) == kOfTheServer.end())
            own[key] = value;
    }
    return own;
}

} // namespace

nlohmann::json contentOf(const nlohmann::json& object) {
    if (!object.is_object())
        return object;
    // Managed fields are most of many objects: they are not copied first.
    Json content = Json::object();
    for (const auto& [key, value] : object.items()) {
        if (key == "metadata" && value.is_object())
            content[key] = ownMetadataOf(value);
        else if (key != "status")
            content[key] = value;
    }
    return content;
}

std::vector<Difference> differences(const nlohmann::json& from, const nlohmann::json& to) {
    std::vector<Difference> found;
    compare(from, to, Pointer(), found);
    return found;
}

std::optional<nlohmann::json> valueAt(const nlohmann::json& object, const nlohmann::json::json_pointer& path) {
    // contains() would do, but throws at an index that is no number.
    try {
        return object.at(path);
    } catch (const Json::exception&) {
        return std::nullopt;
    }
}

nlohmann::json stepsBack(const std::vector<Difference>& differences) {
    Json steps = Json::array();
    for (const Difference& difference : differences) {
        const std::string path = difference.path.to_string();
        if (difference.to)
            steps.push_back({{"op", "test"}, {"path", path}, {"value", *difference.to}});
        if (!difference.from)
            steps.push_back({{"op", "remove"}, {"path", path}});
        else
            steps.push_back({{"op", difference.to ? "replace" : "add"}, {"path", path}, {"value", *difference.from}});
    }
    return steps;
}

} // namespace change
