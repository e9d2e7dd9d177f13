// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/node_loads.h"

#include "ui/fleet/row_fields.h"

#include <algorithm>
#include <string_view>

namespace ui {

namespace {

// A label's value out of "a=b,c=d".
std::string_view labelOf(std::string_view labels, std::string_view key) {
    while (!labels.empty()) {
        const std::size_t comma = labels.find(',');
        const std::string_view label = labels.substr(0, comma);
        if (label.size() > key.size() && label.starts_with(key) && label[key.size()] == '=')
            return label.substr(key.size() + 1);
        if (comma == std::string_view::npos)
            break;
        labels.remove_prefix(comma + 1);
    }
    return {};
}

std::string machineOf(const kube::RowRef& row) {
    std::string machine(labelOf(row.labels(), "node.kubernetes.io/instance-type"));
    if (machine.empty())
        machine = labelOf(row.labels(), "topology.kubernetes.io/zone");
    return machine;
}

bool hasAnswered(const fleet::View& view) {
    return std::all_of(view.parts().begin(), view.parts().end(),
                       [](const fleet::ViewPart& part) { return part.phase != kube::WatchPhase::Listing; });
}

} // namespace

bool operator==(const NodeRow& a, const NodeRow& b) {
    return a.name == b.name && a.machine == b.machine && a.status == b.status && a.problems == b.problems &&
           a.ready == b.ready && a.dimmed == b.dimmed && a.cpuAllocatableMilli == b.cpuAllocatableMilli &&
           a.memoryAllocatable == b.memoryAllocatable && a.load.pods == b.load.pods &&
           a.load.cpuMilli == b.load.cpuMilli && a.load.memory == b.load.memory;
}

NodeLoads::NodeLoads(fleet::Fleet& fleet, fleet::ClusterId cluster, QObject* parent)
    : QObject(parent)
    , m_nodes(fleet.openView({"nodes", {cluster}, {}}))
    , m_pods(fleet.openView({"pods", {cluster}, {}})) {
    m_nodes->onDelta([this](const fleet::ViewDelta&) { emit changed(); });
    m_pods->onDelta([this](const fleet::ViewDelta& delta) { takePods(delta); });
    fleet::ViewDelta all;
    all.reset = true;
    takePods(all);
}

NodeLoads::~NodeLoads() = default;

// A pod counts where it runs and until it has ended, as in "Allocated resources" of kubectl describe node.
NodeLoads::Share NodeLoads::shareOf(fleet::RowId id) {
    Share share;
    const kube::RowRef row = m_pods->row(id);
    if (row.isNull())
        return share;
    const std::string_view phase = textField(row, "phase");
    const std::string_view node = textField(row, "node");
    if (node.empty() || node == "<none>" || phase == "Succeeded" || phase == "Failed")
        return share;
    const auto [at, isNew] = m_nodeIndex.try_emplace(std::string(node), static_cast<std::uint32_t>(m_loads.size()));
    if (isNew)
        m_loads.emplace_back();
    share.node = at->second;
    share.cpuMilli = std::max<std::int64_t>(0, numberField(row, "cpu-requests").value_or(0));
    share.memory = std::max<std::int64_t>(0, numberField(row, "memory-requests").value_or(0));
    return share;
}

void NodeLoads::put(fleet::RowId id, const Share& share) {
    const auto add = [this](const Share& part, int sign) {
        if (part.node == UINT32_MAX)
            return;
        NodeLoad& load = m_loads[part.node];
        load.pods += sign;
        load.cpuMilli += sign * part.cpuMilli;
        load.memory += sign * part.memory;
    };
    Share& known = m_shares[id.handle];
    add(known, -1);
    known = share;
    add(known, 1);
}

void NodeLoads::takePods(const fleet::ViewDelta& delta) {
    if (delta.reset) {
        m_shares.clear();
        m_loads.clear();
        m_nodeIndex.clear();
        for (const fleet::RowId id : m_pods->allRows())
            put(id, shareOf(id));
    } else {
        for (const fleet::RowId id : delta.removed) {
            put(id, {});
            m_shares.erase(id.handle);
        }
        for (const auto* ids : {&delta.added, &delta.changed}) {
            for (const fleet::RowId id : *ids)
                put(id, shareOf(id));
        }
    }
    emit changed();
}

std::vector<NodeRow> NodeLoads::rows() const {
    const bool dimmed = std::any_of(m_nodes->parts().begin(), m_nodes->parts().end(),
                                    [](const fleet::ViewPart& part) { return part.isCached; });
    std::vector<NodeRow> rows;
    for (const fleet::RowId id : m_nodes->allRows()) {
        const kube::RowRef row = m_nodes->row(id);
        if (row.isNull())
            continue;
        NodeRow node;
        node.name = std::string(row.name());
        node.machine = machineOf(row);
        node.status = std::string(textField(row, "status"));
        node.problems = std::string(textField(row, "problems"));
        node.ready = node.status == "Ready" || node.status.starts_with("Ready,");
        node.dimmed = dimmed;
        node.cpuAllocatableMilli = numberField(row, "cpu-allocatable").value_or(-1);
        node.memoryAllocatable = numberField(row, "memory-allocatable").value_or(-1);
        const auto at = m_nodeIndex.find(node.name);
        if (at != m_nodeIndex.end())
            node.load = m_loads[at->second];
        rows.push_back(std::move(node));
    }
    std::sort(rows.begin(), rows.end(), [](const NodeRow& a, const NodeRow& b) { return a.name < b.name; });
    return rows;
}

bool NodeLoads::isSettled() const {
    return hasAnswered(*m_nodes) && hasAnswered(*m_pods);
}

std::optional<base::Error> NodeLoads::error() const {
    for (const fleet::ViewPart& part : m_nodes->parts()) {
        if (part.error)
            return part.error;
    }
    return std::nullopt;
}

} // namespace ui
