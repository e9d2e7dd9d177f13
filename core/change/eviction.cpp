// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/eviction.h"

#include "core/kube/go_json.h"

#include <algorithm>

namespace change {

namespace {

using Json = nlohmann::json;

std::string uidOf(const Json& object) {
    const Json uid = object.is_object() ? object.value(Json::json_pointer("/metadata/uid"), Json()) : Json();
    return uid.is_string() ? uid.get<std::string>() : std::string();
}

} // namespace

bool hasGone(const Operation& operation, const nlohmann::json& live) {
    if (operation.verb != Verb::Evict || operation.before.empty())
        return false;
    const base::Result<Json> meant = kube::parseGoJson(operation.before);
    return meant && (live.is_null() || uidOf(live) != uidOf(*meant));
}

bool isEvictedLater(const base::Error& error) {
    return error.code == base::ErrorCode::Throttled ||
           (error.code == base::ErrorCode::Forbidden &&
            std::any_of(error.causes.begin(), error.causes.end(),
                        [](const base::ErrorCause& cause) { return cause.reason == "NamespaceTerminating"; }));
}

std::string evictionSentence(const base::Error& error) {
    std::string sentence = error.message.empty() ? std::string(base::toString(error.code)) : error.message;
    for (const base::ErrorCause& cause : error.causes) {
        if (cause.reason == "DisruptionBudget" && !cause.message.empty())
            sentence += " " + cause.message;
    }
    return sentence;
}

} // namespace change
