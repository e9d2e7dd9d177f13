// SPDX-License-Identifier: GPL-3.0-or-later
// How the demo's clusters move: controllers that keep pods as wanted, and a story that goes on by itself.
#include "app/quarterdeck-demo/manifests.h"
#include "app/quarterdeck-demo/world.h"

#include <algorithm>
#include <utility>

namespace demo {

namespace {

bool isOwnedBy(const Json& object, const std::string& uid) {
    const Json owners = object["metadata"].value("ownerReferences", Json::array());
    return std::any_of(owners.begin(), owners.end(), [&uid](const Json& owner) { return owner["uid"] == uid; });
}

} // namespace

void World::tick() {
    ++m_second;
    settlePendingPods();
    for (const auto& [key, deployment] : ObjectStore::Objects(m_store.objects(kindOf("deployments"))))
        reconcileDeployment(*deployment);
    if (m_second % 10 == 0)
        heartbeat();
    if (m_second % 20 == 0 && m_site.hasCrashLoop)
        crashLoop();
    if (m_second % 45 == 0)
        replaceSomePod();
    if (m_second % 60 == 30)
        runCronJob();
    finishJobs();
    if (m_second % 30 == 0 && m_site.hasPendingPod) {
        if (const ObjectPtr pod = m_store.find(kindOf("pods"), "shop", "training-0"))
            addEvent("Warning", "FailedScheduling",
                     "0/" + std::to_string(m_site.nodes) + " nodes are available: insufficient nvidia.com/gpu.", *pod,
                     18 + static_cast<int>(m_second / 30));
    }
}

void World::reconcileDeployment(const Json& deployment) {
    const std::string ns = deployment["metadata"]["namespace"];
    const int wanted = deployment["spec"].value("replicas", 1);
    const ServedKind& replicaSets = kindOf("replicasets");
    const ServedKind& podKind = kindOf("pods");
    Json replicaSet = replicaSetManifest(deployment);
    const std::string setName = replicaSet["metadata"]["name"];
    ObjectPtr stored = m_store.find(replicaSets, ns, setName);
    if (!stored || (*stored)["spec"]["replicas"] != wanted) {
        settleWorkload(replicaSet);
        stored = m_store.put(replicaSets, std::move(replicaSet));
    }
    std::vector<std::string> mine;
    int ready = 0;
    for (const auto& [key, pod] : m_store.objects(podKind)) {
        if (!isOwnedBy(*pod, (*stored)["metadata"]["uid"]))
            continue;
        mine.push_back((*pod)["metadata"]["name"]);
        const Json statuses = (*pod)["status"].value("containerStatuses", Json::array());
        ready += !statuses.empty() && std::all_of(statuses.begin(), statuses.end(),
                                                  [](const Json& status) { return status["ready"] == true; })
                     ? 1
                     : 0;
    }
    const Json labels = deployment["metadata"].value("labels", Json::object());
    const std::string app = labels.value("app", deployment["metadata"]["name"].get<std::string>());
    const bool changed = static_cast<int>(mine.size()) != wanted;
    for (int i = static_cast<int>(mine.size()); i < wanted; ++i) {
        PodPlan plan{ns,           app,     labels.value("version", ""),  setName + "-" + suffix(),
                     "ReplicaSet", setName, (*stored)["metadata"]["uid"], nodeFor(random())};
        plan.mesh = deployment["spec"]["template"]["spec"]["containers"].size() > 1;
        m_store.put(podKind, podManifest(plan, random() % 60000));
    }
    for (std::size_t i = static_cast<std::size_t>(std::max(0, wanted)); i < mine.size(); ++i)
        m_store.remove(podKind, ns, mine[i]);
    m_store.update(kindOf("deployments"), ns, deployment["metadata"]["name"], [&](Json& object) {
        Json& status = object["status"];
        status["replicas"] = wanted;
        status["updatedReplicas"] = wanted;
        status["readyReplicas"] = std::min(ready, wanted);
        status["availableReplicas"] = std::min(ready, wanted);
        status["unavailableReplicas"] = std::max(0, wanted - ready);
        status["observedGeneration"] = object["metadata"]["generation"];
    });
    if (changed)
        refreshEndpoints(ns, app);
}

void World::settlePendingPods() {
    const ServedKind& podKind = kindOf("pods");
    std::vector<ObjectPtr> waiting;
    for (const auto& [key, pod] : m_store.objects(podKind)) {
        if ((*pod)["status"]["phase"] == "Pending" && (*pod)["spec"].contains("nodeName") &&
            (*pod)["metadata"]["creationTimestamp"] < timestamp(-3))
            waiting.push_back(pod);
    }
    for (const ObjectPtr& pod : waiting) {
        const std::string ns = (*pod)["metadata"]["namespace"];
        m_store.update(podKind, ns, (*pod)["metadata"]["name"], [](Json& object) { startPod(object, 0); });
        addEvent("Normal", "Started", "Started container app", *pod, 1);
        refreshEndpoints(ns, (*pod)["metadata"]["labels"].value("app", ""));
    }
}

void World::refreshEndpoints(const std::string& ns, const std::string& app) {
    if (!m_store.find(kindOf("services"), ns, app))
        return;
    std::vector<Json> pods;
    for (const auto& [key, pod] : m_store.objects(kindOf("pods"))) {
        const Json& metadata = (*pod)["metadata"];
        if (metadata["namespace"] == ns && metadata["labels"].value("app", "") == app &&
            (*pod)["spec"].contains("nodeName"))
            pods.push_back(*pod);
    }
    m_store.put(kindOf("endpointslices"), endpointSliceManifest(ns, app, pods));
}

// The catalog's second version never stays up.
void World::crashLoop() {
    const ServedKind& podKind = kindOf("pods");
    ObjectPtr victim;
    for (const auto& [key, pod] : m_store.objects(podKind)) {
        if ((*pod)["metadata"]["name"].get<std::string>().starts_with("catalog-v2-")) {
            victim = pod;
            break;
        }
    }
    if (!victim || !(*victim)["status"].contains("containerStatuses"))
        return;
    m_store.update(podKind, "shop", (*victim)["metadata"]["name"], [this](Json& pod) {
        Json& app = pod["status"]["containerStatuses"][0];
        const int restarts = std::max(13, app.value("restartCount", 0)) + 1;
        app["restartCount"] = restarts;
        app["ready"] = false;
        app["lastState"] = {{"terminated",
                             {{"exitCode", 1},
                              {"reason", "Error"},
                              {"startedAt", timestamp(-12)},
                              {"finishedAt", timestamp(m_second == 0 ? -180 : 0)}}}};
        app["state"] = {
            {"waiting",
             {{"reason", "CrashLoopBackOff"}, {"message", "back-off 5m0s restarting failed container=app"}}}};
        for (Json& condition : pod["status"]["conditions"]) {
            if (condition["type"] == "Ready" || condition["type"] == "ContainersReady")
                condition["status"] = "False";
        }
    });
    addEvent("Warning", "BackOff", "Back-off restarting failed container app in pod", *victim,
             40 + static_cast<int>(m_second / 20));
}

void World::replaceSomePod() {
    std::vector<ObjectPtr> candidates;
    for (const auto& [key, pod] : m_store.objects(kindOf("pods"))) {
        const std::string name = (*pod)["metadata"]["name"];
        if ((*pod)["metadata"]["namespace"] == "shop" && (*pod)["status"]["phase"] == "Running" &&
            name.find("-7887448d46-") != std::string::npos && !name.starts_with("catalog-v2-"))
            candidates.push_back(pod);
    }
    if (candidates.empty())
        return;
    const ObjectPtr pod = candidates[random() % candidates.size()];
    addEvent("Normal", "Killing", "Stopping container app", *pod, 1);
    m_store.remove(kindOf("pods"), "shop", (*pod)["metadata"]["name"]);
}

void World::runCronJob() {
    const ServedKind& cronJobs = kindOf("cronjobs");
    const ObjectPtr cronJob = m_store.find(cronJobs, "shop", "report");
    if (!cronJob || (*cronJob)["spec"].value("suspend", false))
        return;
    const std::string name = "report-" + std::to_string(29000000 + m_second / 60);
    const Json job =
        *m_store.put(kindOf("jobs"), jobManifest("shop", name, "report", (*cronJob)["metadata"]["uid"], false));
    addPod({"shop", "report", "", name + "-" + suffix(), "Job", name, job["metadata"]["uid"], nodeFor(random()), 0});
    m_store.update(cronJobs, "shop", "report",
                   [](Json& object) { object["status"]["lastScheduleTime"] = timestamp(); });
}

void World::finishJobs() {
    const ServedKind& jobs = kindOf("jobs");
    std::vector<ObjectPtr> running;
    std::vector<ObjectPtr> ended;
    for (const auto& [key, job] : m_store.objects(jobs)) {
        if ((*job)["status"].value("active", 0) == 0)
            ended.push_back(job);
        else if ((*job)["metadata"]["creationTimestamp"] < timestamp(-20))
            running.push_back(job);
    }
    const ServedKind& podKind = kindOf("pods");
    for (const ObjectPtr& job : running) {
        m_store.update(jobs, "shop", (*job)["metadata"]["name"], [](Json& object) {
            const Json start = object["status"]["startTime"];
            object["status"] = {{"succeeded", 1},
                                {"startTime", start},
                                {"completionTime", timestamp()},
                                {"conditions", Json::array({{{"type", "Complete"}, {"status", "True"}}})}};
        });
        for (const auto& [key, pod] : ObjectStore::Objects(m_store.objects(podKind))) {
            if (isOwnedBy(*pod, (*job)["metadata"]["uid"]))
                m_store.update(podKind, "shop", (*pod)["metadata"]["name"], completePod);
        }
    }
    // As a CronJob's history limit has it, three stay.
    std::erase_if(ended, [](const ObjectPtr& job) {
        return !(*job)["metadata"]["name"].get<std::string>().starts_with("report-");
    });
    for (std::size_t i = 0; i + 3 < ended.size(); ++i) {
        for (const auto& [key, pod] : ObjectStore::Objects(m_store.objects(podKind))) {
            if (isOwnedBy(*pod, (*ended[i])["metadata"]["uid"]))
                m_store.remove(podKind, "shop", (*pod)["metadata"]["name"]);
        }
        m_store.remove(jobs, "shop", (*ended[i])["metadata"]["name"]);
    }
}

void World::heartbeat() {
    const std::string node = m_nodes[static_cast<std::size_t>(m_second / 10) % m_nodes.size()];
    m_store.update(kindOf("leases"), "kube-node-lease", node,
                   [](Json& lease) { lease["spec"]["renewTime"] = timestamp(); });
    m_store.update(kindOf("nodes"), "", node, [](Json& object) {
        for (Json& condition : object["status"]["conditions"])
            condition["lastHeartbeatTime"] = timestamp();
    });
}

} // namespace demo
