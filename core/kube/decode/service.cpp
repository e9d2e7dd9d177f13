// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/load_balancer.h"
#include "core/kube/decode/typed_kind.h"

namespace kube::decode {

namespace {

enum ServiceField : std::uint16_t { Type, ClusterIp, ExternalIp, Ports, Selector };

struct ServiceFacts {
    MetaFacts meta;
    std::string_view type;
    std::string_view clusterIp;
    std::string_view firstOfIps;
    std::string_view externalName;
    Addresses externalIps;
    Addresses balancer;
    std::string ports;
    Texts selector;

    void clear() {
        meta.clear();
        type = clusterIp = firstOfIps = externalName = {};
        externalIps.clear();
        balancer.clear();
        ports.clear();
        selector.clear();
    }
};

template <typename Value>
void readPort(Value& item, std::string& out) {
    std::int64_t port = 0;
    std::int64_t nodePort = 0;
    std::string_view protocol;
    item.fields([&](auto& part) {
        if (part.is("protocol", 2))
            protocol = part.text();
        else if (part.is("port", 3))
            port = part.integer();
        else if (part.is("nodePort", 5))
            nodePort = part.integer();
    });
    if (!out.empty())
        out += ',';
    base::appendNumber(out, port);
    if (nodePort > 0) {
        out += ':';
        base::appendNumber(out, nodePort);
    }
    out += '/';
    out += protocol;
}

template <typename Value>
void readSpec(Value& spec, ServiceFacts& facts) {
    spec.fields([&facts](auto& field) {
        if (field.is("ports", 1)) {
            field.each([&facts](auto& item) { readPort(item, facts.ports); });
        } else if (field.is("selector", 2)) {
            field.texts(
                [&facts](std::string_view key, std::string_view value) { facts.selector.emplace_back(key, value); });
        } else if (field.is("clusterIP", 3)) {
            facts.clusterIp = field.text();
        } else if (field.is("type", 4)) {
            facts.type = field.text();
        } else if (field.is("externalIPs", 5)) {
            field.each([&facts](auto& item) { facts.externalIps.push_back(item.text()); });
        } else if (field.is("externalName", 10)) {
            facts.externalName = field.text();
        } else if (field.is("clusterIPs", 18)) {
            field.each([&facts](auto& item) {
                if (facts.firstOfIps.empty())
                    facts.firstOfIps = item.text();
            });
        }
    });
}

template <typename Value>
void readObject(Value& object, ServiceFacts& facts) {
    readUsual(
        object, facts, [&facts](auto& spec) { readSpec(spec, facts); },
        [&facts](auto& status) {
            status.fields([&facts](auto& field) {
                if (field.is("loadBalancer", 1))
                    readLoadBalancer(field, facts.balancer);
            });
        });
}

void printExternal(ServiceFacts& facts, std::string& out) {
    out.clear();
    if (facts.type == "ExternalName") {
        out = facts.externalName;
        return;
    }
    const bool balanced = facts.type == "LoadBalancer";
    if (!balanced && facts.type != "ClusterIP" && facts.type != "NodePort") {
        out = "<unknown>";
        return;
    }
    if (balanced)
        appendSorted(out, facts.balancer);
    for (const std::string_view address : facts.externalIps) {
        if (!out.empty())
            out += ',';
        out += address;
    }
    if (out.empty())
        out = balanced ? "<pending>" : "<none>";
}

// pkg/printers/internalversion printService.
void printRow(ServiceFacts& facts, const Printer& out) {
    printExternal(facts, out.scratch);
    out.setState(out.scratch == "<pending>" ? ObjectState::Pending : ObjectState::None);
    out.batch.setText(ExternalIp, out.scratch);
    out.batch.setText(Type, facts.type);
    out.batch.setText(ClusterIp, orElse(orElse(facts.firstOfIps, facts.clusterIp), "<none>"));
    out.batch.setText(Ports, orElse(facts.ports, "<none>"));
    out.scratch.clear();
    appendJoined(out.scratch, facts.selector);
    out.batch.setText(Selector, orElse(out.scratch, "<none>"));
}

} // namespace

TypedKind serviceKind() {
    return {
        "",
        "v1",
        "services",
        {{"type", FieldType::Text},
         {"cluster-ip", FieldType::Text},
         {"external-ip", FieldType::Text},
         {"port(s)", FieldType::Text},
         {"selector", FieldType::Text}},
        {{kNameColumn,
          textColumn("Type", Type),
          {"Cluster-IP", CellFormat::Text, SortKind::Address, ClusterIp},
          {"External-IP", CellFormat::Text, SortKind::Address, ExternalIp},
          textColumn("Port(s)", Ports),
          kAgeColumn,
          wideColumn("Selector", Selector)}},
        ReaderOf<ServiceFacts>::make,
    };
}

} // namespace kube::decode
