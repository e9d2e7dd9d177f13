// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/load_balancer.h"
#include "core/kube/decode/typed_kind.h"

namespace kube::decode {

namespace {

enum IngressField : std::uint16_t { Class, Hosts, Address, Ports };

struct IngressFacts {
    MetaFacts meta;
    std::string_view className;
    bool hasClass = false;
    std::vector<std::string_view> hosts; // Of every rule, empty ones too.
    bool hasTls = false;
    Addresses balancer;

    void clear() {
        meta.clear();
        className = {};
        hasClass = hasTls = false;
        hosts.clear();
        balancer.clear();
    }
};

template <typename Value>
void readSpec(Value& spec, IngressFacts& facts) {
    spec.fields([&facts](auto& field) {
        if (field.is("ingressClassName", 4)) {
            facts.className = field.text();
            facts.hasClass = true;
        } else if (field.is("tls", 2)) {
            field.each([&facts](auto&) { facts.hasTls = true; });
        } else if (field.is("rules", 3)) {
            field.each([&facts](auto& item) {
                std::string_view& host = facts.hosts.emplace_back();
                item.fields([&host](auto& part) {
                    if (part.is("host", 1))
                        host = part.text();
                });
            });
        }
    });
}

template <typename Value>
void readObject(Value& object, IngressFacts& facts) {
    readUsual(
        object, facts, [&facts](auto& spec) { readSpec(spec, facts); },
        [&facts](auto& status) {
            status.fields([&facts](auto& field) {
                if (field.is("loadBalancer", 1))
                    readLoadBalancer(field, facts.balancer);
            });
        });
}

// The first three named hosts; what lies beyond the third is counted by rules, named or not.
void printHosts(const IngressFacts& facts, std::string& out) {
    constexpr std::size_t shown = 3;
    out.clear();
    std::size_t named = 0;
    bool more = false;
    for (const std::string_view host : facts.hosts) {
        more = more || named == shown;
        if (more || host.empty())
            continue;
        if (named++ > 0)
            out += ',';
        out += host;
    }
    if (named == 0) {
        out += '*'; // Assigning a text here trips GCC 12's -Wrestrict (PR105651).
    } else if (more) {
        out += " + ";
        base::appendNumber(out, static_cast<std::int64_t>(facts.hosts.size() - shown));
        out += " more...";
    }
}

void printRow(IngressFacts& facts, const Printer& out) {
    out.batch.setText(Class, facts.hasClass ? facts.className : "<none>");
    printHosts(facts, out.scratch);
    out.batch.setText(Hosts, out.scratch);
    out.scratch.clear();
    appendSorted(out.scratch, facts.balancer);
    out.setState(out.scratch.empty() ? ObjectState::Pending : ObjectState::Good);
    out.batch.setText(Address, out.scratch);
    out.batch.setText(Ports, facts.hasTls ? "80, 443" : "80");
}

} // namespace

TypedKind ingressKind() {
    return {
        "networking.k8s.io",
        "v1",
        "ingresses",
        {{"class", FieldType::Text},
         {"hosts", FieldType::Text},
         {"address", FieldType::Text},
         {"ports", FieldType::Text}},
        {{kNameColumn,
          textColumn("Class", Class),
          textColumn("Hosts", Hosts),
          {"Address", CellFormat::Text, SortKind::Address, Address},
          textColumn("Ports", Ports),
          kAgeColumn}},
        ReaderOf<IngressFacts>::make,
    };
}

} // namespace kube::decode
