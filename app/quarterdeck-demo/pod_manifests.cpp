// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/manifests.h"

namespace demo {

namespace {

Json container(const std::string& name, const std::string& image, const std::string& cpu, const std::string& memory) {
    return {{"name", name},
            {"image", image},
            {"imagePullPolicy", "IfNotPresent"},
            {"ports", Json::array({{{"containerPort", 8080}, {"name", "http"}, {"protocol", "TCP"}}})},
            {"resources", {{"requests", {{"cpu", cpu}, {"memory", memory}}}, {"limits", {{"memory", "512Mi"}}}}},
            {"env", Json::array({{{"name", "LOG_LEVEL"}, {"value", "info"}}})}};
}

Json condition(const std::string& type, bool holds, std::int64_t secondsAgo) {
    return {{"type", type}, {"status", holds ? "True" : "False"}, {"lastTransitionTime", timestamp(-secondsAgo)}};
}

} // namespace

Json podManifest(const PodPlan& plan, std::uint64_t salt) {
    Json pod = named(plan.name, plan.ns);
    Json& metadata = pod["metadata"];
    metadata["labels"] = {{"app", plan.app}};
    if (!plan.version.empty())
        metadata["labels"]["version"] = plan.version;
    if (!plan.ownerKind.empty()) {
        const bool isJob = plan.ownerKind == "Job";
        metadata["ownerReferences"] = Json::array({{{"apiVersion", isJob ? "batch/v1" : "apps/v1"},
                                                    {"kind", plan.ownerKind},
                                                    {"name", plan.ownerName},
                                                    {"uid", plan.ownerUid},
                                                    {"controller", true},
                                                    {"blockOwnerDeletion", true}}});
    }
    static const std::vector<std::string> kCpu{"100m", "150m", "250m", "400m", "500m"};
    static const std::vector<std::string> kMemory{"64Mi", "128Mi", "256Mi", "384Mi"};
    Json containers =
        Json::array({container("app", "registry.example/" + plan.app + ":" + (plan.version == "v2" ? "2.1.0" : "1.8.3"),
                               kCpu[salt % kCpu.size()], kMemory[salt % kMemory.size()])});
    if (plan.mesh)
        containers.push_back(container("istio-proxy", "registry.example/proxy:1.30.0", "100m", "128Mi"));
    pod["spec"] = {{"containers", std::move(containers)},
                   {"serviceAccountName", "default"},
                   {"restartPolicy", plan.ownerKind == "Job" ? "Never" : "Always"},
                   {"terminationGracePeriodSeconds", 30},
                   {"schedulerName", "default-scheduler"},
                   {"tolerations", Json::array({{{"key", "node.kubernetes.io/not-ready"},
                                                 {"operator", "Exists"},
                                                 {"effect", "NoExecute"},
                                                 {"tolerationSeconds", 300}}})}};
    if (plan.node.empty()) {
        pod["spec"]["containers"][0]["resources"]["limits"]["nvidia.com/gpu"] = "1";
        pod["status"] = {{"phase", "Pending"},
                         {"qosClass", "Burstable"},
                         {"conditions", Json::array({{{"type", "PodScheduled"},
                                                      {"status", "False"},
                                                      {"reason", "Unschedulable"},
                                                      {"lastTransitionTime", timestamp(-plan.startedAgo)}}})}};
        return pod;
    }
    pod["spec"]["nodeName"] = plan.node;
    Json statuses = Json::array();
    for (const Json& entry : pod["spec"]["containers"])
        statuses.push_back({{"name", entry["name"]},
                            {"image", entry["image"]},
                            {"imageID", ""},
                            {"ready", false},
                            {"started", false},
                            {"restartCount", 0},
                            {"state", {{"waiting", {{"reason", "ContainerCreating"}}}}},
                            {"lastState", Json::object()}});
    const std::string ip = "10.244." + std::to_string(salt / 250 % 250) + "." + std::to_string(salt % 250 + 1);
    pod["status"] = {
        {"phase", "Pending"},
        {"qosClass", "Burstable"},
        {"hostIP", "10.0.0." + std::to_string(salt % 200 + 10)},
        {"podIP", ip},
        {"podIPs", Json::array({{{"ip", ip}}})},
        {"startTime", timestamp()},
        {"conditions", Json::array({condition("PodScheduled", true, 0), condition("Initialized", true, 0),
                                    condition("ContainersReady", false, 0), condition("Ready", false, 0)})},
        {"containerStatuses", std::move(statuses)}};
    return pod;
}

void startPod(Json& pod, std::int64_t secondsAgo) {
    Json& status = pod["status"];
    status["phase"] = "Running";
    status["startTime"] = timestamp(-secondsAgo);
    status["conditions"] =
        Json::array({condition("PodScheduled", true, secondsAgo), condition("Initialized", true, secondsAgo),
                     condition("ContainersReady", true, secondsAgo), condition("Ready", true, secondsAgo)});
    for (Json& entry : status["containerStatuses"]) {
        entry["ready"] = true;
        entry["started"] = true;
        entry["containerID"] = "containerd://" + entry["name"].get<std::string>();
        entry["state"] = {{"running", {{"startedAt", timestamp(-secondsAgo)}}}};
    }
}

void completePod(Json& pod) {
    Json& status = pod["status"];
    status["phase"] = "Succeeded";
    status["conditions"] = Json::array({condition("PodScheduled", true, 60), condition("Initialized", true, 60),
                                        condition("ContainersReady", false, 0), condition("Ready", false, 0)});
    for (Json& entry : status["containerStatuses"]) {
        entry["ready"] = false;
        entry["started"] = false;
        entry["state"] = {{"terminated",
                           {{"exitCode", 0},
                            {"reason", "Completed"},
                            {"startedAt", status["startTime"]},
                            {"finishedAt", timestamp()}}}};
    }
}

} // namespace demo
