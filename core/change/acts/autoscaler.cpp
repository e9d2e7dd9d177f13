// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/autoscaler.h"

#include "core/kube/go_json.h"
#include "core/kube/yaml_text.h"

namespace change {

namespace {

using Json = nlohmann::json;

std::string textAt(const Json& object, const char* path) {
    const Json value = object.is_object() ? object.value(Json::json_pointer(path), Json()) : Json();
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::string groupOf(const std::string& apiVersion) {
    const std::size_t slash = apiVersion.find('/');
    return slash == std::string::npos ? std::string() : apiVersion.substr(0, slash);
}

} // namespace

bool canAutoscale(const ObjectRef& object) {
    return groupOf(object.apiVersion) == "apps" &&
           (object.kind == "Deployment" || object.kind == "StatefulSet" || object.kind == "ReplicaSet");
}

std::string newAutoscaler(const ObjectRef& workload) {
    const Json cpu{{"type", "Resource"},
                   {"resource", {{"name", "cpu"}, {"target", {{"type", "Utilization"}, {"averageUtilization", 80}}}}}};
    const Json made{
        {"apiVersion", "autoscaling/v2"},
        {"kind", "HorizontalPodAutoscaler"},
        {"metadata", {{"name", workload.name}, {"namespace", workload.ns}}},
        {"spec",
         {{"scaleTargetRef", {{"apiVersion", workload.apiVersion}, {"kind", workload.kind}, {"name", workload.name}}},
          {"minReplicas", 1},
          {"maxReplicas", 3},
          {"metrics", Json::array({cpu})}}}};
    return kube::toYaml(kube::toGoJson(made, kube::JsonLayout::Compact), kube::ManagedFields::Folded).value_or("");
}

base::Result<std::string> autoscalerOf(std::string_view list, const ObjectRef& workload) {
    const base::Result<Json> read = kube::parseGoJson(list);
    if (!read || !read->is_object())
        return base::fail(base::ErrorCode::BadResponse, "the list of autoscalers is no list");
    const Json items = read->value("items", Json::array());
    for (const Json& item : items.is_array() ? items : Json::array()) {
        const bool isIts = textAt(item, "/spec/scaleTargetRef/kind") == workload.kind &&
                           textAt(item, "/spec/scaleTargetRef/name") == workload.name &&
                           textAt(item, "/metadata/namespace") == workload.ns &&
                           groupOf(textAt(item, "/spec/scaleTargetRef/apiVersion")) == groupOf(workload.apiVersion);
        if (isIts)
            return textAt(item, "/metadata/name");
    }
    return std::string();
}

} // namespace change
