// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/discovery_document.h"

#include <simdjson.h>

#include <algorithm>
#include <cctype>
#include <utility>

namespace kube {

namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

std::string text(const object& from, std::string_view key) {
    std::string_view value;
    return from[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

// The objects of an array; what is missing or something else counts as none, as optional lists may be null.
std::vector<object> objects(const object& from, std::string_view key) {
    std::vector<object> result;
    array values;
    if (from[key].get(values) != simdjson::SUCCESS)
        return result;
    for (const element value : values) {
        object item;
        if (value.get(item) == simdjson::SUCCESS)
            result.push_back(item);
    }
    return result;
}

std::vector<std::string> texts(const object& from, std::string_view key) {
    std::vector<std::string> result;
    array values;
    if (from[key].get(values) != simdjson::SUCCESS)
        return result;
    for (const element value : values) {
        std::string_view item;
        if (value.get(item) == simdjson::SUCCESS)
            result.emplace_back(item);
    }
    return result;
}

base::Result<object> parse(simdjson::dom::parser& parser, std::string_view json) {
    object root;
    if (const auto problem = parser.parse(json.data(), json.size()).get(root); problem != simdjson::SUCCESS)
        return base::fail(base::ErrorCode::BadResponse,
                          std::string("the discovery document is broken: ") + simdjson::error_message(problem));
    return root;
}

void completeNames(Kind& kind) {
    if (!kind.singular.empty())
        return;
    kind.singular = kind.kind;
    std::transform(kind.singular.begin(), kind.singular.end(), kind.singular.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
}

DiscoveredVersion aggregatedVersion(const object& from, const std::string& group) {
    DiscoveredVersion version;
    version.version = text(from, "version");
    if (text(from, "freshness") == "Stale")
        version.state = DiscoveredVersion::State::Stale;
    for (const object& resource : objects(from, "resources")) {
        Kind kind;
        kind.group = group;
        kind.version = version.version;
        kind.plural = text(resource, "resource");
        object response;
        if (resource["responseKind"].get(response) == simdjson::SUCCESS)
            kind.kind = text(response, "kind");
        kind.singular = text(resource, "singularResource");
        kind.namespaced = text(resource, "scope") == "Namespaced";
        kind.shortNames = texts(resource, "shortNames");
        kind.categories = texts(resource, "categories");
        kind.verbs = texts(resource, "verbs");
        completeNames(kind);
        // A resource without a kind of its own exists only for its sub-resources.
        if (!kind.plural.empty() && !kind.kind.empty())
            version.kinds.push_back(std::move(kind));
    }
    return version;
}

std::vector<DiscoveredGroup> aggregatedGroups(const object& root) {
    std::vector<DiscoveredGroup> groups;
    for (const object& item : objects(root, "items")) {
        DiscoveredGroup group;
        object metadata;
        if (item["metadata"].get(metadata) == simdjson::SUCCESS)
            group.name = text(metadata, "name");
        for (const object& version : objects(item, "versions"))
            group.versions.push_back(aggregatedVersion(version, group.name));
        groups.push_back(std::move(group));
    }
    return groups;
}

DiscoveredVersion notAsked(std::string version) {
    DiscoveredVersion result;
    result.version = std::move(version);
    result.state = DiscoveredVersion::State::NotAsked;
    return result;
}

std::vector<DiscoveredGroup> listedGroups(const object& root) {
    std::vector<DiscoveredGroup> groups;
    for (const object& item : objects(root, "groups")) {
        DiscoveredGroup group;
        group.name = text(item, "name");
        std::string preferred;
        object preferredVersion;
        if (item["preferredVersion"].get(preferredVersion) == simdjson::SUCCESS)
            preferred = text(preferredVersion, "version");
        for (const object& version : objects(item, "versions")) {
            DiscoveredVersion listed = notAsked(text(version, "version"));
            if (listed.version == preferred)
                group.versions.insert(group.versions.begin(), std::move(listed));
            else
                group.versions.push_back(std::move(listed));
        }
        groups.push_back(std::move(group));
    }
    return groups;
}

} // namespace

base::Result<std::vector<DiscoveredGroup>> parseGroups(std::string_view json) {
    simdjson::dom::parser parser;
    const auto root = parse(parser, json);
    if (!root)
        return base::fail(root.error());
    const std::string kind = text(*root, "kind");
    if (kind == "APIGroupDiscoveryList")
        return aggregatedGroups(*root);
    if (kind == "APIGroupList")
        return listedGroups(*root);
    if (kind == "APIVersions") {
        DiscoveredGroup core;
        for (std::string& version : texts(*root, "versions"))
            core.versions.push_back(notAsked(std::move(version)));
        return std::vector<DiscoveredGroup>{std::move(core)};
    }
    return base::fail(base::ErrorCode::BadResponse, "the answer is no discovery document but of kind '" + kind + "'");
}

base::Result<std::vector<Kind>> parseResourceList(std::string_view json, std::string_view group,
                                                  std::string_view version) {
    simdjson::dom::parser parser;
    const auto root = parse(parser, json);
    if (!root)
        return base::fail(root.error());
    if (text(*root, "kind") != "APIResourceList")
        return base::fail(base::ErrorCode::BadResponse, "the answer is no APIResourceList");
    std::vector<Kind> kinds;
    for (const object& resource : objects(*root, "resources")) {
        Kind kind;
        kind.group = group;
        kind.version = version;
        kind.plural = text(resource, "name");
        kind.kind = text(resource, "kind");
        if (kind.plural.empty() || kind.kind.empty() || kind.plural.find('/') != std::string::npos)
            continue;
        kind.singular = text(resource, "singularName");
        bool namespaced = false;
        kind.namespaced = resource["namespaced"].get(namespaced) == simdjson::SUCCESS && namespaced;
        kind.shortNames = texts(resource, "shortNames");
        kind.categories = texts(resource, "categories");
        kind.verbs = texts(resource, "verbs");
        completeNames(kind);
        kinds.push_back(std::move(kind));
    }
    return kinds;
}

} // namespace kube
