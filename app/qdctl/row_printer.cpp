// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/row_printer.h"

#include <algorithm>
#include <utility>

namespace qdctl {

namespace {

std::string kindName(const kube::Kind& kind) {
    std::string name = kind.kind;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return kind.group.empty() ? name : name + "." + kind.group;
}

// Two servers of one version describe a kind alike, each with a layout of its own.
bool areAlike(const kube::RowLayout& a, const kube::RowLayout& b) {
    const auto sameField = [](const kube::Field& x, const kube::Field& y) { return x.id == y.id && x.type == y.type; };
    const auto sameColumn = [](const kube::Column& x, const kube::Column& y) {
        return x.title == y.title && x.format == y.format && x.field == y.field && x.field2 == y.field2 &&
               x.priority == y.priority;
    };
    return std::equal(a.fields().begin(), a.fields().end(), b.fields().begin(), b.fields().end(), sameField) &&
           std::equal(a.columns().begin(), a.columns().end(), b.columns().begin(), b.columns().end(), sameColumn);
}

// As RFC 4180 says.
void addCsvCell(std::string& line, std::string_view text) {
    if (!line.empty() && line.back() != '\n')
        line += ',';
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        line += text;
        return;
    }
    line += '"';
    for (const char c : text) {
        if (c == '"')
            line += '"';
        line += c;
    }
    line += '"';
}

} // namespace

RowPrinter::RowPrinter(const GetOptions& options, bool withClusters, bool withKinds)
    : m_options(options)
    , m_withClusters(withClusters)
    , m_withKinds(withKinds) {}

void RowPrinter::add(const kube::Kind& kind, const kube::RowLayoutPtr& layout, kube::RowRef row, std::int64_t nowMs,
                     std::string_view cluster, std::string_view event) {
    if (m_options.output == "name")
        m_text += kindName(kind) + "/" + std::string(row.name()) + "\n";
    else if (m_options.output == "csv")
        addCsv(kind, layout, row, nowMs, cluster, event);
    else
        addTable(kind, layout, row, nowMs, cluster, event);
}

void RowPrinter::addTable(const kube::Kind& kind, const kube::RowLayoutPtr& layout, kube::RowRef row,
                          std::int64_t nowMs, std::string_view cluster, std::string_view event) {
    const bool isSameTable =
        m_table && m_resource == kind.resource() && (m_layout == layout || areAlike(*m_layout, *layout));
    if (!isSameTable) {
        if (m_table) {
            m_table->flush(m_text);
            if ((m_hasPrinted || !m_text.empty()) && !m_options.noHeaders)
                m_text += '\n';
        }
        kube::TableTextOptions options;
        options.wide = m_options.output == "wide";
        options.headers = !m_options.noHeaders;
        // kubectl leaves the column out where it has nothing to say, but not in a watch.
        options.withNamespace = m_options.allNamespaces && (kind.namespaced || m_options.watch);
        options.labelColumns = m_options.labelColumns;
        options.showLabels = m_options.showLabels;
        if (m_withKinds)
            options.kindPrefix = kindName(kind);
        if (m_withClusters)
            options.clusterTitle = "CLUSTER";
        if (m_options.outputWatchEvents)
            options.eventTitle = "EVENT";
        m_table.emplace(layout, std::move(options));
        m_resource = kind.resource();
        m_layout = layout;
    }
    m_table->addRow(row, nowMs, cluster, event);
}

void RowPrinter::addCsv(const kube::Kind& kind, const kube::RowLayoutPtr& layout, kube::RowRef row, std::int64_t nowMs,
                        std::string_view cluster, std::string_view event) {
    const bool isSameTable =
        m_layout && m_resource == kind.resource() && (m_layout == layout || areAlike(*m_layout, *layout));
    const auto line = [&](auto&& cellOf, std::string_view clusterCell, std::string_view eventCell,
                          std::string_view nsCell) {
        std::string text;
        if (m_withClusters)
            addCsvCell(text, clusterCell);
        if (m_options.outputWatchEvents)
            addCsvCell(text, eventCell.substr(0, eventCell.find(' ')));
        if (kind.namespaced)
            addCsvCell(text, nsCell);
        for (const kube::Column& column : layout->columns())
            addCsvCell(text, cellOf(column));
        m_text += text + "\r\n";
    };
    if (!isSameTable) {
        if (m_layout)
            m_text += "\r\n";
        if (!m_options.noHeaders)
            line([](const kube::Column& column) { return column.title; }, "Cluster", "Event", "Namespace");
        m_resource = kind.resource();
        m_layout = layout;
    }
    line([&](const kube::Column& column) { return row.cell(column, nowMs); }, cluster, event, row.ns());
}

std::string RowPrinter::take() {
    if (m_table)
        m_table->flush(m_text);
    m_hasPrinted = m_hasPrinted || !m_text.empty();
    return std::exchange(m_text, {});
}

} // namespace qdctl
