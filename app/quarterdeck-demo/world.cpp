// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/world.h"

#include "app/quarterdeck-demo/managers.h"
#include "app/quarterdeck-demo/manifests.h"
#include "app/quarterdeck-demo/rights.h"

#include <algorithm>
#include <array>
#include <utility>

namespace demo {

namespace {

constexpr std::array<const char*, 12> kShop{"frontend",  "cart",   "catalog", "checkout", "payments", "shipping",
                                            "recommend", "search", "reviews", "ledger",   "mailer",   "stock"};
constexpr std::int64_t kDay = 86400;

} // namespace

World::World(ObjectStore& store, Site site)
    : m_store(store)
    , m_site(std::move(site))
    , m_random(m_site.seed * 0x2545F4914F6CDD1DULL + 7) {}

void World::build() {
    buildNamespaces();
    buildNodes();
    buildSystem();
    buildShop();
    buildStorage();
    buildJobs();
    buildCustom();
    buildRights();
    buildExtraPods();
}

std::uint64_t World::random() {
    m_random ^= m_random << 13U;
    m_random ^= m_random >> 7U;
    m_random ^= m_random << 17U;
    return m_random;
}

std::string World::suffix() {
    static constexpr std::string_view kLetters = "bcdfghjklmnpqrstvwxz2456789";
    std::string result;
    for (int i = 0; i < 5; ++i)
        result += kLetters[random() % kLetters.size()];
    return result;
}

std::string World::nodeFor(std::uint64_t salt) const {
    return m_nodes[salt % m_nodes.size()];
}

void World::buildNamespaces() {
    for (const char* name :
         {"default", "kube-system", "kube-public", "kube-node-lease", "istio-system", "monitoring", "shop"}) {
        m_store.put(kindOf("namespaces"), namespaceManifest(name));
        m_store.put(kindOf("serviceaccounts"), named("default", name));
        Json map = named("kube-root-ca.crt", name);
        map["data"] = {{"ca.crt", "-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n"}};
        m_store.put(kindOf("configmaps"), std::move(map));
    }
}

void World::buildNodes() {
    for (int i = 1; i <= m_site.nodes; ++i) {
        std::string number = std::to_string(i);
        if (number.size() < 2)
            number.insert(0, 1, '0');
        const std::string name = m_site.shortName + "-w-" + number;
        m_nodes.push_back(name);
        const bool pressure = m_site.hasNodePressure && i == 5;
        m_store.put(kindOf("nodes"), nodeManifest(m_site, name, static_cast<std::size_t>(i), pressure));
        m_store.put(kindOf("leases"), leaseManifest(name));
    }
}

void World::buildSystem() {
    addDeployment("kube-system", "coredns", "", 2, false);
    addService("kube-system", "coredns");
    addDeployment("istio-system", "istiod", "", 1, false);
    addService("istio-system", "istiod");
    addDeployment("monitoring", "grafana", "", 1, false);
    addService("monitoring", "grafana");
    const Json daemonSet =
        *m_store.put(kindOf("daemonsets"), daemonSetManifest("kube-system", "kube-proxy", m_site.nodes));
    for (const std::string& node : m_nodes) {
        addPod({"kube-system", "kube-proxy", "", "kube-proxy-" + suffix(), "DaemonSet", "kube-proxy",
                daemonSet["metadata"]["uid"], node, 20 * kDay});
    }
    const Json statefulSet = *m_store.put(kindOf("statefulsets"), statefulSetManifest("monitoring", "prometheus", 2));
    for (int i = 0; i < 2; ++i) {
        addPod({"monitoring", "prometheus", "", "prometheus-" + std::to_string(i), "StatefulSet", "prometheus",
                statefulSet["metadata"]["uid"], nodeFor(static_cast<std::uint64_t>(i) * 3), 9 * kDay});
    }
}

void World::buildShop() {
    for (std::size_t i = 0; i < kShop.size(); ++i) {
        const std::string app = kShop[i];
        addDeployment("shop", app, "v1", 1 + static_cast<int>((i + m_site.seed) % 3), true);
        addDeployment("shop", app, "v2", 1 + static_cast<int>(i % 2), true);
        addService("shop", app);
        Json map = named(app + "-settings", "shop");
        map["data"] = {{"log-level", "info"}, {"region", m_site.region}};
        m_store.put(kindOf("configmaps"), std::move(map));
    }
    Json secret = named("payments-key", "shop");
    secret["type"] = "Opaque";
    secret["data"] = {{"key", "bm90LWEtc2VjcmV0"}};
    m_store.put(kindOf("secrets"), std::move(secret));
    m_store.put(kindOf("ingresses"), ingressManifest("shop", "shop", "shop." + m_site.name + ".example", "frontend"));
    if (m_site.hasPendingPod) {
        PodPlan plan{"shop", "training", "", "training-0", "", "", "", "", 540};
        addPod(plan);
        addEvent("Warning", "FailedScheduling",
                 "0/" + std::to_string(m_site.nodes) + " nodes are available: insufficient nvidia.com/gpu.",
                 *m_store.find(kindOf("pods"), "shop", "training-0"), 18);
    }
    if (m_site.hasCrashLoop)
        crashLoop();
}

void World::buildStorage() {
    m_store.put(kindOf("storageclasses"), storageClassManifest(m_site.provider));
    for (int i = 0; i < 2; ++i)
        for (Json& object : volumeManifests("monitoring", "data-prometheus-" + std::to_string(i), m_store.nextUid()))
            m_store.put(kindOf(object.contains("claim") ? "persistentvolumeclaims" : "persistentvolumes"),
                        object.contains("claim") ? object["claim"] : object["volume"]);
}

void World::buildJobs() {
    m_store.put(kindOf("cronjobs"), cronJobManifest("shop", "report", "*/5 * * * *"));
    const Json job = *m_store.put(kindOf("jobs"), jobManifest("shop", "import-catalog", "", "", true));
    addPod({"shop", "import-catalog", "", "import-catalog-" + suffix(), "Job", "import-catalog", job["metadata"]["uid"],
            nodeFor(random()), 7200});
    const ServedKind& pods = kindOf("pods");
    for (const auto& [key, pod] : ObjectStore::Objects(m_store.objects(pods))) {
        if ((*pod)["metadata"]["name"].get<std::string>().starts_with("import-catalog-"))
            m_store.update(pods, "shop", (*pod)["metadata"]["name"], completePod);
    }
}

void World::buildCustom() {
    for (const ServedKind& kind : servedKinds()) {
        if (kind.custom)
            m_store.put(kindOf("customresourcedefinitions"), crdManifest(kind));
    }
    for (std::size_t i = 0; i < 5; ++i)
        m_store.put(kindOf("certificates"), certificateManifest("shop", kShop[i], static_cast<int>(i)));
    for (int i = 0; i < 3; ++i)
        m_store.put(kindOf("backups"), backupManifest("monitoring", "prometheus-" + std::to_string(i), i));
}

void World::buildRights() {
    for (auto& [plural, object] : rbacManifests(m_site))
        m_store.put(kindOf(plural), std::move(object));
}

void World::buildExtraPods() {
    if (m_site.extraPods <= 0)
        return;
    m_store.put(kindOf("namespaces"), namespaceManifest("bulk"));
    for (int i = 0; i < m_site.extraPods; ++i)
        addPod({"bulk", "bulk", "", "bulk-" + std::to_string(i / 100) + "-" + suffix() + std::to_string(i), "", "", "",
                nodeFor(static_cast<std::uint64_t>(i)), 3600 + i % 86400});
}

void World::addDeployment(const std::string& ns, const std::string& app, const std::string& version, int replicas,
                          bool mesh) {
    Json manifest = deploymentManifest(ns, app, version, replicas, mesh);
    // Somebody delivers it, so that whoever changes what is delivered meets an owner.
    claimApplied(manifest, {{"spec", manifest["spec"]}}, "shop-delivery");
    reconcileDeployment(*m_store.put(kindOf("deployments"), std::move(manifest)));
    const std::string name = version.empty() ? app : app + "-" + version;
    const ServedKind& pods = kindOf("pods");
    for (const auto& [key, pod] : ObjectStore::Objects(m_store.objects(pods))) {
        const Json& labels = (*pod)["metadata"]["labels"];
        if ((*pod)["metadata"]["namespace"] != ns || labels.value("app", "") != app ||
            labels.value("version", "") != version)
            continue;
        // The story begins in the middle: these have long been running.
        const std::int64_t ago = static_cast<std::int64_t>(3600 + random() % (9 * kDay));
        Json aged = *pod;
        m_store.remove(pods, ns, aged["metadata"]["name"]);
        aged["metadata"]["creationTimestamp"] = timestamp(-ago);
        startPod(aged, ago);
        m_store.put(pods, std::move(aged));
    }
    m_store.update(kindOf("deployments"), ns, name, [](Json& deployment) { settleWorkload(deployment); });
}

void World::addService(const std::string& ns, const std::string& app) {
    m_store.put(kindOf("services"),
                serviceManifest(ns, app, app == "frontend" ? "LoadBalancer" : "ClusterIP", random()));
    refreshEndpoints(ns, app);
}

void World::addPod(const PodPlan& plan) {
    Json pod = podManifest(plan, m_site.seed + random() % 60000);
    pod["metadata"]["creationTimestamp"] = timestamp(-plan.startedAgo);
    if (!plan.node.empty())
        startPod(pod, plan.startedAgo);
    m_store.put(kindOf("pods"), std::move(pod));
}

void World::addEvent(const std::string& type, const std::string& reason, const std::string& message, const Json& about,
                     int count) {
    const std::string ns = about["metadata"].value("namespace", "default");
    const std::string name = about["metadata"]["name"].get<std::string>() + "." + reason;
    Json event = eventManifest(ns, name, type, reason, message, about, count);
    m_store.put(kindOf("events"), std::move(event));
}

} // namespace demo
