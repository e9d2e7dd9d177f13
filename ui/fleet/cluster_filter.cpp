// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/cluster_filter.h"

#include "core/kube/row_batch.h"
#include "ui/base/cluster_text.h"
#include "ui/shell/filter_problem.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ui {

namespace {

enum FieldNumber : std::uint16_t {
    Status,
    Version,
    Provider,
    Region,
    Server,
    User,
    Context,
    Group,
    Protected,
    ReadOnly,
    Nodes,
    Ready,
    Pods,
    Failing,
    Cpu,
    Memory,
    Now,
    Expiry,
    FieldCount,
};

kube::RowLayoutPtr makeLayout() {
    std::vector<kube::Field> fields;
    std::vector<kube::Column> columns;
    const auto add = [&](const char* id, kube::FieldType type, kube::CellFormat format, kube::SortKind sort) {
        fields.push_back({id, type});
        kube::Column column;
        column.id = id;
        column.format = format;
        column.sort = sort;
        column.field = static_cast<std::uint16_t>(fields.size() - 1);
        columns.push_back(std::move(column));
    };
    const auto text = [&](const char* id, kube::SortKind sort = kube::SortKind::Text) {
        add(id, kube::FieldType::Text, kube::CellFormat::Text, sort);
    };
    const auto number = [&](const char* id) {
        add(id, kube::FieldType::Number, kube::CellFormat::Number, kube::SortKind::Number);
    };
    text("status");
    text("version", kube::SortKind::Version);
    text("provider");
    text("region");
    text("server");
    text("user");
    text("context");
    text("group");
    text("protected");
    text("read-only");
    number("nodes");
    number("ready");
    number("pods");
    number("failing");
    number("cpu-requests"); // What "cpu" stands for in the language; here the percent of what can be allocated.
    number("memory-requests");
    fields.push_back({"now", kube::FieldType::Time});
    fields.push_back({"expiry", kube::FieldType::Time});
    kube::Column credentials;
    credentials.id = "credentials";
    credentials.format = kube::CellFormat::Elapsed;
    credentials.sort = kube::SortKind::Time;
    credentials.field = Now;
    credentials.field2 = Expiry;
    columns.push_back(std::move(credentials));
    return std::make_shared<const kube::RowLayout>("clusters", std::move(fields), std::move(columns));
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) {
        if (!text.empty())
            text += ' ';
        text += part;
    }
    return text;
}

kube::ObjectState stateOf(fleet::Health health) {
    switch (health) {
    case fleet::Health::Live:
        return kube::ObjectState::Good;
    case fleet::Health::Degraded:
        return kube::ObjectState::Attention;
    case fleet::Health::SignIn:
    case fleet::Health::Invalid:
        return kube::ObjectState::Broken;
    case fleet::Health::Connecting:
        return kube::ObjectState::Pending;
    case fleet::Health::Away:
        return kube::ObjectState::Leaving;
    case fleet::Health::NotConnected:
        break;
    }
    return kube::ObjectState::None;
}

void writeRow(kube::RowBatch& batch, const fleet::ClusterInfo& cluster, std::int64_t nowMs) {
    batch.beginRow();
    batch.head().name = batch.intern(cluster.name);
    batch.head().uid = kube::Uid::fromText({}, cluster.server, cluster.name);
    batch.head().state = stateOf(cluster.health);
    batch.setText(Status, healthSentence(cluster, nowMs).toStdString());
    batch.setText(Version, cluster.version);
    batch.setText(Provider, cluster.provider);
    batch.setText(Region, cluster.region);
    batch.setText(Server, cluster.server);
    std::vector<std::string> users;
    std::vector<std::string> contexts;
    for (const fleet::WayIn& way : cluster.waysIn) {
        users.push_back(way.user);
        contexts.push_back(way.context);
    }
    batch.setText(User, joined(users));
    batch.setText(Context, joined(contexts));
    batch.setText(Group, joined(cluster.groups));
    batch.setText(Protected, cluster.isProtected ? "yes protected" : "no");
    batch.setText(ReadOnly, cluster.isReadOnly ? "yes read-only" : "no");
    const auto number = [&batch](std::uint16_t field, std::int64_t value) {
        if (value >= 0)
            batch.setNumber(field, value);
    };
    number(Nodes, cluster.nodes);
    number(Ready, cluster.nodesReady);
    number(Pods, cluster.pods);
    number(Failing, cluster.podsBroken);
    if (cluster.cpuAllocatableMilli > 0 && cluster.cpuRequestedMilli >= 0)
        batch.setNumber(Cpu, cluster.cpuRequestedMilli * 100 / cluster.cpuAllocatableMilli);
    if (cluster.memoryAllocatable > 0 && cluster.memoryRequested >= 0)
        batch.setNumber(Memory, cluster.memoryRequested * 100 / cluster.memoryAllocatable);
    if (cluster.credentialExpiryMs != 0) {
        batch.setTime(Now, nowMs);
        batch.setTime(Expiry, cluster.credentialExpiryMs);
    }
    batch.endRow();
}

} // namespace

ClusterFilter::ClusterFilter()
    : m_layout(makeLayout()) {}

void ClusterFilter::setText(const QString& text) {
    m_text = text;
    m_problem.reset();
    auto parsed = fleet::Filter::parse(text.toStdString());
    if (parsed) {
        m_filter = std::move(*parsed);
    } else {
        m_filter = fleet::Filter();
        m_problem = filterProblem(text, parsed.error());
    }
}

bool ClusterFilter::accepts(const fleet::ClusterInfo& cluster, std::int64_t nowMs) const {
    if (m_filter.isEmpty())
        return true;
    kube::RowBatch batch(m_layout);
    writeRow(batch, cluster, nowMs);
    return m_filter.matches({batch.row(0), cluster.name, nowMs});
}

} // namespace ui
