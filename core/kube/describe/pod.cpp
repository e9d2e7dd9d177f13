// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/describe/writer.h"

#include <algorithm>
#include <utility>

namespace kube::describe {

namespace {

std::string tolerationText(const Json& toleration) {
    std::string line = text(at(toleration, "key"));
    const bool named = !line.empty();
    if (isSet(at(toleration, "value")))
        line += "=" + text(at(toleration, "value"));
    if (isSet(at(toleration, "effect")))
        line += ":" + text(at(toleration, "effect"));
    if (text(at(toleration, "operator")) == "Exists" && !isSet(at(toleration, "value")))
        line += named || isSet(at(toleration, "effect")) ? " op=Exists" : "op=Exists";
    if (at(toleration, "tolerationSeconds").is_number())
        line += " for " + text(at(toleration, "tolerationSeconds")) + "s";
    return line;
}

void writeTolerations(Writer writer, const Json& tolerations) {
    std::vector<std::pair<std::string, std::string>> lines;
    for (const Json& toleration : tolerations)
        lines.emplace_back(text(at(toleration, "key")), tolerationText(toleration));
    std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string value;
    for (const auto& [key, line] : lines)
        value += (value.empty() ? "" : "\n") + line;
    writer.add("Tolerations", value.empty() ? "<none>" : value);
}

void writeTopologySpread(Writer writer, const Json& constraints) {
    std::vector<std::pair<std::string, std::string>> lines;
    for (const Json& constraint : constraints) {
        const std::string key = text(at(constraint, "topologyKey"));
        std::string line = key + ":" + text(at(constraint, "whenUnsatisfiable")) + " when max skew " +
                           text(at(constraint, "maxSkew")) + " is exceeded";
        if (at(constraint, "labelSelector").is_object())
            line += " for selector " + selectorText(at(constraint, "labelSelector"), "<none>");
        lines.emplace_back(key, std::move(line));
    }
    std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string value;
    for (const auto& [key, line] : lines)
        value += (value.empty() ? "" : "\n") + line;
    if (!value.empty())
        writer.add("Topology Spread Constraints", value);
}

void writeSchedulingGroup(Writer writer, const Json& podSpec) {
    if (const Json& group = at(podSpec, "schedulingGroup"); group.is_object())
        writer.heading("SchedulingGroup").add("PodGroupName", text(at(group, "podGroupName")));
}

void writeStatus(Page& page) {
    const Json& pod = page.object;
    const std::string phase = text(at(pod, {"status", "phase"}));
    const Json& deletion = at(pod, {"metadata", "deletionTimestamp"});
    if (isSet(deletion) && phase != "Failed" && phase != "Succeeded") {
        page.top().add("Status", terminatingText(deletion)).state = ObjectState::Leaving;
        page.top().add("Termination Grace Period",
                       textOr(at(pod, {"metadata", "deletionGracePeriodSeconds"}), "0") + "s");
    } else {
        page.top().add("Status", phase).state = phase == "Running"     ? ObjectState::Good
                                                : phase == "Pending"   ? ObjectState::Pending
                                                : phase == "Succeeded" ? ObjectState::Done
                                                : phase == "Failed"    ? ObjectState::Broken
                                                                       : ObjectState::Attention;
    }
    for (const auto& [field, title] : {std::pair{"reason", "Reason"}, std::pair{"message", "Message"}}) {
        if (isSet(at(pod, {"status", field})))
            page.top().add(title, text(at(pod, {"status", field})));
    }
}

void writeAddresses(Page& page) {
    const Json& pod = page.object;
    page.top().add("IP", text(at(pod, {"status", "podIP"})));
    const Json& addresses = at(pod, {"status", "podIPs"});
    std::string lines;
    for (const Json& address : addresses)
        lines += (lines.empty() ? "" : "\n") + text(at(address, "ip"));
    page.top().add("IPs", lines.empty() ? "<none>" : lines);
}

void writeReadinessGates(Page& page) {
    const Json& gates = at(page.object, {"spec", "readinessGates"});
    if (!isSet(gates))
        return;
    SummaryTable table;
    table.title = "Readiness Gates";
    table.columns = {"Type", "Status"};
    for (const Json& gate : gates) {
        const std::string type = text(at(gate, "conditionType"));
        std::string status = "<none>";
        for (const Json& condition : at(page.object, {"status", "conditions"})) {
            if (text(at(condition, "type")) == type)
                status = text(at(condition, "status"));
        }
        table.rows.push_back({cell(type), cell(status)});
        table.rows.back().front().state = status == "True" ? ObjectState::Good : ObjectState::Attention;
    }
    page.summary.tables.push_back(std::move(table));
}

} // namespace

void writeScheduling(Writer writer, const Json& podSpec) {
    writeLabels(writer, "Node-Selectors", at(podSpec, "nodeSelector"));
    writeTolerations(writer, at(podSpec, "tolerations"));
}

void describePod(Page& page) {
    const Json& pod = page.object;
    const Json& spec = at(pod, "spec");
    writeNameAndNamespace(page);
    Writer top = page.top();
    if (at(spec, "priority").is_number())
        top.add("Priority", text(at(spec, "priority")));
    if (isSet(at(spec, "priorityClassName")))
        top.link("Priority Class Name", text(at(spec, "priorityClassName")), "PriorityClass", "",
                 text(at(spec, "priorityClassName")));
    if (isSet(at(spec, "runtimeClassName")))
        top.add("Runtime Class Name", text(at(spec, "runtimeClassName")));
    const std::string ns = text(at(pod, {"metadata", "namespace"}));
    if (const std::string account = text(at(spec, "serviceAccountName")); !account.empty())
        top.link("Service Account", account, "ServiceAccount", ns, account);
    if (const std::string node = text(at(spec, "nodeName")); !node.empty())
        top.link("Node", node + "/" + text(at(pod, {"status", "hostIP"})), "Node", "", node);
    else
        top.add("Node", "<none>");
    if (isSet(at(pod, {"status", "startTime"})))
        top.addTime("Start Time", at(pod, {"status", "startTime"}));
    writeLabels(top, "Labels", at(pod, {"metadata", "labels"}));
    writeAnnotations(top, "Annotations", at(pod, {"metadata", "annotations"}));
    writeStatus(page);
    writeSecurityProfile(top, at(spec, "securityContext"));
    writeAddresses(page);
    writeController(page);
    if (isSet(at(pod, {"status", "nominatedNodeName"})))
        top.add("NominatedNodeName", text(at(pod, {"status", "nominatedNodeName"})));
    if (at(spec, "resources").is_object())
        writeResources(top.heading("Resources"), at(spec, "resources"));
    if (isSet(at(spec, "initContainers")))
        writeContainers(top, "Init Containers", at(spec, "initContainers"),
                        at(pod, {"status", "initContainerStatuses"}), &pod);
    writeContainers(top, "Containers", at(spec, "containers"), at(pod, {"status", "containerStatuses"}), &pod);
    if (isSet(at(spec, "ephemeralContainers")))
        writeContainers(top, "Ephemeral Containers", at(spec, "ephemeralContainers"),
                        at(pod, {"status", "ephemeralContainerStatuses"}), &pod);
    writeReadinessGates(page);
    writeConditions(page, at(pod, {"status", "conditions"}),
                    {"type", "status", "lastTransitionTime", "reason", "message"});
    writeVolumes(top, at(spec, "volumes"));
    top.add("QoS Class", text(at(pod, {"status", "qosClass"})));
    writeScheduling(top, spec);
    writeTopologySpread(top, at(spec, "topologySpreadConstraints"));
    writeSchedulingGroup(top, spec);
}

void writePodTemplate(Page& page, const Json& podTemplate) {
    Writer below = page.top().heading("Pod Template");
    if (!podTemplate.is_object()) {
        below.add("", "<unset>");
        return;
    }
    const Json& spec = at(podTemplate, "spec");
    writeLabels(below, "Labels", at(podTemplate, {"metadata", "labels"}));
    if (isSet(at(podTemplate, {"metadata", "annotations"})))
        writeAnnotations(below, "Annotations", at(podTemplate, {"metadata", "annotations"}));
    if (const std::string account = text(at(spec, "serviceAccountName")); !account.empty())
        below.link("Service Account", account, "ServiceAccount", text(at(page.object, {"metadata", "namespace"})),
                   account);
    if (isSet(at(spec, "initContainers")))
        writeContainers(below, "Init Containers", at(spec, "initContainers"), Json(), nullptr);
    writeContainers(below, "Containers", at(spec, "containers"), Json(), nullptr);
    writeVolumes(below, at(spec, "volumes"));
    writeTopologySpread(below, at(spec, "topologySpreadConstraints"));
    if (isSet(at(spec, "priorityClassName")))
        below.add("Priority Class Name", text(at(spec, "priorityClassName")));
    writeScheduling(below, spec);
    writeSchedulingGroup(below, spec);
}

} // namespace kube::describe
