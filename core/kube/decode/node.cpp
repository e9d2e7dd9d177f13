// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quantity.h"
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/typed_kind.h"
#include "core/kube/decode/workload_facts.h"

#include <algorithm>

namespace kube::decode {

namespace {

enum NodeField : std::uint16_t {
    Status,
    Roles,
    Version,
    InternalIp,
    ExternalIp,
    OsImage,
    KernelVersion,
    Runtime,
    Ready,
    Problems,
    Unschedulable,
    ProviderId,
    Region,
    Zone,
    InstanceType,
    CpuAllocatable,
    MemoryAllocatable,
    PodsAllocatable,
    CpuCapacity,
    MemoryCapacity,
    PodsCapacity,
};

struct Amounts {
    std::int64_t milliCpu = kNoNumber;
    std::int64_t memory = kNoNumber;
    std::int64_t pods = kNoNumber;
};

struct NodeFacts {
    MetaFacts meta;
    std::string_view providerId;
    bool unschedulable = false;
    Amounts capacity;
    Amounts allocatable;
    std::vector<ConditionFacts> conditions;
    std::string_view internalIp;
    std::string_view externalIp;
    bool hasInternalIp = false;
    bool hasExternalIp = false;
    std::string_view kernel;
    std::string_view osImage;
    std::string_view runtime;
    std::string_view kubelet;
    std::string_view architecture;

    void clear() {
        meta.clear();
        providerId = internalIp = externalIp = kernel = osImage = runtime = kubelet = architecture = {};
        unschedulable = hasInternalIp = hasExternalIp = false;
        capacity = allocatable = {};
        conditions.clear();
    }

    [[nodiscard]] std::string_view label(std::string_view key) const {
        for (const auto& [name, value] : meta.labels) {
            if (name == key)
                return value;
        }
        return {};
    }
    [[nodiscard]] std::string_view label(std::string_view key, std::string_view olderKey) const {
        return orElse(label(key), label(olderKey));
    }
};

template <typename Value>
void readAmounts(Value& map, Amounts& amounts) {
    map.quantities([&amounts](std::string_view key, std::string_view quantity) {
        if (key == "cpu")
            amounts.milliCpu = base::quantityMilli(quantity).value_or(kNoNumber);
        else if (key == "memory")
            amounts.memory = base::quantityUnits(quantity).value_or(kNoNumber);
        else if (key == "pods")
            amounts.pods = base::quantityUnits(quantity).value_or(kNoNumber);
    });
}

template <typename Value>
void readAddress(Value& item, NodeFacts& node) {
    std::string_view type;
    std::string_view address;
    item.fields([&](auto& part) {
        if (part.is("type", 1))
            type = part.text();
        else if (part.is("address", 2))
            address = part.text();
    });
    if (type == "InternalIP" && !node.hasInternalIp) {
        node.internalIp = address;
        node.hasInternalIp = true;
    } else if (type == "ExternalIP" && !node.hasExternalIp) {
        node.externalIp = address;
        node.hasExternalIp = true;
    }
}

template <typename Value>
void readNodeInfo(Value& info, NodeFacts& node) {
    info.fields([&node](auto& part) {
        if (part.is("kernelVersion", 4))
            node.kernel = part.text();
        else if (part.is("osImage", 5))
            node.osImage = part.text();
        else if (part.is("containerRuntimeVersion", 6))
            node.runtime = part.text();
        else if (part.is("kubeletVersion", 7))
            node.kubelet = part.text();
        else if (part.is("architecture", 10))
            node.architecture = part.text();
    });
}

template <typename Value>
void readStatus(Value& status, NodeFacts& node) {
    status.fields([&node](auto& field) {
        if (field.is("capacity", 1))
            readAmounts(field, node.capacity);
        else if (field.is("allocatable", 2))
            readAmounts(field, node.allocatable);
        else if (field.is("conditions", 4))
            field.each([&node](auto& item) { readCondition(item, 5, node.conditions); });
        else if (field.is("addresses", 5))
            field.each([&node](auto& item) { readAddress(item, node); });
        else if (field.is("nodeInfo", 7))
            readNodeInfo(field, node);
    });
}

template <typename Value>
void readObject(Value& object, NodeFacts& node) {
    readUsual(
        object, node,
        [&node](auto& spec) {
            spec.fields([&node](auto& field) {
                if (field.is("providerID", 3))
                    node.providerId = field.text();
                else if (field.is("unschedulable", 4))
                    node.unschedulable = field.boolean();
            });
        },
        [&node](auto& status) { readStatus(status, node); });
}

// The roles that labels tell, sorted, each once.
void printRoles(const NodeFacts& node, std::string& out) {
    constexpr std::string_view prefix = "node-role.kubernetes.io/";
    std::vector<std::string_view> roles;
    for (const auto& [key, value] : node.meta.labels) {
        if (key.starts_with(prefix)) {
            if (key.size() > prefix.size())
                roles.push_back(key.substr(prefix.size()));
        } else if (key == "kubernetes.io/role" && !value.empty()) {
            roles.push_back(value);
        }
    }
    std::sort(roles.begin(), roles.end());
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    out.clear();
    for (const std::string_view role : roles) {
        if (!out.empty())
            out += ',';
        out += role;
    }
    if (out.empty())
        out = "<none>";
}

void printProblems(const NodeFacts& node, std::string& out) {
    out.clear();
    for (const ConditionFacts& condition : node.conditions) {
        if (condition.type == "Ready" || condition.status != "True")
            continue;
        if (!out.empty())
            out += ',';
        out += condition.type;
    }
}

void putAmounts(RowBatch& batch, std::uint16_t first, const Amounts& amounts) {
    batch.setNumber(first, amounts.milliCpu);
    batch.setNumber(static_cast<std::uint16_t>(first + 1), amounts.memory);
    batch.setNumber(static_cast<std::uint16_t>(first + 2), amounts.pods);
}

// The last condition of a type counts, as in the server's map.
std::string_view readyText(const NodeFacts& node) {
    const auto ready = std::find_if(node.conditions.rbegin(), node.conditions.rend(),
                                    [](const ConditionFacts& condition) { return condition.type == "Ready"; });
    if (ready == node.conditions.rend())
        return "Unknown";
    return ready->status == "True" ? "Ready" : "NotReady";
}

// pkg/printers/internalversion printNode.
void printRow(NodeFacts& node, const Printer& out) {
    RowBatch& batch = out.batch;
    const std::string_view ready = readyText(node);
    out.scratch = ready;
    if (node.unschedulable)
        out.scratch += ",SchedulingDisabled";
    batch.setText(Status, out.scratch);
    printRoles(node, out.scratch);
    batch.setText(Roles, out.scratch);
    batch.setText(Version, node.kubelet);
    batch.setText(InternalIp, node.hasInternalIp ? node.internalIp : "<none>");
    batch.setText(ExternalIp, node.hasExternalIp ? node.externalIp : "<none>");
    batch.setText(OsImage, orElse(node.osImage, "<unknown>"));
    out.scratch = orElse(node.kernel, "<unknown>");
    // 1.34 and before do not name the architecture.
    if (!node.architecture.empty() && (out.serverMinor == 0 || out.serverMinor >= 35))
        out.scratch.append(" (").append(node.architecture).append(")");
    batch.setText(KernelVersion, out.scratch);
    batch.setText(Runtime, orElse(node.runtime, "<unknown>"));

    printProblems(node, out.scratch);
    const bool pressed = !out.scratch.empty();
    batch.setText(Problems, out.scratch);
    batch.setText(Ready, ready);
    batch.setText(Unschedulable, node.unschedulable ? "true" : "");
    batch.setText(ProviderId, node.providerId);
    batch.setText(Region, node.label("topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"));
    batch.setText(Zone, node.label("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"));
    batch.setText(InstanceType, node.label("node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type"));
    putAmounts(batch, CpuAllocatable, node.allocatable);
    putAmounts(batch, CpuCapacity, node.capacity);
    if (ready != "Ready")
        out.setState(ObjectState::Broken);
    else
        out.setState(pressed || node.unschedulable ? ObjectState::Attention : ObjectState::Good);
}

} // namespace

TypedKind nodeKind() {
    return {
        "",
        "v1",
        "nodes",
        {{"status", FieldType::Text},
         {"roles", FieldType::Text},
         {"version", FieldType::Text},
         {"internal-ip", FieldType::Text},
         {"external-ip", FieldType::Text},
         {"os-image", FieldType::Text},
         {"kernel-version", FieldType::Text},
         {"container-runtime", FieldType::Text},
         {"ready", FieldType::Text},
         {"problems", FieldType::Text},
         {"unschedulable", FieldType::Text},
         {"provider-id", FieldType::Text},
         {"region", FieldType::Text},
         {"zone", FieldType::Text},
         {"instance-type", FieldType::Text},
         {"cpu-allocatable", FieldType::Number},
         {"memory-allocatable", FieldType::Number},
         {"pods-allocatable", FieldType::Number},
         {"cpu-capacity", FieldType::Number},
         {"memory-capacity", FieldType::Number},
         {"pods-capacity", FieldType::Number}},
        {{kNameColumn,
          textColumn("Status", Status),
          textColumn("Roles", Roles),
          kAgeColumn,
          {"Version", CellFormat::Text, SortKind::Version, Version},
          {"Internal-IP", CellFormat::Text, SortKind::Address, InternalIp, 0, 1},
          {"External-IP", CellFormat::Text, SortKind::Address, ExternalIp, 0, 1},
          wideColumn("OS-Image", OsImage),
          {"Kernel-Version", CellFormat::Text, SortKind::Version, KernelVersion, 0, 1},
          wideColumn("Container-Runtime", Runtime)}},
        ReaderOf<NodeFacts>::make,
    };
}

} // namespace kube::decode
