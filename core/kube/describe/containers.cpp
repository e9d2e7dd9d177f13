// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/describe/writer.h"

#include <algorithm>
#include <map>
#include <utility>

namespace kube::describe {

namespace {

std::string ports(const Json& list, const char* field) {
    std::string result;
    for (const Json& port : list) {
        if (!result.empty())
            result += ", ";
        result += textOr(at(port, field), "0") + "/" + textOr(at(port, "protocol"), "TCP");
        if (isSet(at(port, "name")))
            result += " (" + text(at(port, "name")) + ")";
    }
    return result;
}

void writePorts(Writer writer, const char* title, const std::string& list) {
    const bool several = list.find(',') != std::string::npos;
    writer.add(std::string(title) + (several ? "Ports" : "Port"), list.empty() ? "<none>" : list);
}

std::string goBool(const Json& value) {
    return isTrue(value) ? "True" : "False";
}

void writeState(Writer writer, const char* title, const Json& state) {
    if (const Json& running = at(state, "running"); running.is_object()) {
        SummaryItem& item = writer.add(title, "Running");
        item.state = ObjectState::Good;
        Writer(item.children).addTime("Started", at(running, "startedAt"));
    } else if (const Json& ended = at(state, "terminated"); ended.is_object()) {
        SummaryItem& item = writer.add(title, "Terminated");
        const std::string exitCode = textOr(at(ended, "exitCode"), "0");
        item.state = exitCode == "0" ? ObjectState::Done : ObjectState::Broken;
        Writer below(item.children);
        if (isSet(at(ended, "reason")))
            below.add("Reason", text(at(ended, "reason")));
        if (isSet(at(ended, "message")))
            below.add("Message", text(at(ended, "message")));
        below.add("Exit Code", exitCode);
        if (isSet(at(ended, "signal")) && text(at(ended, "signal")) != "0")
            below.add("Signal", text(at(ended, "signal")));
        below.addTime("Started", at(ended, "startedAt"));
        below.addTime("Finished", at(ended, "finishedAt"));
    } else {
        SummaryItem& item = writer.add(title, "Waiting");
        const std::string reason = text(at(state, {"waiting", "reason"}));
        const bool onItsWay = reason.empty() || reason == "ContainerCreating" || reason == "PodInitializing";
        item.state = onItsWay ? ObjectState::Pending : ObjectState::Broken;
        if (!reason.empty())
            Writer(item.children).add("Reason", reason);
    }
}

void writeQuantities(Writer writer, const char* title, const Json& list) {
    if (!isSet(list))
        return;
    Writer below = writer.heading(title);
    for (const auto& [name, quantity] : list.items())
        below.add(name, text(quantity));
}

std::string httpUrl(const Json& get) {
    std::string scheme = text(at(get, "scheme"));
    std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    std::string host = text(at(get, "host"));
    if (host.find(':') != std::string::npos)
        host = "[" + host + "]";
    std::string path = text(at(get, "path"));
    if (!path.empty() && path.front() != '/')
        path = "/" + path;
    return scheme + "://" + host + ":" + text(at(get, "port")) + path;
}

std::string probe(const Json& value) {
    const std::string bounds = "delay=" + textOr(at(value, "initialDelaySeconds"), "0") +
                               "s timeout=" + textOr(at(value, "timeoutSeconds"), "0") +
                               "s period=" + textOr(at(value, "periodSeconds"), "0") +
                               "s #success=" + textOr(at(value, "successThreshold"), "0") +
                               " #failure=" + textOr(at(value, "failureThreshold"), "0");
    if (const Json& exec = at(value, "exec"); exec.is_object())
        return "exec " + goList(at(exec, "command")) + " " + bounds;
    if (const Json& get = at(value, "httpGet"); get.is_object())
        return "http-get " + httpUrl(get) + " " + bounds;
    if (const Json& tcp = at(value, "tcpSocket"); tcp.is_object())
        return "tcp-socket " + text(at(tcp, "host")) + ":" + text(at(tcp, "port")) + " " + bounds;
    if (const Json& grpc = at(value, "grpc"); grpc.is_object())
        return "grpc <pod>:" + text(at(grpc, "port")) + " " + text(at(grpc, "service")) + " " + bounds;
    return "unknown " + bounds;
}

// The value a field reference has in this pod, for the fields that kubectl resolves.
std::string fieldValue(const Json& pod, const std::string& path) {
    if (path == "metadata.name" || path == "metadata.namespace" || path == "metadata.uid")
        return text(at(pod, {"metadata", path.c_str() + 9}));
    for (const char* map : {"labels", "annotations"}) {
        const std::string prefix = std::string("metadata.") + map + "['";
        if (path.starts_with(prefix) && path.ends_with("']"))
            return text(
                at(at(pod, {"metadata", map}), path.substr(prefix.size(), path.size() - prefix.size() - 2).c_str()));
    }
    return {};
}

// The limit or request a resource field reference names, in its divisor's unit where that is the plain one.
std::string resourceValue(const Json& container, const Json& reference) {
    const std::string resource = text(at(reference, "resource"));
    const std::size_t dot = resource.find('.');
    if (dot == std::string::npos)
        return {};
    const Json& quantity =
        at(container, {"resources", resource.substr(0, dot).c_str(), resource.substr(dot + 1).c_str()});
    if (!isSet(quantity))
        return resource == "limits.cpu" || resource == "limits.memory" ? "node allocatable" : "0";
    return wholeUnits(text(quantity), textOr(at(reference, "divisor"), "1"));
}

void writeEnvironment(Writer writer, const Json& container, const Json* pod) {
    const Json& list = at(container, "env");
    Writer below = writer.heading("Environment", isSet(list) ? "" : "<none>");
    for (const Json& entry : list) {
        const std::string name = text(at(entry, "name"));
        const Json& from = at(entry, "valueFrom");
        if (const Json& field = at(from, "fieldRef"); field.is_object()) {
            const std::string path = text(at(field, "fieldPath"));
            below.add(name, (pod != nullptr ? fieldValue(*pod, path) : std::string()) + " (" +
                                textOr(at(field, "apiVersion"), "v1") + ":" + path + ")");
        } else if (const Json& resource = at(from, "resourceFieldRef"); resource.is_object()) {
            below.add(name, resourceValue(container, resource) + " (" + text(at(resource, "resource")) + ")");
        } else if (const Json& secret = at(from, "secretKeyRef"); secret.is_object()) {
            below.add(name, "<set to the key '" + text(at(secret, "key")) + "' in secret '" + text(at(secret, "name")) +
                                "'>\tOptional: " + (isTrue(at(secret, "optional")) ? "true" : "false"));
        } else if (const Json& map = at(from, "configMapKeyRef"); map.is_object()) {
            below.add(name, "<set to the key '" + text(at(map, "key")) + "' of config map '" + text(at(map, "name")) +
                                "'>\tOptional: " + (isTrue(at(map, "optional")) ? "true" : "false"));
        } else {
            below.add(name, text(at(entry, "value")));
        }
    }
}

void writeEnvironmentSources(Writer writer, const Json& sources) {
    if (!isSet(sources))
        return;
    Writer below = writer.heading("Environment Variables from");
    for (const Json& source : sources) {
        const bool isMap = at(source, "configMapRef").is_object();
        const Json& reference = at(source, isMap ? "configMapRef" : "secretRef");
        const std::string prefix = text(at(source, "prefix"));
        below.add(text(at(reference, "name")),
                  std::string(isMap ? "ConfigMap" : "Secret") +
                      (prefix.empty() ? "" : " with prefix '" + prefix + "'") +
                      "\tOptional: " + (isTrue(at(reference, "optional")) ? "true" : "false"));
    }
}

template <typename Line>
std::string sortedLines(const Json& list, const char* key, const Line& line) {
    std::vector<std::pair<std::string, std::string>> lines;
    for (const Json& entry : list)
        lines.emplace_back(text(at(entry, key)), line(entry));
    std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::string result;
    for (const auto& [sortKey, content] : lines)
        result += (result.empty() ? "" : "\n") + content;
    return result;
}

void writeMounts(Writer writer, const Json& container) {
    const Json& mounts = at(container, "volumeMounts");
    writer.add("Mounts", !isSet(mounts) ? "<none>" : sortedLines(mounts, "mountPath", [](const Json& mount) {
                   std::string flags = isTrue(at(mount, "readOnly")) ? "ro" : "rw";
                   if (isSet(at(mount, "subPath")))
                       flags += ",path=" + Json(text(at(mount, "subPath"))).dump();
                   return text(at(mount, "mountPath")) + " from " + text(at(mount, "name")) + " (" + flags + ")";
               }));
    if (const Json& devices = at(container, "volumeDevices"); isSet(devices))
        writer.add("Devices", sortedLines(devices, "devicePath", [](const Json& device) {
                       return text(at(device, "devicePath")) + " from " + text(at(device, "name"));
                   }));
}

void writeSeccomp(Writer writer, const Json& securityContext) {
    const Json& profile = at(securityContext, "seccompProfile");
    if (!profile.is_object())
        return;
    writer.add("SeccompProfile", text(at(profile, "type")));
    if (text(at(profile, "type")) == "Localhost")
        writer.add("LocalhostProfile", text(at(profile, "localhostProfile")));
}

void writeContainer(Writer writer, const Json& container, const Json* status, const Json* pod) {
    if (status != nullptr)
        writer.add("Container ID", text(at(*status, "containerID")));
    writer.add("Image", text(at(container, "image")));
    if (status != nullptr)
        writer.add("Image ID", text(at(*status, "imageID")));
    writePorts(writer, "", ports(at(container, "ports"), "containerPort"));
    writePorts(writer, "Host ", ports(at(container, "ports"), "hostPort"));
    writeSeccomp(writer, at(container, "securityContext"));
    if (const Json& command = at(container, "command"); isSet(command))
        writer.add("Command", joined(command, "\n"));
    if (const Json& arguments = at(container, "args"); isSet(arguments))
        writer.add("Args", joined(arguments, "\n"));
    if (status != nullptr) {
        writeState(writer, "State", at(*status, "state"));
        if (at(*status, {"lastState", "terminated"}).is_object())
            writeState(writer, "Last State", at(*status, "lastState"));
        writer.add("Ready", goBool(at(*status, "ready")));
        writer.add("Restart Count", textOr(at(*status, "restartCount"), "0"));
    }
    writeQuantities(writer, "Limits", at(container, {"resources", "limits"}));
    writeQuantities(writer, "Requests", at(container, {"resources", "requests"}));
    for (const auto& [field, title] : {std::pair{"livenessProbe", "Liveness"}, std::pair{"readinessProbe", "Readiness"},
                                       std::pair{"startupProbe", "Startup"}}) {
        if (at(container, field).is_object())
            writer.add(title, probe(at(container, field)));
    }
    writeEnvironmentSources(writer, at(container, "envFrom"));
    writeEnvironment(writer, container, pod);
    writeMounts(writer, container);
}

} // namespace

void writeContainers(Writer writer, const char* title, const Json& containers, const Json& statuses, const Json* pod) {
    std::map<std::string, const Json*> byName;
    for (const Json& status : statuses)
        byName[text(at(status, "name"))] = &status;
    Writer below = writer.heading(title, isSet(containers) ? "" : "<none>");
    for (const Json& container : containers) {
        const std::string name = text(at(container, "name"));
        const auto status = byName.find(name);
        writeContainer(below.heading(name), container, status == byName.end() ? nullptr : status->second, pod);
    }
}

void writeResources(Writer writer, const Json& resources) {
    writeQuantities(writer, "Limits", at(resources, "limits"));
    writeQuantities(writer, "Requests", at(resources, "requests"));
}

void writeSecurityProfile(Writer writer, const Json& securityContext) {
    writeSeccomp(writer, securityContext);
}

} // namespace kube::describe
