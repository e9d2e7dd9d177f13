// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/describe/writer.h"

#include <set>

namespace kube::describe {

namespace {

std::string loadBalancerText(const Json& entries) {
    std::string result;
    for (const Json& entry : entries) {
        if (!result.empty())
            result += ", ";
        if (!isSet(at(entry, "ip"))) {
            result += text(at(entry, "hostname"));
            continue;
        }
        result += text(at(entry, "ip"));
        if (isSet(at(entry, "ipMode")))
            result += " (" + text(at(entry, "ipMode")) + ")";
    }
    return result;
}

void writeServicePort(Writer writer, const Json& port, const Json& slices) {
    const std::string name = textOr(at(port, "name"), "<unset>");
    const std::string protocol = "/" + textOr(at(port, "protocol"), "TCP");
    writer.add("Port", name + "  " + text(at(port, "port")) + protocol);
    writer.add("TargetPort", textOr(at(port, "targetPort"), "0") + protocol);
    if (isSet(at(port, "appProtocol")))
        writer.add("AppProtocol", text(at(port, "appProtocol")));
    if (textOr(at(port, "nodePort"), "0") != "0")
        writer.add("NodePort", name + "  " + text(at(port, "nodePort")) + protocol);
    if (!slices.is_null())
        writer.add("Endpoints", endpointsText(slices, text(at(port, "name"))));
}

void addIf(Writer writer, const char* title, const Json& value) {
    if (isSet(value) && text(value) != "0")
        writer.add(title, value.is_array() ? joined(value, ",") : text(value));
}

std::string backendText(const Json& backend) {
    if (const Json& service = at(backend, "service"); service.is_object()) {
        const Json& port = at(service, "port");
        const std::string number = text(at(port, "number"));
        return text(at(service, "name")) + ":" + (number.empty() || number == "0" ? text(at(port, "name")) : number);
    }
    if (const Json& resource = at(backend, "resource"); resource.is_object())
        return "APIGroup: " + textOr(at(resource, "apiGroup"), "<none>") + ", Kind: " + text(at(resource, "kind")) +
               ", Name: " + text(at(resource, "name"));
    return {};
}

// "service:port (endpoints)", where services and slices were fetched beside
std::string backendWithEndpoints(Page& page, const Json& backend) {
    std::string result = backendText(backend);
    const Json& reference = at(backend, "service");
    const Json services = page.related("services");
    const Json all = page.related("endpointslices");
    if (!reference.is_object() || services.is_null() || all.is_null())
        return result;
    const std::string name = text(at(reference, "name"));
    for (const Json& service : at(services, "items")) {
        if (text(at(service, {"metadata", "name"})) != name)
            continue;
        std::string portName;
        for (const Json& port : at(service, {"spec", "ports"})) {
            const std::string number = text(at(reference, {"port", "number"}));
            if ((!number.empty() && number == text(at(port, "port"))) ||
                (isSet(at(reference, {"port", "name"})) && at(reference, {"port", "name"}) == at(port, "name")))
                portName = text(at(port, "name"));
        }
        Json slices = {{"items", Json::array()}};
        for (const Json& slice : at(all, "items")) {
            if (text(at(slice, {"metadata", "labels", "kubernetes.io/service-name"})) == name)
                slices["items"].push_back(slice);
        }
        return result + " (" + endpointsText(slices, portName) + ")";
    }
    return result + " (<error: services \"" + name + "\" not found>)";
}

} // namespace

std::string endpointsText(const Json& slices, const std::string& portName) {
    const Json& items = at(slices, "items");
    if (!isSet(items))
        return "<none>";
    constexpr std::size_t kMost = 3;
    std::size_t total = 0;
    std::string list;
    const auto addReady = [&](const Json& slice, const std::string& port) {
        for (const Json& endpoint : at(slice, "endpoints")) {
            const Json& ready = at(endpoint, {"conditions", "ready"});
            const Json& addresses = at(endpoint, "addresses");
            if ((ready.is_boolean() && !ready.get<bool>()) || !isSet(addresses))
                continue;
            if (++total > kMost)
                continue;
            std::string address = text(addresses.front());
            if (!port.empty() && address.find(':') != std::string::npos)
                address = "[" + address + "]";
            list += (list.empty() ? "" : ",") + address + (port.empty() ? "" : ":" + port);
        }
    };
    for (const Json& slice : items) {
        if (!isSet(at(slice, "ports")))
            addReady(slice, {});
        for (const Json& port : at(slice, "ports")) {
            if (text(at(port, "name")) == portName)
                addReady(slice, text(at(port, "port")));
        }
    }
    return total > kMost ? list + " + " + std::to_string(total - kMost) + " more..." : list;
}

void describeService(Page& page) {
    const Json& spec = at(page.object, "spec");
    writeNameAndNamespace(page);
    Writer top = page.top();
    writeLabels(top, "Labels", at(page.object, {"metadata", "labels"}));
    writeAnnotations(top, "Annotations", at(page.object, {"metadata", "annotations"}));
    top.add("Selector", mapText(at(spec, "selector")));
    top.add("Type", text(at(spec, "type")));
    addIf(top, "IP Family Policy", at(spec, "ipFamilyPolicy"));
    top.add("IP Families", isSet(at(spec, "ipFamilies")) ? joined(at(spec, "ipFamilies"), ",") : "<none>");
    top.add("IP", text(at(spec, "clusterIP")));
    top.add("IPs", isSet(at(spec, "clusterIPs")) ? joined(at(spec, "clusterIPs"), ",") : "<none>");
    addIf(top, "External IPs", at(spec, "externalIPs"));
    addIf(top, "Desired LoadBalancer IP", at(spec, "loadBalancerIP"));
    addIf(top, "External Name", at(spec, "externalName"));
    if (const Json& entries = at(page.object, {"status", "loadBalancer", "ingress"}); isSet(entries))
        top.add("LoadBalancer Ingress", loadBalancerText(entries));
    const Json slices = page.related("endpointslices");
    for (const Json& port : at(spec, "ports"))
        writeServicePort(top, port, slices);
    top.add("Session Affinity", text(at(spec, "sessionAffinity")));
    addIf(top, "External Traffic Policy", at(spec, "externalTrafficPolicy"));
    addIf(top, "Internal Traffic Policy", at(spec, "internalTrafficPolicy"));
    addIf(top, "HealthCheck NodePort", at(spec, "healthCheckNodePort"));
    addIf(top, "LoadBalancer Source Ranges", at(spec, "loadBalancerSourceRanges"));
    addIf(top, "Traffic Distribution", at(spec, "trafficDistribution"));
}

void describeIngress(Page& page) {
    const Json& spec = at(page.object, "spec");
    Writer top = page.top();
    top.add("Name", text(at(page.object, {"metadata", "name"})));
    writeLabels(top, "Labels", at(page.object, {"metadata", "labels"}));
    top.add("Namespace", text(at(page.object, {"metadata", "namespace"})));
    std::set<std::string> addresses;
    for (const Json& entry : at(page.object, {"status", "loadBalancer", "ingress"}))
        addresses.insert(isSet(at(entry, "ip")) ? text(at(entry, "ip")) : text(at(entry, "hostname")));
    std::string address;
    for (const std::string& entry : addresses)
        address += (address.empty() ? "" : ",") + entry;
    top.add("Address", address);
    top.add("Ingress Class", textOr(at(spec, "ingressClassName"), "<none>"));
    const std::string fallback =
        at(spec, "defaultBackend").is_object() ? backendWithEndpoints(page, at(spec, "defaultBackend")) : "<default>";
    top.add("Default backend", fallback);
    std::string tls;
    for (const Json& entry : at(spec, "tls")) {
        const std::string secret = text(at(entry, "secretName"));
        tls += (tls.empty() ? "" : "\n") + (secret.empty() ? "SNI routes " : secret + " terminates ") +
               joined(at(entry, "hosts"), ",");
    }
    if (!tls.empty())
        top.add("TLS", tls);
    SummaryTable rules;
    rules.title = "Rules";
    rules.columns = {"Host", "Path", "Backends"};
    for (const Json& rule : at(spec, "rules")) {
        for (const Json& path : at(rule, {"http", "paths"}))
            rules.rows.push_back({cell(textOr(at(rule, "host"), "*")), cell(text(at(path, "path"))),
                                  cell(backendWithEndpoints(page, at(path, "backend")))});
    }
    if (rules.rows.empty())
        rules.rows.push_back({cell("*"), cell("*"), cell(fallback)});
    page.summary.tables.push_back(std::move(rules));
    writeAnnotations(top, "Annotations", at(page.object, {"metadata", "annotations"}));
}

void describeEndpointSlice(Page& page) {
    writeNameAndNamespace(page);
    Writer top = page.top();
    writeLabels(top, "Labels", at(page.object, {"metadata", "labels"}));
    writeAnnotations(top, "Annotations", at(page.object, {"metadata", "annotations"}));
    top.add("AddressType", text(at(page.object, "addressType")));
    SummaryTable ports;
    ports.title = "Ports";
    ports.columns = {"Name", "Port", "Protocol"};
    for (const Json& port : at(page.object, "ports"))
        ports.rows.push_back({cell(textOr(at(port, "name"), "<unset>")), cell(textOr(at(port, "port"), "<unset>")),
                              cell(text(at(port, "protocol")))});
    if (ports.rows.empty())
        top.add("Ports", "<unset>");
    else
        page.summary.tables.push_back(std::move(ports));
    const Json& endpoints = at(page.object, "endpoints");
    Writer below = top.heading("Endpoints", isSet(endpoints) ? "" : "<none>");
    for (const Json& endpoint : endpoints) {
        SummaryItem& item = below.add("Addresses", joined(at(endpoint, "addresses"), ", "));
        if (item.value.empty())
            item.value = "<none>";
        const Json& ready = at(endpoint, {"conditions", "ready"});
        item.state = ready.is_boolean() && !ready.get<bool>() ? ObjectState::Attention : ObjectState::Good;
        Writer lines(item.children);
        lines.heading("Conditions").add("Ready", textOr(ready, "<unset>"));
        lines.add("Hostname", textOr(at(endpoint, "hostname"), "<unset>"));
        if (const Json& target = at(endpoint, "targetRef"); target.is_object())
            lines.link("TargetRef", text(at(target, "kind")) + "/" + text(at(target, "name")), text(at(target, "kind")),
                       text(at(target, "namespace")), text(at(target, "name")));
        lines.add("NodeName", textOr(at(endpoint, "nodeName"), "<unset>"));
        lines.add("Zone", textOr(at(endpoint, "zone"), "<unset>"));
    }
}

} // namespace kube::describe
