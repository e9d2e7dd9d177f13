// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/describe/summary.h"

#include "core/kube/describe/writer.h"
#include "core/kube/go_json.h"

#include <array>
#include <utility>

namespace kube {

namespace {

using describe::at;
using describe::Json;
using describe::Page;
using describe::text;

struct Describer {
    std::string_view group; // API group, empty for core
    std::string_view kind;
    void (*write)(Page&);
};

constexpr std::array<Describer, 16> kDescribers{{
    {"", "Pod", describe::describePod},
    {"", "Node", describe::describeNode},
    {"", "Namespace", describe::describeNamespace},
    {"", "Service", describe::describeService},
    {"", "ConfigMap", describe::describeConfigMap},
    {"", "Secret", describe::describeSecret},
    {"", "PersistentVolumeClaim", describe::describeClaim},
    {"", "PersistentVolume", describe::describeVolume},
    {"apps", "Deployment", describe::describeDeployment},
    {"apps", "ReplicaSet", describe::describeReplicaSet},
    {"apps", "StatefulSet", describe::describeStatefulSet},
    {"apps", "DaemonSet", describe::describeDaemonSet},
    {"batch", "Job", describe::describeJob},
    {"batch", "CronJob", describe::describeCronJob},
    {"networking.k8s.io", "Ingress", describe::describeIngress},
    {"discovery.k8s.io", "EndpointSlice", describe::describeEndpointSlice},
}};

base::Result<Json> parse(std::string_view json) {
    base::Result<Json> object = parseGoJson(json);
    if (!object || !object->is_object() || text(at(*object, "kind")).empty())
        return base::fail(base::ErrorCode::BadInput, "this is not a Kubernetes object (JSON with apiVersion and kind)");
    return object;
}

std::string groupOf(const Json& object) {
    const std::string version = text(at(object, "apiVersion"));
    const std::size_t slash = version.find('/');
    return slash == std::string::npos ? std::string() : version.substr(0, slash);
}

std::string escaped(std::string_view value) {
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string result;
    for (const char c : value) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        const auto byte = static_cast<unsigned char>(c);
        if (plain)
            result += c;
        else
            result += {'%', kHex[byte >> 4U], kHex[byte & 0xFU]};
    }
    return result;
}

} // namespace

base::Result<std::vector<RelatedQuery>> relatedQueries(std::string_view json) {
    const auto object = parse(json);
    if (!object)
        return base::fail(object.error());
    const std::string kind = text(at(*object, "kind"));
    const std::string group = groupOf(*object);
    const std::string name = text(at(*object, {"metadata", "name"}));
    const std::string inNamespace = "/namespaces/" + text(at(*object, {"metadata", "namespace"})) + "/";
    const auto selected = [&] {
        return "?labelSelector=" + escaped(describe::selectorText(at(*object, {"spec", "selector"}), ""));
    };
    std::vector<RelatedQuery> queries;
    const auto list = [&](const char* id, const char* resource, std::string target) {
        queries.push_back({id, std::move(target), "list", resource});
    };
    const std::string pods = "/api/v1" + inNamespace + "pods";
    const std::string slices = "/apis/discovery.k8s.io/v1" + inNamespace + "endpointslices";
    if (group == "apps" && kind == "Deployment") {
        list("replicasets", "replicasets.apps", "/apis/apps/v1" + inNamespace + "replicasets" + selected());
    } else if (group == "apps" && (kind == "ReplicaSet" || kind == "StatefulSet" || kind == "DaemonSet")) {
        list("pods", "pods", pods + selected());
    } else if (group.empty() && kind == "Service") {
        list("endpointslices", "endpointslices.discovery.k8s.io",
             slices + "?labelSelector=" + escaped("kubernetes.io/service-name=" + name));
    } else if (group == "networking.k8s.io" && kind == "Ingress") {
        list("services", "services", "/api/v1" + inNamespace + "services");
        list("endpointslices", "endpointslices.discovery.k8s.io", slices);
    } else if (group.empty() && kind == "PersistentVolumeClaim") {
        list("pods", "pods", pods);
    } else if (group.empty() && kind == "Node") {
        queries.push_back({"lease", "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/" + name, "get",
                           "leases.coordination.k8s.io"});
        list("pods", "pods",
             "/api/v1/pods?fieldSelector=" +
                 escaped("spec.nodeName=" + name + ",status.phase!=Succeeded,status.phase!=Failed"));
    } else if (group.empty() && kind == "Namespace") {
        list("quotas", "resourcequotas", "/api/v1/namespaces/" + name + "/resourcequotas");
        list("limits", "limitranges", "/api/v1/namespaces/" + name + "/limitranges");
    }
    return queries;
}

base::Result<Summary> summarize(std::string_view json, const Related& related) {
    const auto object = parse(json);
    if (!object)
        return base::fail(object.error());
    Summary summary;
    for (const Json& owner : at(*object, {"metadata", "ownerReferences"}))
        summary.owners.push_back({text(at(owner, "apiVersion")), text(at(owner, "kind")), text(at(owner, "name")),
                                  text(at(owner, "uid")), describe::isTrue(at(owner, "controller"))});
    Page page{summary, *object, [&related](std::string_view id) {
                  const auto found = related.find(std::string(id));
                  return found == related.end() ? Json() : parseGoJson(found->second).value_or(Json());
              }};
    const std::string kind = text(at(*object, "kind"));
    const std::string group = groupOf(*object);
    for (const Describer& describer : kDescribers) {
        if (describer.kind == kind && describer.group == group) {
            describer.write(page);
            return summary;
        }
    }
    describe::describeGeneric(page);
    return summary;
}

} // namespace kube
