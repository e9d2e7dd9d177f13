// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/kinds.h"

#include <algorithm>
#include <stdexcept>

namespace demo {

namespace {

const std::vector<std::string> kVerbs{"create", "delete", "deletecollection", "get",
                                      "list",   "patch",  "update",           "watch"};

ServedKind served(std::string group, std::string version, std::string kind, std::string plural, std::string singular,
                  std::vector<std::string> shortNames, bool namespaced, std::vector<std::string> categories = {}) {
    ServedKind result;
    result.kind.group = std::move(group);
    result.kind.version = std::move(version);
    result.kind.kind = std::move(kind);
    result.kind.plural = std::move(plural);
    result.kind.singular = std::move(singular);
    result.kind.shortNames = std::move(shortNames);
    result.kind.categories = std::move(categories);
    result.kind.verbs = kVerbs;
    result.kind.namespaced = namespaced;
    return result;
}

std::vector<ServedKind> makeKinds() {
    std::vector<ServedKind> kinds{
        served("", "v1", "Pod", "pods", "pod", {"po"}, true, {"all"}),
        served("", "v1", "Node", "nodes", "node", {"no"}, false),
        served("", "v1", "Namespace", "namespaces", "namespace", {"ns"}, false),
        served("", "v1", "Service", "services", "service", {"svc"}, true, {"all"}),
        served("", "v1", "ConfigMap", "configmaps", "configmap", {"cm"}, true),
        served("", "v1", "Secret", "secrets", "secret", {}, true),
        served("", "v1", "Event", "events", "event", {"ev"}, true),
        served("", "v1", "ServiceAccount", "serviceaccounts", "serviceaccount", {"sa"}, true),
        served("", "v1", "PersistentVolume", "persistentvolumes", "persistentvolume", {"pv"}, false),
        served("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", "persistentvolumeclaim", {"pvc"}, true),
        served("apps", "v1", "Deployment", "deployments", "deployment", {"deploy"}, true, {"all"}),
        served("apps", "v1", "ReplicaSet", "replicasets", "replicaset", {"rs"}, true, {"all"}),
        served("apps", "v1", "StatefulSet", "statefulsets", "statefulset", {"sts"}, true, {"all"}),
        served("apps", "v1", "DaemonSet", "daemonsets", "daemonset", {"ds"}, true, {"all"}),
        served("batch", "v1", "Job", "jobs", "job", {}, true, {"all"}),
        served("batch", "v1", "CronJob", "cronjobs", "cronjob", {"cj"}, true, {"all"}),
        served("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "horizontalpodautoscaler",
               {"hpa"}, true, {"all"}),
        served("networking.k8s.io", "v1", "Ingress", "ingresses", "ingress", {"ing"}, true),
        served("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", "endpointslice", {}, true),
        served("rbac.authorization.k8s.io", "v1", "Role", "roles", "role", {}, true),
        served("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings", "rolebinding", {}, true),
        served("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", "clusterrole", {}, false),
        served("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", "clusterrolebinding", {},
               false),
        served("storage.k8s.io", "v1", "StorageClass", "storageclasses", "storageclass", {"sc"}, false),
        served("coordination.k8s.io", "v1", "Lease", "leases", "lease", {}, true),
        served("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions",
               "customresourcedefinition", {"crd", "crds"}, false),
        served("cert-manager.io", "v1", "Certificate", "certificates", "certificate", {"cert", "certs"}, true),
        served("ops.example.com", "v1", "Backup", "backups", "backup", {}, true),
    };
    const auto columns = [&kinds](std::string_view plural, std::vector<PrinterColumn> list) {
        for (ServedKind& kind : kinds) {
            if (kind.kind.plural == plural)
                kind.columns = std::move(list);
        }
    };
    columns("configmaps", {{"Data", "string", "#/data"}});
    columns("secrets", {{"Type", "string", "/type"}, {"Data", "string", "#/data"}});
    columns("storageclasses", {{"Provisioner", "string", "/provisioner"},
                               {"ReclaimPolicy", "string", "/reclaimPolicy"},
                               {"VolumeBindingMode", "string", "/volumeBindingMode"}});
    columns("leases", {{"Holder", "string", "/spec/holderIdentity"}});
    columns("roles", {{"Created At", "date", "/metadata/creationTimestamp"}});
    columns("clusterroles", {{"Created At", "date", "/metadata/creationTimestamp"}});
    columns("rolebindings", {{"Role", "string", "/roleRef/name"}});
    columns("clusterrolebindings", {{"Role", "string", "/roleRef/name"}});
    columns("customresourcedefinitions", {{"Created At", "date", "/metadata/creationTimestamp"}});
    columns("certificates", {{"Ready", "string", "/status/conditions/0/status"},
                             {"Secret", "string", "/spec/secretName"},
                             {"Renewal", "date", "/status/renewalTime"},
                             {"Issuer", "string", "/spec/issuerRef/name", 1}});
    columns("backups", {{"Volume", "string", "/spec/volume"},
                        {"Phase", "string", "/status/phase"},
                        {"Size", "string", "/status/size"},
                        {"Last Run", "date", "/status/lastRunTime"}});
    for (ServedKind& kind : kinds) {
        const std::string& plural = kind.kind.plural;
        kind.custom = plural == "certificates" || plural == "backups";
        kind.scalable = plural == "deployments" || plural == "replicasets" || plural == "statefulsets";
    }
    return kinds;
}

} // namespace

const std::vector<ServedKind>& servedKinds() {
    static const std::vector<ServedKind> kKinds = makeKinds();
    return kKinds;
}

const ServedKind* findKind(std::string_view group, std::string_view version, std::string_view plural) {
    const auto& kinds = servedKinds();
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const ServedKind& served) {
        return served.kind.group == group && served.kind.version == version && served.kind.plural == plural;
    });
    return found == kinds.end() ? nullptr : &*found;
}

const ServedKind& kindOf(std::string_view plural) {
    for (const ServedKind& served : servedKinds()) {
        if (served.kind.plural == plural)
            return served;
    }
    throw std::logic_error("the demo serves no " + std::string(plural));
}

} // namespace demo
