// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/read_back.h"

#include "core/change/change_set.h"
#include "core/change/object_difference.h"
#include "core/kube/go_json.h"

#include <algorithm>
#include <cstddef>
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

/// Whether somebody with our manager's name did, on whatever machine.
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
    // A write that changes no content, but whose are the fields, shows by its time alone.
    if (asExpected && (!asBefore || wroteSince(before, live)))
        return ReadBack::Stored;
    // Otherwise one that changes nothing is as good as one that was never sent.
    return asBefore ? ReadBack::NotStored : ReadBack::Unclear;
}

/// What a new object was to be given. A secret's values may be written as text, and are stored elsewhere.
Json wantedOf(const Operation& operation) {
    Json wanted = contentOf(kube::parseGoJson(operation.body).value_or(Json()));
    if (wanted.is_object() && wanted.contains("stringData"))
        wanted["data"] = Json(); // All of it counts.
    return wanted;
}

/// Whether `live` is as `expected` wherever `wanted` says something. All else the server chooses for each object anew:
/// addresses, ports, the uid in a job's selector.
bool holds(const Json& live, const Json& expected, const Json& wanted) {
    if (live.is_object() && expected.is_object() && wanted.is_object())
        return std::all_of(wanted.items().begin(), wanted.items().end(), [&](const auto& pair) {
            return holds(live.value(pair.key(), Json()), expected.value(pair.key(), Json()), pair.value());
        });
    // Items that the server adds, as the token of a pod, come behind.
    if (live.is_array() && expected.is_array() && wanted.is_array() && live.size() == expected.size() &&
        live.size() >= wanted.size()) {
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (!holds(live[i], expected[i], wanted[i]))
                return false;
        }
        return true;
    }
    return live == expected;
}

ReadBack afterDeletion(const Json& before, const Json& live) {
    if (live.is_null() || metadata(live, "uid") != metadata(before, "uid"))
        return ReadBack::Stored;
    const bool goes = !metadata(live, "deletionTimestamp").empty();
    return goes && metadata(before, "deletionTimestamp").empty() ? ReadBack::Stored : ReadBack::NotStored;
}

} // namespace

ReadBack readBack(const Operation& operation, const Json& before, const Json& expected, const Json& live) {
    if (operation.verb == Verb::Delete || operation.verb == Verb::Evict)
        return afterDeletion(before, live);
    if (live.is_null())
        return before.is_null() ? ReadBack::NotStored : ReadBack::Unclear;
    if (before.is_null() && !wroteSince(before, live))
        return ReadBack::NotStored;
    if (before.is_null())
        return !expected.is_null() && holds(contentOf(live), contentOf(expected), wantedOf(operation))
                   ? ReadBack::Stored
                   : ReadBack::Unclear;
    if (metadata(live, "uid") != metadata(before, "uid"))
        return ReadBack::Unclear;
    if (metadata(live, "resourceVersion") == metadata(before, "resourceVersion"))
        return ReadBack::NotStored;
    return expected.is_null() ? ReadBack::Unclear : byContent(before, expected, live);
}

} // namespace change
