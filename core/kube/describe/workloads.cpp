// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/age.h"
#include "core/base/text.h"
#include "core/kube/describe/writer.h"

#include <array>
#include <cstddef>
#include <vector>

namespace kube::describe {

namespace {

std::string count(const Json& value) {
    return textOr(value, "0");
}

void writeLabelsAndAnnotations(Page& page) {
    writeLabels(page.top(), "Labels", at(page.object, {"metadata", "labels"}));
    writeAnnotations(page.top(), "Annotations", at(page.object, {"metadata", "annotations"}));
}

void writeOptional(Writer writer, const char* title, const Json& value, const char* unit = "") {
    if (!value.is_null())
        writer.add(title, text(value) + unit);
}

void writeOrUnset(Writer writer, const char* title, const Json& value, const char* unit = "") {
    writer.add(title, value.is_null() ? "<unset>" : text(value) + unit);
}

std::string replicaSetText(const Json& replicaSet) {
    return text(at(replicaSet, {"metadata", "name"})) + " (" + count(at(replicaSet, {"status", "replicas"})) + "/" +
           textOr(at(replicaSet, {"spec", "replicas"}), "1") + " replicas created)";
}

// The replica set that has the deployment's own template is the new one; its hash label does not count.
bool hasTemplateOf(const Json& replicaSet, const Json& deployment) {
    Json mine = at(replicaSet, {"spec", "template"});
    Json wanted = at(deployment, {"spec", "template"});
    for (Json* podTemplate : {&mine, &wanted}) {
        if (podTemplate->is_object() && at(*podTemplate, {"metadata", "labels"}).is_object())
            (*podTemplate)["metadata"]["labels"].erase("pod-template-hash");
    }
    return mine == wanted;
}

bool isControlledBy(const Json& object, const std::string& uid) {
    for (const Json& owner : at(object, {"metadata", "ownerReferences"})) {
        if (isTrue(at(owner, "controller")) && text(at(owner, "uid")) == uid)
            return true;
    }
    return false;
}

void writeReplicaSets(Page& page) {
    const Json list = page.related("replicasets");
    const std::string uid = text(at(page.object, {"metadata", "uid"}));
    std::vector<const Json*> mine;
    for (const Json& replicaSet : at(list, "items")) {
        if (isControlledBy(replicaSet, uid))
            mine.push_back(&replicaSet);
    }
    if (mine.empty())
        return;
    // Of several with the same template the oldest counts as the new one.
    const Json* newest = nullptr;
    const auto created = [](const Json& object) { return text(at(object, {"metadata", "creationTimestamp"})); };
    for (const Json* replicaSet : mine) {
        if (hasTemplateOf(*replicaSet, page.object) && (newest == nullptr || created(*replicaSet) < created(*newest)))
            newest = replicaSet;
    }
    std::string older;
    for (const Json* replicaSet : mine) {
        if (replicaSet != newest)
            older += (older.empty() ? "" : ", ") + replicaSetText(*replicaSet);
    }
    page.top().add("OldReplicaSets", older.empty() ? "<none>" : older);
    page.top().add("NewReplicaSet", newest == nullptr ? "<none>" : replicaSetText(*newest));
}

std::string completedIndexes(const std::string& indexes) {
    constexpr std::size_t kSoftLimit = 50;
    if (indexes.empty())
        return "<none>";
    const std::size_t comma = indexes.size() <= kSoftLimit ? std::string::npos : indexes.find(',', kSoftLimit);
    return comma == std::string::npos ? indexes : indexes.substr(0, comma + 1) + "...";
}

void writeJobTimes(Page& page) {
    const Json& status = at(page.object, "status");
    const Json& start = at(status, "startTime");
    const Json& end = at(status, "completionTime");
    if (isSet(start))
        page.top().addTime("Start Time", start);
    if (isSet(end))
        page.top().addTime("Completed At", end);
    if (isSet(start) && isSet(end))
        page.top().add("Duration", base::humanDuration(base::parseTime(text(end)).value_or(0) -
                                                       base::parseTime(text(start)).value_or(0)));
}

} // namespace

void writePodsStatus(Page& page) {
    const Json pods = page.related("pods");
    if (pods.is_null())
        return;
    const std::string uid = text(at(page.object, {"metadata", "uid"}));
    std::array<int, 4> counts{}; // running, waiting, succeeded, failed
    for (const Json& pod : at(pods, "items")) {
        if (!isControlledBy(pod, uid))
            continue;
        const std::string phase = text(at(pod, {"status", "phase"}));
        counts[0] += phase == "Running" ? 1 : 0;
        counts[1] += phase == "Pending" ? 1 : 0;
        counts[2] += phase == "Succeeded" ? 1 : 0;
        counts[3] += phase == "Failed" ? 1 : 0;
    }
    page.top().add("Pods Status", std::to_string(counts[0]) + " Running / " + std::to_string(counts[1]) +
                                      " Waiting / " + std::to_string(counts[2]) + " Succeeded / " +
                                      std::to_string(counts[3]) + " Failed");
}

void describeDeployment(Page& page) {
    const Json& spec = at(page.object, "spec");
    const Json& status = at(page.object, "status");
    writeNameAndNamespace(page);
    page.top().addTime("CreationTimestamp", at(page.object, {"metadata", "creationTimestamp"}));
    writeLabelsAndAnnotations(page);
    page.top().add("Selector", selectorText(at(spec, "selector"), ""));
    page.top().add("Replicas", textOr(at(spec, "replicas"), "1") + " desired | " +
                                   count(at(status, "updatedReplicas")) + " updated | " +
                                   count(at(status, "replicas")) + " total | " +
                                   count(at(status, "availableReplicas")) + " available | " +
                                   count(at(status, "unavailableReplicas")) + " unavailable");
    page.top().add("StrategyType", text(at(spec, {"strategy", "type"})));
    page.top().add("MinReadySeconds", count(at(spec, "minReadySeconds")));
    if (const Json& rolling = at(spec, {"strategy", "rollingUpdate"}); rolling.is_object())
        page.top().add("RollingUpdateStrategy", text(at(rolling, "maxUnavailable")) + " max unavailable, " +
                                                    text(at(rolling, "maxSurge")) + " max surge");
    writePodTemplate(page, at(spec, "template"));
    writeConditions(page, at(status, "conditions"), {"type", "status", "reason", "lastTransitionTime", "message"});
    writeReplicaSets(page);
}

void describeReplicaSet(Page& page) {
    const Json& spec = at(page.object, "spec");
    writeNameAndNamespace(page);
    page.top().add("Selector", selectorText(at(spec, "selector"), "<none>"));
    writeLabelsAndAnnotations(page);
    writeController(page);
    page.top().add("Replicas", count(at(page.object, {"status", "replicas"})) + " current / " +
                                   textOr(at(spec, "replicas"), "1") + " desired");
    writePodsStatus(page);
    writePodTemplate(page, at(spec, "template"));
    writeConditions(page, at(page.object, {"status", "conditions"}), {"type", "status", "reason"});
}

void describeStatefulSet(Page& page) {
    const Json& spec = at(page.object, "spec");
    writeNameAndNamespace(page);
    page.top().addTime("CreationTimestamp", at(page.object, {"metadata", "creationTimestamp"}));
    page.top().add("Selector", selectorText(at(spec, "selector"), ""));
    writeLabelsAndAnnotations(page);
    page.top().add("Replicas", textOr(at(spec, "replicas"), "1") + " desired | " +
                                   count(at(page.object, {"status", "replicas"})) + " total");
    page.top().add("Update Strategy", text(at(spec, {"updateStrategy", "type"})));
    if (const Json& rolling = at(spec, {"updateStrategy", "rollingUpdate"}); !at(rolling, "partition").is_null()) {
        page.top().add("Partition", text(at(rolling, "partition")));
        writeOptional(page.top(), "MaxUnavailable", at(rolling, "maxUnavailable"));
    }
    writePodsStatus(page);
    writePodTemplate(page, at(spec, "template"));
    Writer claims = page.top().heading("Volume Claims", isSet(at(spec, "volumeClaimTemplates")) ? "" : "<none>");
    for (const Json& claim : at(spec, "volumeClaimTemplates")) {
        Writer below = claims.heading(text(at(claim, {"metadata", "name"})));
        below.add("Name", text(at(claim, {"metadata", "name"})));
        below.add("StorageClass", text(at(claim, {"spec", "storageClassName"})));
        writeLabels(below, "Labels", at(claim, {"metadata", "labels"}));
        writeLabels(below, "Annotations", at(claim, {"metadata", "annotations"}));
        below.add("Capacity", textOr(at(claim, {"spec", "resources", "requests", "storage"}), "<default>"));
        below.add("Access Modes", goList(at(claim, {"spec", "accessModes"})));
    }
}

void describeDaemonSet(Page& page) {
    const Json& spec = at(page.object, "spec");
    const Json& status = at(page.object, "status");
    writeNameAndNamespace(page);
    page.top().add("Selector", selectorText(at(spec, "selector"), ""));
    page.top().add("Node-Selector", mapText(at(spec, {"template", "spec", "nodeSelector"})));
    writeLabelsAndAnnotations(page);
    page.top().add("Desired Number of Nodes Scheduled", count(at(status, "desiredNumberScheduled")));
    page.top().add("Current Number of Nodes Scheduled", count(at(status, "currentNumberScheduled")));
    page.top().add("Number of Nodes Scheduled with Up-to-date Pods", count(at(status, "updatedNumberScheduled")));
    page.top().add("Number of Nodes Scheduled with Available Pods", count(at(status, "numberAvailable")));
    page.top().add("Number of Nodes Misscheduled", count(at(status, "numberMisscheduled")));
    writePodsStatus(page);
    writePodTemplate(page, at(spec, "template"));
}

void describeJob(Page& page) {
    const Json& spec = at(page.object, "spec");
    const Json& status = at(page.object, "status");
    writeNameAndNamespace(page);
    page.top().add("Selector", selectorText(at(spec, "selector"), ""));
    writeLabelsAndAnnotations(page);
    writeController(page);
    writeOptional(page.top(), "Parallelism", at(spec, "parallelism"));
    writeOrUnset(page.top(), "Completions", at(spec, "completions"));
    writeOptional(page.top(), "Completion Mode", at(spec, "completionMode"));
    writeOptional(page.top(), "Suspend", at(spec, "suspend"));
    writeOptional(page.top(), "Backoff Limit", at(spec, "backoffLimit"));
    writeOptional(page.top(), "TTL Seconds After Finished", at(spec, "ttlSecondsAfterFinished"));
    writeJobTimes(page);
    writeOptional(page.top(), "Active Deadline Seconds", at(spec, "activeDeadlineSeconds"), "s");
    const std::string ready = at(status, "ready").is_null() ? "" : " (" + text(at(status, "ready")) + " Ready)";
    page.top().add("Pods Statuses", count(at(status, "active")) + " Active" + ready + " / " +
                                        count(at(status, "succeeded")) + " Succeeded / " + count(at(status, "failed")) +
                                        " Failed");
    if (text(at(spec, "completionMode")) == "Indexed")
        page.top().add("Completed Indexes", completedIndexes(text(at(status, "completedIndexes"))));
    writePodTemplate(page, at(spec, "template"));
    writeConditions(page, at(status, "conditions"), {"type", "status", "reason", "lastTransitionTime", "message"});
}

void describeCronJob(Page& page) {
    const Json& spec = at(page.object, "spec");
    writeNameAndNamespace(page);
    writeLabelsAndAnnotations(page);
    Writer top = page.top();
    top.add("Schedule", text(at(spec, "schedule")));
    top.add("Concurrency Policy", text(at(spec, "concurrencyPolicy")));
    top.add("Suspend", at(spec, "suspend").is_null() ? "<unset>" : isTrue(at(spec, "suspend")) ? "True" : "False");
    writeOrUnset(top, "Time Zone", at(spec, "timeZone"));
    writeOrUnset(top, "Successful Job History Limit", at(spec, "successfulJobsHistoryLimit"));
    writeOrUnset(top, "Failed Job History Limit", at(spec, "failedJobsHistoryLimit"));
    writeOrUnset(top, "Starting Deadline Seconds", at(spec, "startingDeadlineSeconds"), "s");
    const Json& job = at(spec, {"jobTemplate", "spec"});
    top.add("Selector", at(job, "selector").is_null() ? "<unset>" : selectorText(at(job, "selector"), ""));
    writeOrUnset(top, "Parallelism", at(job, "parallelism"));
    writeOrUnset(top, "Completions", at(job, "completions"));
    writeOptional(top, "Active Deadline Seconds", at(job, "activeDeadlineSeconds"), "s");
    writePodTemplate(page, at(job, "template"));
    if (const Json& last = at(page.object, {"status", "lastScheduleTime"}); isSet(last))
        page.top().addTime("Last Schedule Time", last);
    else
        page.top().add("Last Schedule Time", "<unset>");
    std::string active;
    for (const Json& reference : at(page.object, {"status", "active"}))
        active += (active.empty() ? "" : ", ") + text(at(reference, "name"));
    page.top().add("Active Jobs", active.empty() ? "<none>" : active);
}

} // namespace kube::describe
