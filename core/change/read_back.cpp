// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/read_back.h"

#include "core/change/change_set.h"
#include "core/change/object_difference.h"

#include <optional>
#include <string>

namespace change {

namespace {

using Json = nlohmann::json;

std::string metadata(const Json& object, const char* key) {
    if (!object.is_object())
        return {};
    const Json value = object.value(Json::json_pointer(std::string("/metadata/") + key), Json());
    return value.is_string() ? value.get<std::string>() : std::string();
}

/// Our entries among the managers, with their times and fields.
Json oursIn(const Json& object) {
    Json ours = Json::array();
    if (!object.is_object())
        return ours;
    for (const Json& entry : object.value(Json::json_pointer("/metadata/managedFields"), Json::array())) {
        if (entry.value("manager", std::string()) == kFieldManager)
            ours.push_back(entry);
    }
    return ours;
}

/// Whether the places in which `before` and `expected` differ look like one or the other.
ReadBack byContent(const Json& before, const Json& expected, const Json& live) {
    bool asExpected = true;
    bool asBefore = true;
    for (const Difference& difference : differences(contentOf(before), contentOf(expected))) {
        const std::optional<Json> value = valueAt(live, difference.path);
        asExpected = asExpected && value == difference.to;
        asBefore = asBefore && value == difference.from;
    }
    // A write that changes nothing is as good as one that was never sent.
    if (asBefore)
        return ReadBack::NotStored;
    return asExpected ? ReadBack::Stored : ReadBack::Unclear;
}

ReadBack afterDeletion(const Json& before, const Json& live) {
    if (live.is_null() || metadata(live, "uid") != metadata(before, "uid"))
        return ReadBack::Stored;
    const bool goes = !metadata(live, "deletionTimestamp").empty();
    return goes && metadata(before, "deletionTimestamp").empty() ? ReadBack::Stored : ReadBack::NotStored;
}

} // namespace

ReadBack readBack(Verb verb, const nlohmann::json& before, const nlohmann::json& expected, const nlohmann::json& live) {
    if (verb == Verb::Delete || verb == Verb::Evict)
        return afterDeletion(before, live);
    if (live.is_null())
        return before.is_null() ? ReadBack::NotStored : ReadBack::Unclear;
    if (before.is_null())
        return oursIn(live).empty() ? ReadBack::NotStored : ReadBack::Stored;
    if (metadata(live, "uid") != metadata(before, "uid"))
        return ReadBack::Unclear;
    if (metadata(live, "resourceVersion") == metadata(before, "resourceVersion"))
        return ReadBack::NotStored;
    if (oursIn(live) != oursIn(before))
        return ReadBack::Stored;
    return expected.is_null() ? ReadBack::Unclear : byContent(before, expected, live);
}

} // namespace change
