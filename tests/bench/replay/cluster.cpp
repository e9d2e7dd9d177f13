// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/replay/cluster.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

namespace replay {

namespace {

constexpr std::size_t kPiece = std::size_t(64) * 1024;
constexpr int kBookmarkSeconds = 60;
constexpr int kPodsToANode = 50;
constexpr int kNamespaces = 100;

bool has(const std::string& target, std::string_view what) {
    return target.find(what) != std::string::npos;
}

int numberAfter(const std::string& target, const std::string& name) {
    const std::size_t at = target.find(name);
    return at == std::string::npos ? 0 : std::atoi(target.c_str() + at + name.size());
}

} // namespace

std::string ServedKind::apiVersion() const {
    return group.empty() ? std::string(version) : std::string(group) + "/" + std::string(version);
}

std::string ServedKind::path() const {
    return (group.empty() ? "/api/" : "/apis/") + apiVersion() + "/" + std::string(plural);
}

const std::vector<ServedKind>& servedKinds() {
    static const std::vector<ServedKind> all{
        {"", "v1", "pods", "Pod"},
        {"", "v1", "nodes", "Node", false},
        {"", "v1", "namespaces", "Namespace", false},
        {"", "v1", "services", "Service"},
        {"", "v1", "events", "Event"},
        {"", "v1", "persistentvolumeclaims", "PersistentVolumeClaim"},
        {"", "v1", "persistentvolumes", "PersistentVolume", false},
        {"apps", "v1", "deployments", "Deployment"},
        {"apps", "v1", "replicasets", "ReplicaSet"},
        {"apps", "v1", "statefulsets", "StatefulSet"},
        {"apps", "v1", "daemonsets", "DaemonSet"},
        {"batch", "v1", "jobs", "Job"},
        {"batch", "v1", "cronjobs", "CronJob"},
        {"discovery.k8s.io", "v1", "endpointslices", "EndpointSlice"},
        {"networking.k8s.io", "v1", "ingresses", "Ingress"},
        {"", "v1", "configmaps", "ConfigMap", true, true},
        {"", "v1", "secrets", "Secret", true, true},
        {"", "v1", "serviceaccounts", "ServiceAccount", true, true},
        {"rbac.authorization.k8s.io", "v1", "roles", "Role", true, true},
        {"storage.k8s.io", "v1", "storageclasses", "StorageClass", false, true},
        {"apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false, true},
    };
    return all;
}

Cluster::Cluster(int number, int pods, const std::string& data)
    : m_number(number)
    , m_pods(number, pods)
    , m_data(data) {}

std::string Cluster::uidOf(int object) const {
    char text[40];
    std::snprintf(text, sizeof text, "5e9a1234-0000-4000-8000-%06d%06d", m_number, object);
    return text;
}

Answer Cluster::answer(const std::string& target, const std::string& accept) {
    Answer answer;
    if (target.starts_with("/version")) {
        answer.body.bytes = R"({"major":"1","minor":"36","gitVersion":"v1.36.3","platform":"linux/amd64"})";
        return answer;
    }
    if (target == "/livez") {
        answer.contentType = "text/plain";
        answer.body.bytes = "ok";
        return answer;
    }
    if (target == "/api" || target == "/apis") {
        answer.contentType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        answer.body.bytes = discovery(target == "/api");
        return answer;
    }
    if (target == "/api/v1/namespaces/kube-system") {
        answer.body.bytes = kubeSystem();
        return answer;
    }
    const std::string path = target.substr(0, target.find('?'));
    for (const ServedKind& kind : servedKinds()) {
        if (path != kind.path())
            continue;
        const bool isTable = has(accept, "as=Table");
        if (!isTable)
            answer.contentType = "application/vnd.kubernetes.protobuf";
        if (has(target, "watch=1")) {
            answer.body = watch(kind, has(target, "sendInitialEvents=true"));
            answer.contentType += isTable ? "" : ";stream=watch";
        } else {
            answer.body.bytes = isTable ? columns(kind) : page(kind, target);
        }
        return answer;
    }
    answer.status = 404;
    answer.body.bytes = R"({"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound","code":404})";
    return answer;
}

std::string Cluster::discovery(bool isCore) const {
    nlohmann::json items = nlohmann::json::array();
    for (const ServedKind& kind : servedKinds()) {
        if (kind.group.empty() != isCore)
            continue;
        auto group = std::find_if(items.begin(), items.end(),
                                  [&](const auto& item) { return item["metadata"].value("name", "") == kind.group; });
        if (group == items.end()) {
            items.push_back(
                {{"metadata", isCore ? nlohmann::json::object() : nlohmann::json{{"name", kind.group}}},
                 {"versions", {{{"version", kind.version}, {"freshness", "Current"}, {"resources", nullptr}}}}});
            group = items.end() - 1;
        }
        (*group)["versions"][0]["resources"].push_back(
            {{"resource", kind.plural},
             {"responseKind", {{"group", kind.group}, {"version", kind.version}, {"kind", kind.kind}}},
             {"scope", kind.isNamespaced ? "Namespaced" : "Cluster"},
             {"singularResource", ""},
             {"verbs", {"get", "list", "watch"}}});
    }
    return nlohmann::json{
        {"kind", "APIGroupDiscoveryList"}, {"apiVersion", "apidiscovery.k8s.io/v2"}, {"items", std::move(items)}}
        .dump();
}

// The recorded Table without its rows; name and age where none was recorded.
std::string Cluster::columns(const ServedKind& kind) const {
    nlohmann::json table{{"kind", "Table"}, {"apiVersion", "meta.k8s.io/v1"}};
    table["columnDefinitions"] = {{{"name", "Name"}, {"type", "string"}, {"format", "name"}, {"priority", 0}},
                                  {{"name", "Age"}, {"type", "string"}, {"format", ""}, {"priority", 0}}};
    std::ifstream file(m_data + "/" + std::string(kind.group.empty() ? "core" : kind.group) + "_" +
                       std::string(kind.plural) + ".table.json");
    if (file)
        table = nlohmann::json::parse(file);
    table["metadata"] = {{"resourceVersion", std::to_string(m_version)}};
    if (kind.plural == "pods" && m_pods.count() > 1)
        table["metadata"]["remainingItemCount"] = m_pods.count() - 1;
    table["rows"] = nlohmann::json::array();
    return table.dump();
}

std::string Cluster::kubeSystem() const {
    return nlohmann::json{{"kind", "PartialObjectMetadata"},
                          {"apiVersion", "meta.k8s.io/v1"},
                          {"metadata", {{"name", "kube-system"}, {"uid", uidOf(999'999)}, {"resourceVersion", "1"}}}}
        .dump();
}

// All of a small kind.
std::vector<std::string> Cluster::objects(const ServedKind& kind) const {
    std::vector<std::string> out;
    if (kind.plural == "nodes") {
        for (int i = 0; i * kPodsToANode < m_pods.count(); ++i)
            out.push_back(nodeObject(m_number, i));
    } else if (kind.plural == "namespaces" && m_pods.count() > 0) {
        for (int i = 0; i < kNamespaces; ++i) {
            char name[16];
            std::snprintf(name, sizeof name, "team-%03d", i);
            out.push_back(namespaceObject(name, uidOf(i)));
        }
    }
    return out;
}

std::string Cluster::bookmarkOf(const ServedKind& kind, bool isEnd) const {
    return kind.isTable ? tableBookmark(m_version, isEnd) : bookmark(kind.apiVersion(), kind.kind, m_version, isEnd);
}

Body Cluster::watch(const ServedKind& kind, bool initialEvents) {
    Body body;
    body.isOpen = true;
    if (!initialEvents)
        return body;
    if (kind.plural != "pods") {
        for (const std::string& object : objects(kind))
            body.bytes += frame("ADDED", kind.apiVersion(), kind.kind, object);
        body.bytes += bookmarkOf(kind, true);
        return body;
    }
    body.more = [this, &kind, next = 0](std::string& out) mutable {
        while (next < m_pods.count() && out.size() < kPiece)
            m_pods.append(out, PodFrames::Type::Added, next++, 100'000'000, 0);
        if (next == m_pods.count()) {
            ++next;
            out += bookmarkOf(kind, true);
        }
    };
    return body;
}

std::string Cluster::page(const ServedKind& kind, const std::string& target) const {
    if (kind.plural != "pods")
        return list(kind.apiVersion(), std::string(kind.kind) + "List", m_version, {}, objects(kind));
    const int limit = numberAfter(target, "limit=");
    const int first = numberAfter(target, "continue=");
    const int end = limit > 0 ? std::min(first + limit, m_pods.count()) : m_pods.count();
    std::vector<std::string> pods;
    for (int i = first; i < end; ++i)
        pods.push_back(m_pods.object(i, 100'000'000));
    return list(kind.apiVersion(), "PodList", m_version, end < m_pods.count() ? std::to_string(end) : "", pods);
}

void Cluster::keep(Body& body, const std::string& target) {
    const std::string path = target.substr(0, target.find('?'));
    for (const ServedKind& kind : servedKinds()) {
        if (path == kind.path())
            m_watches.push_back({&body, &kind, std::rand() % kBookmarkSeconds});
    }
}

void Cluster::forget(Body& body) {
    std::erase_if(m_watches, [&body](const Watch& watch) { return watch.body == &body; });
}

void Cluster::change(int count) {
    std::string frames;
    for (int i = 0; i < count; ++i) {
        const auto pod = static_cast<int>(m_changes * 2654435761U % static_cast<std::uint32_t>(m_pods.count()));
        m_pods.append(frames, PodFrames::Type::Modified, pod, ++m_version, static_cast<int>(++m_changes % 100));
    }
    for (const Watch& watch : m_watches) {
        if (watch.kind->plural != "pods")
            continue;
        watch.body->bytes += frames;
        watch.body->wake();
    }
}

void Cluster::tick() {
    for (Watch& watch : m_watches) {
        if (++watch.age % kBookmarkSeconds != 0)
            continue;
        watch.body->bytes += bookmarkOf(*watch.kind, false);
        watch.body->wake();
    }
}

std::size_t Cluster::backlog() const {
    std::size_t most = 0;
    for (const Watch& watch : m_watches)
        most = std::max(most, watch.body->left());
    return most;
}

} // namespace replay
