// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/references.h"

#include "core/kube/describe/writer.h"
#include "core/kube/go_json.h"

#include <string>
#include <utility>

namespace change {

namespace {

using kube::describe::at;
using kube::describe::Json;
using kube::describe::text;

constexpr const char* kRbac = "rbac.authorization.k8s.io/v1";

class Gatherer {
public:
    explicit Gatherer(const std::string& ns)
        : m_ns(ns) {}

    void addPod(const Json& spec) {
        add("v1", "ServiceAccount", m_ns, at(spec, "serviceAccountName"));
        add("scheduling.k8s.io/v1", "PriorityClass", {}, at(spec, "priorityClassName"));
        add("node.k8s.io/v1", "RuntimeClass", {}, at(spec, "runtimeClassName"));
        each(at(spec, "imagePullSecrets"), [this](const Json& secret) { addNamed("Secret", secret); });
        each(at(spec, "volumes"), [this](const Json& volume) { addVolume(volume); });
        for (const char* list : {"containers", "initContainers"})
            each(at(spec, list), [this](const Json& container) { addContainer(container); });
    }
    void addBinding(const Json& role) {
        const std::string kind = text(at(role, "kind"));
        add(kRbac, kind.c_str(), kind == "Role" ? m_ns : std::string(), at(role, "name"));
    }
    void add(const char* apiVersion, const char* kind, const std::string& ns, const Json& name) {
        if (name.is_string())
            m_found.push_back({apiVersion, kind, ns, name.get<std::string>()});
    }
    [[nodiscard]] std::vector<ObjectRef> take() { return std::move(m_found); }

private:
    template <typename Visit>
    static void each(const Json& list, const Visit& visit) {
        if (!list.is_array())
            return;
        for (const Json& item : list)
            visit(item);
    }
    void addNamed(const char* kind, const Json& reference, const char* name = "name") {
        if (at(reference, "optional") != Json(true))
            add("v1", kind, m_ns, at(reference, name));
    }
    void addVolume(const Json& volume) {
        addNamed("ConfigMap", at(volume, "configMap"));
        addNamed("Secret", at(volume, "secret"), "secretName");
        add("v1", "PersistentVolumeClaim", m_ns, at(volume, {"persistentVolumeClaim", "claimName"}));
        each(at(volume, {"projected", "sources"}), [this](const Json& source) {
            addNamed("ConfigMap", at(source, "configMap"));
            addNamed("Secret", at(source, "secret"));
        });
    }
    void addContainer(const Json& container) {
        each(at(container, "envFrom"), [this](const Json& source) {
            addNamed("ConfigMap", at(source, "configMapRef"));
            addNamed("Secret", at(source, "secretRef"));
        });
        each(at(container, "env"), [this](const Json& variable) {
            addNamed("ConfigMap", at(variable, {"valueFrom", "configMapKeyRef"}));
            addNamed("Secret", at(variable, {"valueFrom", "secretKeyRef"}));
        });
    }

    const std::string& m_ns;
    std::vector<ObjectRef> m_found;
};

} // namespace

std::vector<ObjectRef> referencesOf(const Operation& operation) {
    const base::Result<Json> body = kube::parseGoJson(operation.body);
    if (!body || !body->is_object())
        return {};
    const ObjectRef& object = operation.object;
    Gatherer gatherer(object.ns);
    if (object.kind == "RoleBinding" || object.kind == "ClusterRoleBinding") {
        gatherer.addBinding(at(*body, "roleRef"));
        return gatherer.take();
    }
    if (object.kind == "StatefulSet")
        gatherer.add("v1", "Service", object.ns, at(*body, {"spec", "serviceName"}));
    if (object.kind == "Pod")
        gatherer.addPod(at(*body, "spec"));
    else if (object.kind == "CronJob")
        gatherer.addPod(at(*body, {"spec", "jobTemplate", "spec", "template", "spec"}));
    else
        gatherer.addPod(at(*body, {"spec", "template", "spec"}));
    return gatherer.take();
}

} // namespace change
