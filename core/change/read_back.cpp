// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/read_back.h"

#include "core/change/change_set.h"
#include "core/change/object_difference.h"

#include <map>
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

/// When we wrote last, by operation and subresource: who takes a field from us changes our fields, not our time.
std::map<std::string, std::string> ourTimes(const Json& object) {
    std::map<std::string, std::string> times;
    if (!object.is_object())
        return times;
    for (const Json& entry : object.value(Json::json_pointer("/metadata/managedFields"), Json::array())) {
        if (entry.value("manager", std::string()) == kFieldManager)
            times[entry.value("operation", std::string()) + "/" + entry.value("subresource", std::string())] =
                entry.value("time", std::string());
    }
    return times;
}

bool wroteSince(const Json& before, const Json& live) {
    const auto then = ourTimes(before);
    for (const auto& [what, time] : ourTimes(live)) {
        const auto old = then.find(what);
        if (old == then.end() || old->second < time)
            return true;
    }
    return false;
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
        return wroteSince(before, live) ? ReadBack::Stored : ReadBack::NotStored;
    if (metadata(live, "uid") != metadata(before, "uid"))
        return ReadBack::Unclear;
    if (metadata(live, "resourceVersion") == metadata(before, "resourceVersion"))
        return ReadBack::NotStored;
    if (wroteSince(before, live))
        return ReadBack::Stored;
    return expected.is_null() ? ReadBack::Unclear : byContent(before, expected, live);
}

} // namespace change
