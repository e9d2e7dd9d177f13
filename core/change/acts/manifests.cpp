// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/manifests.h"

#include "core/change/object_difference.h"
#include "core/change/rehearsal.h"
#include "core/kube/go_json.h"

#include <array>
#include <string_view>
#include <utility>

namespace change {

namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

std::string namespaceFor(const kube::Manifest& manifest, const kube::Kind* kind, const ClusterWay* way,
                         const std::string& ns) {
    if (kind != nullptr && !kind->namespaced)
        return {};
    // Of a kind that the set itself brings nothing is known yet.
    const bool isGuessed = kind == nullptr && manifest.apiVersion.find('/') == std::string::npos;
    if (!manifest.ns.empty() || way == nullptr || isGuessed)
        return manifest.ns;
    return kind != nullptr && ns.empty() ? way->ns : ns;
}

/// What belongs to this object alone; an empty kind: to any.
struct Own {
    std::string_view kind;
    const char* field;
};

constexpr std::array<Own, 25> kOwn{{
    {"", "/metadata/ownerReferences"},
    {"", "/metadata/deletionTimestamp"},
    {"", "/metadata/deletionGracePeriodSeconds"},
    {"", "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration"},
    {"", "/metadata/annotations/deployment.kubernetes.io~1revision"},
    {"", "/metadata/annotations/deprecated.daemonset.template.generation"},
    {"", "/metadata/labels/pod-template-hash"},
    {"", "/spec/selector/matchLabels/pod-template-hash"},
    {"", "/spec/template/metadata/labels/pod-template-hash"},
    {"Service", "/spec/clusterIP"},
    {"Service", "/spec/clusterIPs"},
    {"Service", "/spec/healthCheckNodePort"},
    {"PersistentVolumeClaim", "/spec/volumeName"},
    {"PersistentVolumeClaim", "/metadata/annotations/pv.kubernetes.io~1bind-completed"},
    {"PersistentVolumeClaim", "/metadata/annotations/pv.kubernetes.io~1bound-by-controller"},
    {"PersistentVolumeClaim", "/metadata/annotations/volume.kubernetes.io~1selected-node"},
    {"PersistentVolume", "/spec/claimRef"},
    {"Pod", "/spec/nodeName"},
    {"Job", "/spec/selector"},
    {"Job", "/spec/template/metadata/labels/controller-uid"},
    {"Job", "/spec/template/metadata/labels/batch.kubernetes.io~1controller-uid"},
    {"Job", "/spec/template/metadata/labels/job-name"},
    {"Job", "/spec/template/metadata/labels/batch.kubernetes.io~1job-name"},
    {"Node", "/spec/podCIDR"},
    {"Namespace", "/metadata/labels/kubernetes.io~1metadata.name"},
}};

std::string nameOf(const Pointer& pointer) {
    std::string name;
    std::vector<std::string> steps;
    for (Pointer rest = pointer; !rest.empty(); rest.pop_back())
        steps.push_back(rest.back());
    for (auto step = steps.rbegin(); step != steps.rend(); ++step)
        name += step->find('.') != std::string::npos ? '[' + *step + ']' : (name.empty() ? "" : ".") + *step;
    return name;
}

void dropField(Json& object, const Pointer& field, std::vector<std::string>& dropped) {
    if (!object.contains(field))
        return;
    object.at(field.parent_pointer()).erase(field.back());
    dropped.push_back(nameOf(field));
    const Pointer parent = field.parent_pointer();
    if (object.at(parent).empty() && parent.to_string().starts_with("/metadata/"))
        object.at(parent.parent_pointer()).erase(parent.back());
}

/// A headless service says "None", which is a wish and stays.
bool isWish(const Json& object, const Pointer& field) {
    const Json value = object.value(field, Json());
    return value == "None" || (value.is_array() && !value.empty() && value.front() == "None");
}

void dropNodePorts(Json& object, std::vector<std::string>& dropped) {
    const Pointer ports("/spec/ports");
    if (!object.contains(ports) || !object.at(ports).is_array())
        return;
    for (std::size_t i = 0; i < object.at(ports).size(); ++i)
        dropField(object, ports / i / "nodePort", dropped);
}

/// The token volume that the server mounts into every pod.
bool isTokenVolume(const Json& item) {
    return item.is_object() && item.value("name", Json()).is_string() &&
           item.at("name").get<std::string>().starts_with("kube-api-access-");
}

void dropTokenVolumes(Json& object, std::vector<std::string>& dropped) {
    const auto dropFrom = [&dropped](Json& holder, const char* list, const std::string& name) {
        if (!holder.is_object() || !holder.contains(list) || !holder.at(list).is_array())
            return;
        Json kept = Json::array();
        for (const Json& item : holder.at(list)) {
            if (isTokenVolume(item))
                dropped.push_back(name + '[' + item.at("name").get<std::string>() + ']');
            else
                kept.push_back(item);
        }
        if (kept.empty())
            holder.erase(list);
        else
            holder[list] = std::move(kept);
    };
    if (!object.contains("spec") || !object.at("spec").is_object())
        return;
    Json& spec = object.at("spec");
    dropFrom(spec, "volumes", "spec.volumes");
    for (const char* containers : {"containers", "initContainers"}) {
        if (!spec.contains(containers) || !spec.at(containers).is_array())
            continue;
        for (Json& container : spec.at(containers))
            dropFrom(container, "volumeMounts", std::string("spec.") + containers + ".volumeMounts");
    }
}

} // namespace

base::Result<std::vector<Operation>> applyManifests(const std::vector<kube::Manifest>& manifests,
                                                    const ClusterRef& cluster, const ClusterWay* way,
                                                    const std::string& ns) {
    std::vector<Operation> operations;
    for (const kube::Manifest& manifest : manifests) {
        if (manifest.name.empty())
            return base::fail(base::ErrorCode::BadInput,
                              toString(manifest.place) + ": generateName cannot be applied; give it a name");
        Operation operation;
        operation.cluster = cluster;
        operation.verb = Verb::Apply;
        operation.object = {manifest.apiVersion, manifest.kind, manifest.ns, manifest.name};
        operation.body = manifest.json;
        const kube::Kind* kind = way != nullptr && way->kinds ? kindOf(operation, *way->kinds) : nullptr;
        operation.object.ns = namespaceFor(manifest, kind, way, ns);
        const bool isNamespaced = kind != nullptr ? kind->namespaced : !manifest.ns.empty();
        if (!ns.empty() && isNamespaced && operation.object.ns != ns)
            return base::fail(base::ErrorCode::BadInput, toString(manifest.place) + ": it says namespace " +
                                                             manifest.ns + ", and " + ns + " was chosen");
        operations.push_back(std::move(operation));
    }
    return operations;
}

CleanCopy cleanCopy(std::string_view object) {
    CleanCopy copy;
    base::Result<Json> parsed = kube::parseGoJson(object);
    if (!parsed || !parsed->is_object())
        return copy;
    Json value = contentOf(*parsed);
    const std::string kind = value.value("kind", Json()).is_string() ? value.at("kind").get<std::string>() : "";
    const bool isHeadless = isWish(value, Pointer("/spec/clusterIP"));
    for (const Own& own : kOwn) {
        const Pointer field(own.field);
        if ((own.kind.empty() || own.kind == kind) && !(isHeadless && isWish(value, field)))
            dropField(value, field, copy.dropped);
    }
    if (kind == "Service")
        dropNodePorts(value, copy.dropped);
    if (kind == "Pod")
        dropTokenVolumes(value, copy.dropped);
    copy.json = kube::toGoJson(value, kube::JsonLayout::Compact);
    return copy;
}

} // namespace change
