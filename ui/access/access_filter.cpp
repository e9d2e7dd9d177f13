// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/access_filter.h"

#include "core/kube/row_batch.h"
#include "ui/shell/filter_problem.h"

#include <memory>
#include <string>
#include <vector>

namespace ui {

namespace {

kube::RowLayoutPtr layoutOf(const char* name, const std::vector<const char*>& ids) {
    std::vector<kube::Field> fields;
    std::vector<kube::Column> columns;
    for (const char* id : ids) {
        fields.push_back({id, kube::FieldType::Text});
        kube::Column column;
        column.id = id;
        column.format = kube::CellFormat::Text;
        column.sort = kube::SortKind::Text;
        column.field = static_cast<std::uint16_t>(fields.size() - 1);
        columns.push_back(std::move(column));
    }
    return std::make_shared<const kube::RowLayout>(name, std::move(fields), std::move(columns));
}

// The words of the filter are the same in every language, as its fields are.
const char* word(Right right) {
    switch (right) {
    case Right::Unserved:
        return "";
    case Right::Denied:
        return "no";
    case Right::Named:
        return "some";
    case Right::Unknown:
        return "unknown";
    case Right::Allowed:
        return "yes";
    }
    return "";
}

bool matches(const fleet::Filter& filter, const kube::RowLayoutPtr& layout, const QString& cluster, const QString& ns,
             const QString& name, const std::vector<std::string>& texts) {
    kube::RowBatch batch(layout);
    batch.beginRow();
    batch.head().name = batch.intern(name.toStdString());
    batch.head().ns = batch.intern(ns.toStdString());
    batch.head().uid = kube::Uid::fromText({}, cluster.toStdString(), name.toStdString());
    for (std::size_t i = 0; i < texts.size(); ++i)
        batch.setText(static_cast<std::uint16_t>(i), texts[i]);
    batch.endRow();
    return filter.matches({batch.row(0), cluster.toStdString(), 0});
}

} // namespace

AccessFilter::AccessFilter() {
    std::vector<const char*> rights{"resource", "group", "scope"};
    rights.insert(rights.end(), kRightVerbs.begin(), kRightVerbs.end());
    m_rights = layoutOf("rights", rights);
    m_grants = layoutOf("grants", {"kind", "subject", "binding", "role", "rule"});
}

void AccessFilter::setText(const QString& text) {
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

bool AccessFilter::accepts(const RightsRow& row) const {
    if (m_filter.isEmpty())
        return true;
    std::vector<std::string> texts{row.resource.toStdString(), row.group.toStdString(),
                                   row.namespaced ? "namespaced" : "cluster"};
    for (const Right right : row.rights)
        texts.emplace_back(word(right));
    return matches(m_filter, m_rights, row.clusterName, {}, row.typed(), texts);
}

bool AccessFilter::accepts(const GrantRow& row) const {
    if (m_filter.isEmpty())
        return true;
    return matches(m_filter, m_grants, row.clusterName, row.ns, row.subject,
                   {row.kind.toStdString(), row.subject.toStdString(), row.binding.toStdString(),
                    (row.roleKind + u'/' + row.role).toStdString(), row.wholeRule.toStdString()});
}

} // namespace ui
