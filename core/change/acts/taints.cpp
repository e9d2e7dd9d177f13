// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/taints.h"

#include "core/change/acts/field_changes.h"
#include "core/change/acts/key_changes.h"
#include "core/kube/go_json.h"

#include <algorithm>
#include <array>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;

tl::unexpected<base::Error> refuse(std::string why) {
    return base::fail(base::ErrorCode::BadInput, std::move(why));
}

bool isEffect(std::string_view effect) {
    constexpr std::array effects{"NoSchedule", "PreferNoSchedule", "NoExecute"};
    return std::find(effects.begin(), effects.end(), effect) != effects.end();
}

base::Result<TaintChange> parseOne(const std::string& word) {
    TaintChange change;
    change.removes = word.ends_with('-');
    std::string_view rest = word;
    if (change.removes)
        rest.remove_suffix(1);
    if (const std::size_t colon = rest.rfind(':'); colon != std::string_view::npos) {
        change.effect = rest.substr(colon + 1);
        rest = rest.substr(0, colon);
        if (!isEffect(change.effect))
            return refuse("\"" + change.effect + "\" is no effect: NoSchedule, PreferNoSchedule and NoExecute are");
    } else if (!change.removes) {
        return refuse("\"" + word + "\" says no effect: write key=value:NoSchedule, or key- to take it away");
    }
    const std::size_t equals = rest.find('=');
    change.key = rest.substr(0, equals);
    if (equals != std::string_view::npos)
        change.value = rest.substr(equals + 1);
    // The rules for keys and values are those of labels.
    if (auto label = parseKeyChanges({change.key + "=" + change.value}, KeysOf::Labels); !label)
        return base::fail(std::move(label.error()));
    return change;
}

std::string textOf(const Json& object, const char* field) {
    const auto at = object.find(field);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::string spelling(const std::string& key, const std::string& value, const std::string& effect) {
    return key + (value.empty() ? "" : "=" + value) + (effect.empty() ? "" : ":" + effect);
}

bool isOf(const Json& taint, const TaintChange& change) {
    return textOf(taint, "key") == change.key && (change.effect.empty() || textOf(taint, "effect") == change.effect);
}

Json taintsIn(const Json& node) {
    Json taints = node.is_object() ? node.value(Json::json_pointer("/spec/taints"), Json()) : Json();
    return taints.is_array() ? taints : Json::array();
}

Json made(const TaintChange& change) {
    Json taint{{"key", change.key}, {"effect", change.effect}};
    if (!change.value.empty())
        taint["value"] = change.value;
    return taint;
}

} // namespace

base::Result<std::vector<TaintChange>> parseTaintChanges(const std::vector<std::string>& words) {
    std::vector<TaintChange> changes;
    for (const std::string& word : words) {
        base::Result<TaintChange> change = parseOne(word);
        if (!change)
            return base::fail(std::move(change.error()));
        const bool isTwice = std::any_of(changes.begin(), changes.end(), [&change](const TaintChange& other) {
            return other.key == change->key &&
                   (other.effect == change->effect || other.effect.empty() || change->effect.empty());
        });
        if (isTwice)
            return refuse("\"" + spelling(change->key, {}, change->effect) + "\" is named twice");
        changes.push_back(*std::move(change));
    }
    if (changes.empty())
        return refuse("name at least one: key=value:NoSchedule, or key- to take it away");
    return changes;
}

base::Result<std::optional<Operation>> taint(const Target& node, std::string_view live,
                                             const std::vector<TaintChange>& changes, TaintValues values) {
    const base::Result<Json> read = kube::parseGoJson(live);
    if (!read)
        return base::fail(read.error());
    const Json before = taintsIn(*read);
    // New ones first, then what stays: kubectl's order.
    Json after = Json::array();
    std::vector<std::string> taken;
    for (const TaintChange& change : changes) {
        const auto same =
            std::find_if(before.begin(), before.end(), [&](const Json& one) { return isOf(one, change); });
        if (change.removes && same == before.end())
            return refuse("taint \"" + spelling(change.key, {}, change.effect) + "\" not found");
        if (change.removes)
            continue;
        if (same != before.end() && values == TaintValues::Kept)
            taken.push_back(change.key);
        after.push_back(made(change));
    }
    if (!taken.empty()) {
        std::string all;
        for (const std::string& one : taken)
            all += (all.empty() ? "" : ",") + one;
        return refuse("node " + node.object.name + " already has " + all +
                      " taint(s) with same effect(s) and --overwrite is false");
    }
    for (const Json& one : before) {
        if (std::none_of(changes.begin(), changes.end(),
                         [&one](const TaintChange& change) { return isOf(one, change); }))
            after.push_back(one);
    }
    if (after == before)
        return std::nullopt;
    FieldChange change{.path = {{"spec"}, {"taints"}}, .isReplacement = true};
    if (!after.empty())
        change.to = after;
    Json object = *read;
    Json steps = Json::array();
    addPatchSteps(object, change, steps);
    Operation operation;
    operation.cluster = node.cluster;
    operation.verb = Verb::JsonPatch;
    operation.object = node.object;
    operation.body = kube::toGoJson(steps, kube::JsonLayout::Compact);
    return operation;
}

std::vector<std::string> taintsOf(std::string_view live) {
    std::vector<std::string> all;
    const base::Result<Json> read = kube::parseGoJson(live);
    for (const Json& one : read ? taintsIn(*read) : Json::array())
        all.push_back(spelling(textOf(one, "key"), textOf(one, "value"), textOf(one, "effect")));
    return all;
}

} // namespace change
