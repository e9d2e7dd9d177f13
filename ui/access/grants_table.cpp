// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/grants_table.h"

#include <QCoreApplication>

namespace ui {

class GrantsTable {
    Q_DECLARE_TR_FUNCTIONS(ui::GrantsTable)
};

namespace {

TableColumn<GrantRow> textColumn(const char* id, const QString& title, int width, QString GrantRow::* member,
                                 Ink ink = Ink::Text) {
    TableColumn<GrantRow> column;
    column.id = QLatin1String(id);
    column.title = title;
    column.width = width;
    column.cell = [member, ink](const GrantRow& row) {
        Cell cell;
        cell.text = row.*member;
        cell.ink = ink;
        cell.dimmed = row.dimmed;
        return cell;
    };
    return column;
}

} // namespace

QString GrantRow::key() const {
    return QStringLiteral("%1 %2 %3 %4").arg(QString::number(cluster.value), kind, subject, bindingTitle);
}

GrantRow grantRow(const fleet::ClusterInfo& cluster, const kube::Grant& grant, const kube::AccessAttributes& asked) {
    GrantRow row;
    row.cluster = cluster.id;
    row.clusterName = QString::fromStdString(cluster.name);
    row.hue = cluster.hue;
    row.kind = QString::fromStdString(grant.subject.kind);
    row.subject = QString::fromStdString(grant.subject.name);
    if (!grant.subject.ns.empty())
        row.subject = QString::fromStdString(grant.subject.ns) + u'/' + row.subject;
    row.ns = QString::fromStdString(grant.binding.ns);
    row.binding = QString::fromStdString(grant.binding.name);
    row.bindingTitle = QString::fromStdString(grant.binding.title());
    row.role = QString::fromStdString(grant.binding.role.name);
    row.roleKind = QString::fromStdString(grant.binding.role.kind);
    row.rule = QString::fromStdString(kube::narrowed(grant.rule, asked).text());
    row.wholeRule = QString::fromStdString(grant.rule.text());
    return row;
}

GrantsModel* makeGrantsModel(QObject* parent) {
    std::vector<TableColumn<GrantRow>> columns;
    columns.push_back(textColumn("cluster", GrantsTable::tr("Cluster"), 120, &GrantRow::clusterName, Ink::Muted));
    columns.back().cell = [](const GrantRow& row) {
        Cell cell;
        cell.text = row.clusterName;
        cell.hue = static_cast<std::int8_t>(row.hue);
        cell.ink = Ink::Muted;
        cell.dimmed = row.dimmed;
        return cell;
    };
    columns.push_back(textColumn("kind", GrantsTable::tr("Kind", "of a subject: User, Group, ServiceAccount"), 124,
                                 &GrantRow::kind, Ink::Muted));
    columns.push_back(
        textColumn("subject", GrantsTable::tr("Subject", "whom a role binding names"), 200, &GrantRow::subject));
    columns.push_back(
        textColumn("namespace", GrantsTable::tr("Where", "where a role binding holds"), 100, &GrantRow::ns));
    columns.back().cell = [](const GrantRow& row) {
        Cell cell;
        cell.text = row.ns.isEmpty() ? GrantsTable::tr("whole cluster", "where a role binding holds") : row.ns;
        cell.ink = row.ns.isEmpty() ? Ink::Muted : Ink::Text;
        return cell;
    };
    columns.push_back(textColumn("binding", GrantsTable::tr("Through binding"), 160, &GrantRow::binding));
    columns.back().tooltip = [](const GrantRow& row) { return row.bindingTitle; };
    columns.push_back(textColumn("role", GrantsTable::tr("Role"), 160, &GrantRow::role));
    columns.back().cell = [](const GrantRow& row) {
        Cell cell;
        cell.text = row.role;
        // Most are of the cluster; what lies in the namespace is told apart.
        if (row.roleKind == QLatin1String("Role"))
            cell.unit = row.roleKind;
        cell.dimmed = row.dimmed;
        return cell;
    };
    columns.back().tooltip = [](const GrantRow& row) { return row.roleKind + u'/' + row.role; };
    columns.push_back(textColumn("rule", GrantsTable::tr("Rule"), 130, &GrantRow::rule, Ink::Muted));
    columns.back().cell = [](const GrantRow& row) {
        Cell cell;
        cell.text = row.rule;
        cell.ink = Ink::Muted;
        cell.elide = CellElide::End;
        cell.dimmed = row.dimmed;
        return cell;
    };
    columns.back().tooltip = [](const GrantRow& row) { return row.wholeRule; };
    return new GrantsModel([](const GrantRow& row) { return row.key(); }, std::move(columns), parent);
}

} // namespace ui
