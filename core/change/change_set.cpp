// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/change_set.h"

#include "core/base/text.h"
#include "core/change/references.h"
#include "core/kube/go_json.h"

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <tuple>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;

constexpr std::array<std::pair<Verb, std::string_view>, 13> kVerbs{{
    {Verb::Create, "create"},
    {Verb::Apply, "apply"},
    {Verb::MergePatch, "merge-patch"},
    {Verb::JsonPatch, "json-patch"},
    {Verb::StrategicPatch, "strategic-patch"},
    {Verb::Replace, "replace"},
    {Verb::Scale, "scale"},
    {Verb::Evict, "evict"},
    {Verb::Delete, "delete"},
    {Verb::Exec, "exec"},
    {Verb::Attach, "attach"},
    {Verb::PortForward, "port-forward"},
    {Verb::Copy, "copy"},
}};

constexpr std::array<std::pair<Propagation, std::string_view>, 4> kPropagations{{
    {Propagation::Default, ""},
    {Propagation::Background, "Background"},
    {Propagation::Foreground, "Foreground"},
    {Propagation::Orphan, "Orphan"},
}};

constexpr std::array<std::pair<Await, std::string_view>, 3> kAwaits{{
    {Await::Nothing, ""},
    {Await::Rollout, "rollout"},
    {Await::Gone, "gone"},
}};

template <typename Table, typename Value>
std::string_view nameIn(const Table& table, Value value) {
    const auto at = std::find_if(table.begin(), table.end(), [value](const auto& row) { return row.first == value; });
    return at == table.end() ? std::string_view() : at->second;
}

template <typename Value, typename Table>
std::optional<Value> valueIn(const Table& table, std::string_view name) {
    const auto at = std::find_if(table.begin(), table.end(), [name](const auto& row) { return row.second == name; });
    return at == table.end() ? std::nullopt : std::optional<Value>(at->first);
}

/// What a definition of a custom kind brings, as "group/Kind"; empty for anything else.
std::string kindMadeBy(const Operation& operation) {
    if (operation.object.kind != "CustomResourceDefinition" ||
        !operation.object.apiVersion.starts_with("apiextensions"))
        return {};
    const base::Result<Json> body = kube::parseGoJson(operation.body);
    if (!body || !body->is_object())
        return {};
    const Json group = body->value(Json::json_pointer("/spec/group"), Json());
    const Json kind = body->value(Json::json_pointer("/spec/names/kind"), Json());
    return group.is_string() && kind.is_string() ? group.get<std::string>() + "/" + kind.get<std::string>() : "";
}

std::string groupAndKind(const ObjectRef& object) {
    const std::size_t slash = object.apiVersion.find('/');
    return slash == std::string::npos ? "/" + object.kind : object.apiVersion.substr(0, slash) + "/" + object.kind;
}

bool makesSomething(Verb verb) {
    return verb == Verb::Create || verb == Verb::Apply;
}

using Place = std::pair<std::string, std::string>; // cluster and namespace, or cluster and kind
using Seat = std::tuple<std::string, std::string, std::string, std::string>; // cluster, kind, namespace, name

std::string clusterKey(const ClusterRef& cluster) {
    return cluster.uid.empty() ? cluster.context : cluster.uid;
}

Seat seatOf(const std::string& cluster, const ObjectRef& object) {
    return {cluster, groupAndKind(object), object.ns, object.name};
}

} // namespace

std::string_view toString(Verb verb) {
    return nameIn(kVerbs, verb);
}

std::optional<Verb> verbFrom(std::string_view text) {
    return valueIn<Verb>(kVerbs, text);
}

std::string_view toString(Propagation propagation) {
    return nameIn(kPropagations, propagation);
}

std::optional<Propagation> propagationFrom(std::string_view text) {
    return valueIn<Propagation>(kPropagations, text);
}

std::string_view toString(Await await) {
    return nameIn(kAwaits, await);
}

std::optional<Await> awaitFrom(std::string_view text) {
    return valueIn<Await>(kAwaits, text);
}

std::string newSetId(std::int64_t nowMs) {
    static constexpr std::string_view kLetters = "bcdfghjklmnpqrstvwxz2456789";
    const std::string time = base::formatTime(nowMs); // 2026-01-02T15:04:05Z
    std::string id;
    for (const char c : time) {
        if (c >= '0' && c <= '9')
            id += c;
        else if (c == 'T')
            id += '-';
    }
    const std::string ms = std::to_string(1000 + nowMs % 1000);
    id += "-" + ms.substr(1);
    std::random_device random;
    std::uniform_int_distribution<std::size_t> letter(0, kLetters.size() - 1);
    for (int i = 0; i < 3; ++i)
        id += kLetters[letter(random)];
    return id;
}

std::string intentLine(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isBlank = byte <= 0x20 || byte == 0x7f;
        if (!isBlank)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    if (!line.empty() && line.back() == ' ')
        line.pop_back();
    std::size_t characters = 0;
    std::size_t last = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if ((static_cast<unsigned char>(line[i]) & 0xc0U) == 0x80U)
            continue; // goes on with a character
        if (++characters == kLongestIntent)
            last = i;
        else if (characters > kLongestIntent)
            return line.substr(0, last) + "…";
    }
    return line;
}

void addDependencies(ChangeSet& set) {
    std::map<Place, std::size_t> namespaces;
    std::map<Place, std::size_t> kinds;
    std::map<Seat, std::size_t> made; // first
    std::map<Seat, std::size_t> lastOn;
    // What is needed may stand behind what needs it, as in a folder of files.
    for (std::size_t i = 0; i < set.operations.size(); ++i) {
        const Operation& operation = set.operations[i];
        const std::string cluster = clusterKey(operation.cluster);
        if (!makesSomething(operation.verb) || !operation.subresource.empty())
            continue;
        if (operation.object.kind == "Namespace" && operation.object.apiVersion == "v1")
            namespaces.emplace(Place(cluster, operation.object.name), i);
        else if (const std::string kind = kindMadeBy(operation); !kind.empty())
            kinds.emplace(Place(cluster, kind), i);
        made.emplace(seatOf(cluster, operation.object), i);
    }
    for (std::size_t i = 0; i < set.operations.size(); ++i) {
        Operation& operation = set.operations[i];
        const std::string cluster = clusterKey(operation.cluster);
        std::set<std::size_t> after(operation.after.begin(), operation.after.end());
        if (const auto at = namespaces.find({cluster, operation.object.ns}); at != namespaces.end())
            after.insert(at->second);
        if (const auto at = kinds.find({cluster, groupAndKind(operation.object)}); at != kinds.end())
            after.insert(at->second);
        if (makesSomething(operation.verb)) {
            for (const ObjectRef& needed : referencesOf(operation)) {
                if (const auto at = made.find(seatOf(cluster, needed)); at != made.end())
                    after.insert(at->second);
            }
        }
        const Seat seat = seatOf(cluster, operation.object);
        if (const auto at = lastOn.find(seat); at != lastOn.end())
            after.insert(at->second);
        lastOn[seat] = i;
        after.erase(i);
        operation.after.assign(after.begin(), after.end());
    }
}

std::string toString(const ObjectRef& object) {
    return object.kind + " " + (object.ns.empty() ? "" : object.ns + "/") + object.name;
}

} // namespace change
