// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/discovery.h"

#include <map>
#include <vector>

namespace demo {

namespace {

using GroupVersions = std::map<std::pair<std::string, std::string>, std::vector<const ServedKind*>>;

GroupVersions byGroupVersion() {
    GroupVersions result;
    for (const ServedKind& served : servedKinds())
        result[{served.kind.group, served.kind.version}].push_back(&served);
    return result;
}

Json gvk(const std::string& group, const std::string& version, const std::string& kind) {
    return {{"group", group}, {"version", version}, {"kind", kind}};
}

Json aggregatedResource(const ServedKind& served) {
    Json resource = {{"resource", served.kind.plural},
                     {"responseKind", gvk(served.kind.group, served.kind.version, served.kind.kind)},
                     {"scope", served.kind.namespaced ? "Namespaced" : "Cluster"},
                     {"singularResource", served.kind.singular},
                     {"verbs", served.kind.verbs}};
    if (!served.kind.shortNames.empty())
        resource["shortNames"] = served.kind.shortNames;
    if (!served.kind.categories.empty())
        resource["categories"] = served.kind.categories;
    Json subresources = Json::array();
    if (served.scalable)
        subresources.push_back({{"subresource", "scale"},
                                {"responseKind", gvk("autoscaling", "v1", "Scale")},
                                {"verbs", {"get", "patch", "update"}}});
    if (served.kind.plural == "pods") {
        subresources.push_back({{"subresource", "log"}, {"responseKind", gvk("", "v1", "Pod")}, {"verbs", {"get"}}});
        subresources.push_back(
            {{"subresource", "eviction"}, {"responseKind", gvk("policy", "v1", "Eviction")}, {"verbs", {"create"}}});
    }
    if (!subresources.empty())
        resource["subresources"] = std::move(subresources);
    return resource;
}

Json resourceEntry(const ServedKind& served) {
    Json entry = {{"name", served.kind.plural},
                  {"singularName", served.kind.singular},
                  {"namespaced", served.kind.namespaced},
                  {"kind", served.kind.kind},
                  {"verbs", served.kind.verbs}};
    if (!served.kind.shortNames.empty())
        entry["shortNames"] = served.kind.shortNames;
    if (!served.kind.categories.empty())
        entry["categories"] = served.kind.categories;
    return entry;
}

} // namespace

Json aggregatedDiscovery(DiscoveryRoot root) {
    Json items = Json::array();
    for (const auto& [groupVersion, kinds] : byGroupVersion()) {
        if (groupVersion.first.empty() != (root == DiscoveryRoot::Core))
            continue;
        Json resources = Json::array();
        for (const ServedKind* served : kinds)
            resources.push_back(aggregatedResource(*served));
        Json metadata = {{"creationTimestamp", nullptr}};
        if (!groupVersion.first.empty())
            metadata["name"] = groupVersion.first;
        items.push_back({{"metadata", std::move(metadata)},
                         {"versions", Json::array({{{"version", groupVersion.second},
                                                    {"resources", std::move(resources)},
                                                    {"freshness", "Current"}}})}});
    }
    return {{"kind", "APIGroupDiscoveryList"},
            {"apiVersion", "apidiscovery.k8s.io/v2"},
            {"metadata", Json::object()},
            {"items", std::move(items)}};
}

Json groupList() {
    Json groups = Json::array();
    for (const auto& [groupVersion, kinds] : byGroupVersion()) {
        if (groupVersion.first.empty())
            continue;
        const Json version = {{"groupVersion", groupVersion.first + "/" + groupVersion.second},
                              {"version", groupVersion.second}};
        groups.push_back({{"name", groupVersion.first}, {"versions", {version}}, {"preferredVersion", version}});
    }
    return {{"kind", "APIGroupList"}, {"apiVersion", "v1"}, {"groups", std::move(groups)}};
}

Json resourceList(const std::string& group, const std::string& version) {
    Json resources = Json::array();
    for (const ServedKind& served : servedKinds()) {
        if (served.kind.group != group || served.kind.version != version)
            continue;
        resources.push_back(resourceEntry(served));
        if (served.scalable)
            resources.push_back({{"name", served.kind.plural + "/scale"},
                                 {"singularName", ""},
                                 {"namespaced", true},
                                 {"group", "autoscaling"},
                                 {"version", "v1"},
                                 {"kind", "Scale"},
                                 {"verbs", {"get", "patch", "update"}}});
        if (served.kind.plural == "pods")
            resources.push_back({{"name", "pods/log"},
                                 {"singularName", ""},
                                 {"namespaced", true},
                                 {"kind", "Pod"},
                                 {"verbs", {"get"}}});
    }
    return {{"kind", "APIResourceList"},
            {"apiVersion", "v1"},
            {"groupVersion", group.empty() ? version : group + "/" + version},
            {"resources", std::move(resources)}};
}

} // namespace demo
