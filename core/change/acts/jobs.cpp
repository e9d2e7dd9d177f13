// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/jobs.h"

#include "core/kube/go_json.h"

#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

constexpr std::size_t kLongestName = 63;

Json objectAt(const Json& object, const char* path) {
    Json value = object.is_object() ? object.value(Pointer(path), Json()) : Json();
    return value.is_object() ? value : Json::object();
}

/// Labels that the server gives each Job, and its pods, anew.
Json withoutServersLabels(Json labels) {
    for (const char* key :
         {"controller-uid", "batch.kubernetes.io/controller-uid", "job-name", "batch.kubernetes.io/job-name"})
        labels.erase(key);
    return labels;
}

Operation creation(const Target& from, const std::string& name, Json metadata, Json spec) {
    metadata["name"] = name;
    metadata["namespace"] = from.object.ns;
    Operation operation;
    operation.cluster = from.cluster;
    operation.verb = Verb::Create;
    operation.object = {"batch/v1", "Job", from.object.ns, name};
    operation.body = kube::toGoJson(
        Json{{"apiVersion", "batch/v1"}, {"kind", "Job"}, {"metadata", std::move(metadata)}, {"spec", std::move(spec)}},
        kube::JsonLayout::Compact);
    return operation;
}

} // namespace

std::string runName(std::string_view of, std::string_view suffix) {
    std::string name(of.substr(0, kLongestName - 1 - suffix.size()));
    // What is cut off may leave what no name ends with.
    while (name.ends_with('-') || name.ends_with('.'))
        name.pop_back();
    return name.append("-").append(suffix);
}

std::string runSuffix(std::int64_t nowMs) {
    // Those that the servers' own names are made of: no vowels, nothing that is easily mistaken.
    constexpr std::string_view letters = "bcdfghjklmnpqrstvwxz2456789";
    std::string suffix;
    for (auto rest = static_cast<std::uint64_t>(nowMs); suffix.size() < 6; rest /= letters.size())
        suffix.insert(suffix.begin(), letters[rest % letters.size()]);
    return suffix;
}

Operation runNow(const Target& cronJob, std::string_view json, const std::string& name) {
    const Json live = kube::parseGoJson(json).value_or(Json());
    Json annotations{{"cronjob.kubernetes.io/instantiate", "manual"}};
    annotations.update(objectAt(live, "/spec/jobTemplate/metadata/annotations"));
    Json metadata{{"annotations", std::move(annotations)},
                  {"ownerReferences",
                   {{{"apiVersion", "batch/v1"},
                     {"kind", "CronJob"},
                     {"name", cronJob.object.name},
                     {"uid", objectAt(live, "/metadata").value("uid", std::string())},
                     {"controller", true}}}}};
    if (Json labels = objectAt(live, "/spec/jobTemplate/metadata/labels"); !labels.empty())
        metadata["labels"] = std::move(labels);
    return creation(cronJob, name, std::move(metadata), objectAt(live, "/spec/jobTemplate/spec"));
}

Operation runAgain(const Target& job, std::string_view json, const std::string& name) {
    const Json live = kube::parseGoJson(json).value_or(Json());
    Json metadata = Json::object();
    if (Json labels = withoutServersLabels(objectAt(live, "/metadata/labels")); !labels.empty())
        metadata["labels"] = std::move(labels);
    Json annotations = objectAt(live, "/metadata/annotations");
    for (const char* key : {"kubectl.kubernetes.io/last-applied-configuration", "batch.kubernetes.io/job-tracking",
                            "batch.kubernetes.io/cronjob-scheduled-timestamp"})
        annotations.erase(key);
    if (!annotations.empty())
        metadata["annotations"] = std::move(annotations);
    Json spec = objectAt(live, "/spec");
    // A selector of one's own would take the old Job's pods.
    for (const char* key : {"selector", "manualSelector", "suspend"})
        spec.erase(key);
    Json labels = withoutServersLabels(objectAt(spec, "/template/metadata/labels"));
    if (!labels.empty())
        spec["template"]["metadata"]["labels"] = std::move(labels);
    else if (spec.contains(Pointer("/template/metadata/labels")))
        spec["template"]["metadata"].erase("labels");
    return creation(job, name, std::move(metadata), std::move(spec));
}

Operation setRunning(const Target& target, Running running) {
    Operation operation;
    operation.cluster = target.cluster;
    operation.verb = Verb::MergePatch;
    operation.object = target.object;
    operation.body =
        kube::toGoJson(Json{{"spec", {{"suspend", running == Running::Suspended}}}}, kube::JsonLayout::Compact);
    return operation;
}

} // namespace change
