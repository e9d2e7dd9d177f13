// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/manifests.h"

namespace demo {

namespace {

Json labelsOf(const std::string& app, const std::string& version) {
    Json labels = {{"app", app}};
    if (!version.empty())
        labels["version"] = version;
    return labels;
}

Json podTemplate(const std::string& app, const std::string& version, bool mesh) {
    PodPlan plan;
    plan.app = app;
    plan.version = version;
    plan.node = "any";
    plan.mesh = mesh;
    Json pod = podManifest(plan, app.size());
    pod["spec"].erase("nodeName");
    return {{"metadata", {{"labels", labelsOf(app, version)}}}, {"spec", pod["spec"]}};
}

Json available(std::int64_t secondsAgo) {
    return Json::array({{{"type", "Available"},
                         {"status", "True"},
                         {"reason", "MinimumReplicasAvailable"},
                         {"message", "Deployment has minimum availability."},
                         {"lastTransitionTime", timestamp(-secondsAgo)},
                         {"lastUpdateTime", timestamp(-secondsAgo)}},
                        {{"type", "Progressing"},
                         {"status", "True"},
                         {"reason", "NewReplicaSetAvailable"},
                         {"message", "ReplicaSet has successfully progressed."},
                         {"lastTransitionTime", timestamp(-secondsAgo)},
                         {"lastUpdateTime", timestamp(-secondsAgo)}}});
}

constexpr std::int64_t kOld = 20 * 86400;

} // namespace

Json deploymentManifest(const std::string& ns, const std::string& app, const std::string& version, int replicas,
                        bool mesh) {
    Json deployment = named(version.empty() ? app : app + "-" + version, ns);
    deployment["metadata"]["labels"] = labelsOf(app, version);
    deployment["metadata"]["annotations"] = {{"deployment.kubernetes.io/revision", "14"}};
    deployment["metadata"]["creationTimestamp"] = timestamp(-kOld);
    deployment["spec"] = {
        {"replicas", replicas},
        {"revisionHistoryLimit", 10},
        {"progressDeadlineSeconds", 600},
        {"selector", {{"matchLabels", labelsOf(app, version)}}},
        {"strategy", {{"type", "RollingUpdate"}, {"rollingUpdate", {{"maxSurge", "25%"}, {"maxUnavailable", "25%"}}}}},
        {"template", podTemplate(app, version, mesh)}};
    deployment["status"] = {{"observedGeneration", 1}, {"conditions", available(kOld)}};
    return deployment;
}

Json replicaSetManifest(const Json& deployment) {
    const Json& metadata = deployment["metadata"];
    const std::string hash = "7887448d46";
    Json replicaSet = named(metadata["name"].get<std::string>() + "-" + hash, metadata["namespace"]);
    replicaSet["metadata"]["labels"] = metadata.value("labels", Json::object());
    replicaSet["metadata"]["labels"]["pod-template-hash"] = hash;
    replicaSet["metadata"]["creationTimestamp"] = metadata["creationTimestamp"];
    replicaSet["metadata"]["ownerReferences"] = Json::array({{{"apiVersion", "apps/v1"},
                                                              {"kind", "Deployment"},
                                                              {"name", metadata["name"]},
                                                              {"uid", metadata["uid"]},
                                                              {"controller", true},
                                                              {"blockOwnerDeletion", true}}});
    replicaSet["spec"] = {{"replicas", deployment["spec"].value("replicas", 1)},
                          {"selector", deployment["spec"]["selector"]},
                          {"template", deployment["spec"]["template"]}};
    replicaSet["status"] = Json::object();
    return replicaSet;
}

Json daemonSetManifest(const std::string& ns, const std::string& app, int count) {
    Json daemonSet = named(app, ns);
    daemonSet["metadata"]["labels"] = labelsOf(app, {});
    daemonSet["metadata"]["creationTimestamp"] = timestamp(-kOld);
    daemonSet["spec"] = {{"selector", {{"matchLabels", labelsOf(app, {})}}},
                         {"template", podTemplate(app, {}, false)},
                         {"updateStrategy", {{"type", "RollingUpdate"}}}};
    daemonSet["status"] = {
        {"desiredNumberScheduled", count}, {"currentNumberScheduled", count}, {"numberReady", count},
        {"updatedNumberScheduled", count}, {"numberAvailable", count},        {"numberMisscheduled", 0}};
    return daemonSet;
}

Json statefulSetManifest(const std::string& ns, const std::string& app, int count) {
    Json statefulSet = named(app, ns);
    statefulSet["metadata"]["labels"] = labelsOf(app, {});
    statefulSet["metadata"]["creationTimestamp"] = timestamp(-kOld);
    statefulSet["spec"] = {{"replicas", count},
                           {"serviceName", app},
                           {"selector", {{"matchLabels", labelsOf(app, {})}}},
                           {"template", podTemplate(app, {}, false)},
                           {"updateStrategy", {{"type", "RollingUpdate"}}}};
    statefulSet["status"] = {{"replicas", count}, {"readyReplicas", count}, {"availableReplicas", count}};
    return statefulSet;
}

Json jobManifest(const std::string& ns, const std::string& name, const std::string& cronJob,
                 const std::string& cronJobUid, bool complete) {
    Json job = named(name, ns);
    job["metadata"]["labels"] = labelsOf(cronJob.empty() ? name : cronJob, {});
    if (!cronJob.empty())
        job["metadata"]["ownerReferences"] = Json::array({{{"apiVersion", "batch/v1"},
                                                           {"kind", "CronJob"},
                                                           {"name", cronJob},
                                                           {"uid", cronJobUid},
                                                           {"controller", true}}});
    job["spec"] = {{"parallelism", 1},
                   {"completions", 1},
                   {"backoffLimit", 6},
                   {"template", podTemplate(cronJob.empty() ? name : cronJob, {}, false)}};
    if (!complete) {
        job["status"] = {{"active", 1}, {"ready", 1}, {"startTime", timestamp()}};
        return job;
    }
    job["metadata"]["creationTimestamp"] = timestamp(-7200);
    job["status"] = {{"succeeded", 1},
                     {"startTime", timestamp(-7200)},
                     {"completionTime", timestamp(-7140)},
                     {"conditions", Json::array({{{"type", "Complete"}, {"status", "True"}}})}};
    return job;
}

Json cronJobManifest(const std::string& ns, const std::string& name, const std::string& schedule) {
    Json cronJob = named(name, ns);
    cronJob["metadata"]["creationTimestamp"] = timestamp(-kOld);
    cronJob["spec"] = {{"schedule", schedule},
                       {"suspend", false},
                       {"concurrencyPolicy", "Allow"},
                       {"jobTemplate", {{"spec", {{"template", podTemplate(name, {}, false)}}}}}};
    cronJob["status"] = Json::object();
    return cronJob;
}

void settleWorkload(Json& workload) {
    const int replicas = workload["spec"].value("replicas", 1);
    Json& status = workload["status"];
    status["replicas"] = replicas;
    status["readyReplicas"] = replicas;
    status["availableReplicas"] = replicas;
    status["observedGeneration"] = workload["metadata"].value("generation", 1);
    if (workload["kind"] == "Deployment")
        status["updatedReplicas"] = replicas;
    else
        status["fullyLabeledReplicas"] = replicas;
}

} // namespace demo
