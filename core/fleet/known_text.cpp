// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/known_text.h"

#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

namespace fleet {

namespace {

using Json = nlohmann::ordered_json;

template <typename T>
using Member = std::pair<const char*, T ClusterInfo::*>;

constexpr std::array kCounts{
    Member<int>{"nodes", &ClusterInfo::nodes},
    Member<int>{"nodesReady", &ClusterInfo::nodesReady},
    Member<int>{"pods", &ClusterInfo::pods},
    Member<int>{"podsRunning", &ClusterInfo::podsRunning},
    Member<int>{"podsPending", &ClusterInfo::podsPending},
    Member<int>{"podsSucceeded", &ClusterInfo::podsSucceeded},
    Member<int>{"podsFailed", &ClusterInfo::podsFailed},
    Member<int>{"podsBroken", &ClusterInfo::podsBroken},
};
constexpr std::array kAmounts{
    Member<std::int64_t>{"asOfMs", &ClusterInfo::asOfMs},
    Member<std::int64_t>{"cpuAllocatableMilli", &ClusterInfo::cpuAllocatableMilli},
    Member<std::int64_t>{"cpuRequestedMilli", &ClusterInfo::cpuRequestedMilli},
    Member<std::int64_t>{"memoryAllocatable", &ClusterInfo::memoryAllocatable},
    Member<std::int64_t>{"memoryRequested", &ClusterInfo::memoryRequested},
};
constexpr std::array kTexts{
    Member<std::string>{"version", &ClusterInfo::version},
    Member<std::string>{"provider", &ClusterInfo::provider},
    Member<std::string>{"region", &ClusterInfo::region},
    Member<std::string>{"uid", &ClusterInfo::uid},
};
constexpr std::array kLists{
    Member<std::vector<std::string>>{"onlyNamespaces", &ClusterInfo::onlyNamespaces},
    Member<std::vector<std::string>>{"nodeProblems", &ClusterInfo::nodeProblems},
};

std::vector<std::string> listOf(const Json& json) {
    std::vector<std::string> list;
    for (const Json& item : json) {
        if (item.is_string())
            list.push_back(item.get<std::string>());
    }
    return list;
}

std::string textOf(const Json& json, const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> listOf(const Json& json, const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_array() ? listOf(*found) : std::vector<std::string>();
}

} // namespace

std::string summaryText(const ClusterInfo& info) {
    Json json = Json::object();
    const auto put = [&](const auto& members) {
        for (const auto& [name, member] : members)
            json[name] = info.*member;
    };
    put(kTexts);
    put(kCounts);
    put(kAmounts);
    put(kLists);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void readSummary(std::string_view text, ClusterInfo& info) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return;
    const auto read = [&](const auto& members, auto isRight, auto take) {
        for (const auto& [name, member] : members) {
            const auto found = json.find(name);
            if (found != json.end() && isRight(*found))
                take(*found, info.*member);
        }
    };
    const auto plain = [](const Json& value, auto& place) { value.get_to(place); };
    const auto isNumber = [](const Json& value) { return value.is_number_integer(); };
    read(kTexts, [](const Json& value) { return value.is_string(); }, plain);
    read(kCounts, isNumber, plain);
    read(kAmounts, isNumber, plain);
    read(
        kLists, [](const Json& value) { return value.is_array(); },
        [](const Json& value, std::vector<std::string>& place) { place = listOf(value); });
}

std::string catalogText(const kube::KindCatalog& catalog) {
    Json kinds = Json::array();
    for (const kube::Kind& kind : catalog.kinds()) {
        kinds.push_back({{"group", kind.group},
                         {"version", kind.version},
                         {"kind", kind.kind},
                         {"plural", kind.plural},
                         {"singular", kind.singular},
                         {"shortNames", kind.shortNames},
                         {"categories", kind.categories},
                         {"verbs", kind.verbs},
                         {"namespaced", kind.namespaced}});
    }
    return kinds.dump(-1, ' ', false, Json::error_handler_t::replace);
}

kube::KindCatalogPtr readCatalog(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_array() || json.empty())
        return nullptr;
    std::vector<kube::Kind> kinds;
    for (const Json& each : json) {
        if (!each.is_object())
            return nullptr;
        kube::Kind kind;
        kind.group = textOf(each, "group");
        kind.version = textOf(each, "version");
        kind.kind = textOf(each, "kind");
        kind.plural = textOf(each, "plural");
        kind.singular = textOf(each, "singular");
        kind.shortNames = listOf(each, "shortNames");
        kind.categories = listOf(each, "categories");
        kind.verbs = listOf(each, "verbs");
        kind.namespaced = each.value("namespaced", Json(true)) == Json(true);
        if (kind.plural.empty() || kind.version.empty())
            return nullptr;
        kinds.push_back(std::move(kind));
    }
    return std::make_shared<const kube::KindCatalog>(std::move(kinds));
}

} // namespace fleet
