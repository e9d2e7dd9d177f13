// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/describe/writer.h"

#include <algorithm>

namespace kube::describe {

namespace {

std::string accessModes(const Json& modes) {
    std::string result;
    for (const auto& [mode, shortName] : {std::pair{"ReadWriteOnce", "RWO"}, std::pair{"ReadOnlyMany", "ROX"},
                                          std::pair{"ReadWriteMany", "RWX"}, std::pair{"ReadWriteOncePod", "RWOP"}}) {
        if (modes.is_array() && std::find(modes.begin(), modes.end(), mode) != modes.end())
            result += (result.empty() ? "" : ",") + std::string(shortName);
    }
    return result;
}

std::string storageClass(const Json& object) {
    const Json& annotation = at(object, {"metadata", "annotations", "volume.beta.kubernetes.io/storage-class"});
    return annotation.is_null() ? text(at(object, {"spec", "storageClassName"})) : text(annotation);
}

void writePhase(Writer writer, const Json& object) {
    const Json& deletion = at(object, {"metadata", "deletionTimestamp"});
    const std::string phase = text(at(object, {"status", "phase"}));
    SummaryItem& item = writer.add("Status", isSet(deletion) ? terminatingText(deletion) : phase);
    item.state = isSet(deletion)                            ? ObjectState::Leaving
                 : phase == "Bound" || phase == "Available" ? ObjectState::Good
                 : phase == "Pending"                       ? ObjectState::Pending
                 : phase == "Lost" || phase == "Failed"     ? ObjectState::Broken
                                                            : ObjectState::Attention;
}

void writeNodeAffinity(Writer writer, const Json& affinity) {
    const Json& terms = at(affinity, {"required", "nodeSelectorTerms"});
    if (!at(affinity, "required").is_object()) {
        writer.add("Node Affinity", "<none>");
        return;
    }
    Writer below = writer.heading("Node Affinity").heading("Required Terms", isSet(terms) ? "" : "<none>");
    int number = 0;
    for (const Json& term : terms) {
        std::string lines;
        for (const Json& expression : at(term, "matchExpressions")) {
            std::string op = text(at(expression, "operator"));
            std::transform(op.begin(), op.end(), op.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
            lines += (lines.empty() ? "" : "\n") + text(at(expression, "key")) + " " + op;
            if (isSet(at(expression, "values")))
                lines += " [" + joined(at(expression, "values"), ", ") + "]";
        }
        below.add("Term " + std::to_string(number++), lines.empty() ? "<none>" : lines);
    }
}

bool usesClaim(const Json& pod, const std::string& claim) {
    for (const Json& volume : at(pod, {"spec", "volumes"})) {
        const bool ephemeral = at(volume, "ephemeral").is_object();
        const std::string name = ephemeral ? text(at(pod, {"metadata", "name"})) + "-" + text(at(volume, "name"))
                                           : text(at(volume, {"persistentVolumeClaim", "claimName"}));
        if (name == claim)
            return true;
    }
    return false;
}

} // namespace

void writeClaim(Writer writer, const Json& claim, bool whole) {
    const Json& spec = at(claim, "spec");
    if (whole) {
        writer.add("Name", text(at(claim, {"metadata", "name"})));
        writer.add("Namespace", text(at(claim, {"metadata", "namespace"})));
    }
    writer.link("StorageClass", storageClass(claim), "StorageClass", "", storageClass(claim));
    if (whole)
        writePhase(writer, claim);
    const std::string volume = text(at(spec, "volumeName"));
    writer.link("Volume", volume, "PersistentVolume", "", volume);
    writeLabels(writer, "Labels", at(claim, {"metadata", "labels"}));
    writeAnnotations(writer, "Annotations", at(claim, {"metadata", "annotations"}));
    if (whole)
        writer.add("Finalizers", goList(at(claim, {"metadata", "finalizers"})));
    writer.add("Capacity", volume.empty() ? "" : textOr(at(claim, {"status", "capacity", "storage"}), "0"));
    writer.add("Access Modes", volume.empty() ? "" : accessModes(at(claim, {"status", "accessModes"})));
    if (isSet(at(spec, "volumeMode")))
        writer.add("VolumeMode", text(at(spec, "volumeMode")));
    if (const Json& source = at(spec, "dataSource"); source.is_object()) {
        Writer below = writer.heading("DataSource");
        if (isSet(at(source, "apiGroup")))
            below.add("APIGroup", text(at(source, "apiGroup")));
        below.add("Kind", text(at(source, "kind")));
        below.add("Name", text(at(source, "name")));
    }
}

void describeClaim(Page& page) {
    writeClaim(page.top(), page.object, true);
    const Json pods = page.related("pods");
    if (!pods.is_null()) {
        std::string users;
        for (const Json& pod : at(pods, "items")) {
            if (usesClaim(pod, text(at(page.object, {"metadata", "name"}))))
                users += (users.empty() ? "" : "\n") + text(at(pod, {"metadata", "name"}));
        }
        page.top().add("Used By", users.empty() ? "<none>" : users);
    }
    writeConditions(page, at(page.object, {"status", "conditions"}),
                    {"type", "status", "lastProbeTime", "lastTransitionTime", "reason", "message"});
}

void describeVolume(Page& page) {
    const Json& spec = at(page.object, "spec");
    Writer top = page.top();
    top.add("Name", text(at(page.object, {"metadata", "name"})));
    writeLabels(top, "Labels", at(page.object, {"metadata", "labels"}));
    writeAnnotations(top, "Annotations", at(page.object, {"metadata", "annotations"}));
    top.add("Finalizers", goList(at(page.object, {"metadata", "finalizers"})));
    top.link("StorageClass", storageClass(page.object), "StorageClass", "", storageClass(page.object));
    writePhase(top, page.object);
    if (const Json& claim = at(spec, "claimRef"); claim.is_object())
        top.link("Claim", text(at(claim, "namespace")) + "/" + text(at(claim, "name")), "PersistentVolumeClaim",
                 text(at(claim, "namespace")), text(at(claim, "name")));
    else
        top.add("Claim", "");
    top.add("Reclaim Policy", text(at(spec, "persistentVolumeReclaimPolicy")));
    top.add("Access Modes", accessModes(at(spec, "accessModes")));
    if (isSet(at(spec, "volumeMode")))
        top.add("VolumeMode", text(at(spec, "volumeMode")));
    top.add("Capacity", textOr(at(spec, {"capacity", "storage"}), "0"));
    writeNodeAffinity(top, at(spec, "nodeAffinity"));
    top.add("Message", text(at(page.object, {"status", "message"})));
    writeVolumeSource(top.heading("Source"), spec);
}

} // namespace kube::describe
