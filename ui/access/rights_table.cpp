// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/rights_table.h"

#include <QCoreApplication>

namespace ui {

class RightsTable {
    Q_DECLARE_TR_FUNCTIONS(ui::RightsTable)
};

namespace {

constexpr int kFirstVerb = 3;
constexpr int kVerbWidth = 66;

Cell rightCell(Right right) {
    Cell cell;
    switch (right) {
    case Right::Unserved:
        break;
    case Right::Denied:
        cell.mark = Mark::Broken;
        cell.text = RightsTable::tr("no", "a verb is not allowed; short");
        cell.ink = Ink::Muted;
        cell.dimmed = true;
        break;
    case Right::Named:
        cell.mark = Mark::Attention;
        cell.text = RightsTable::tr("some", "a verb is allowed on some objects only; short");
        break;
    case Right::Unknown:
        cell.mark = Mark::NotConnected;
        cell.text = RightsTable::tr("?", "whether a verb is allowed is not known");
        cell.ink = Ink::Muted;
        break;
    case Right::Allowed:
        cell.mark = Mark::Good;
        cell.text = RightsTable::tr("yes", "a verb is allowed; short");
        break;
    }
    return cell;
}

QString rightTip(const RightsRow& row, std::size_t verb) {
    const QString what = QLatin1String(kRightVerbs[verb]) + u' ' + row.typed();
    switch (row.rights[verb]) {
    case Right::Unserved:
        return RightsTable::tr("%1 has no verb %2", "%1 is a resource, %2 a verb")
            .arg(row.typed(), QLatin1String(kRightVerbs[verb]));
    case Right::Denied:
        return RightsTable::tr("%1: not allowed", "%1 is a verb and a resource").arg(what);
    case Right::Named:
        return RightsTable::tr("%1: allowed for %2 alone", "%1 is a verb and a resource, %2 names of objects")
            .arg(what, row.names[verb]);
    case Right::Unknown:
        return RightsTable::tr("%1: the server does not list everything that is allowed", "%1 is a verb and a resource")
            .arg(what);
    case Right::Allowed:
        return RightsTable::tr("%1: allowed", "%1 is a verb and a resource").arg(what);
    }
    return {};
}

TableColumn<RightsRow> verbColumn(std::size_t verb) {
    TableColumn<RightsRow> column;
    column.id = QLatin1String(kRightVerbs[verb]);
    column.title = column.id;
    column.width = kVerbWidth;
    column.cell = [verb](const RightsRow& row) {
        Cell cell = rightCell(row.rights[verb]);
        cell.dimmed = cell.dimmed || row.dimmed;
        return cell;
    };
    // What is allowed first, what there is not last.
    column.sortKey = [verb](const RightsRow& row) {
        return row.rights[verb] == Right::Unserved ? QVariant() : QVariant(-static_cast<int>(row.rights[verb]));
    };
    column.tooltip = [verb](const RightsRow& row) { return rightTip(row, verb); };
    return column;
}

} // namespace

RightsModel* makeRightsModel(QObject* parent) {
    std::vector<TableColumn<RightsRow>> columns(kFirstVerb);
    columns[0].id = QStringLiteral("cluster");
    columns[0].title = RightsTable::tr("Cluster");
    columns[0].width = 130;
    columns[0].cell = [](const RightsRow& row) {
        Cell cell;
        cell.text = row.clusterName;
        cell.hue = static_cast<std::int8_t>(row.hue);
        cell.ink = Ink::Muted;
        cell.dimmed = row.dimmed;
        return cell;
    };
    columns[0].tooltip = [](const RightsRow& row) {
        return RightsTable::tr("%1, signed in as %2", "%1 is a cluster, %2 a user").arg(row.clusterName, row.user);
    };
    columns[1].id = QStringLiteral("resource");
    columns[1].title = RightsTable::tr("Resource");
    columns[1].width = 200;
    columns[1].cell = [](const RightsRow& row) {
        Cell cell;
        cell.text = row.resource;
        cell.dimmed = row.dimmed;
        return cell;
    };
    columns[1].tooltip = [](const RightsRow& row) {
        return row.namespaced ? row.typed()
                              : RightsTable::tr("%1, in no namespace", "%1 is a resource").arg(row.typed());
    };
    columns[2].id = QStringLiteral("group");
    columns[2].title = RightsTable::tr("API group");
    columns[2].width = 150;
    columns[2].cell = [](const RightsRow& row) {
        Cell cell;
        cell.text = row.group;
        cell.ink = Ink::Muted;
        return cell;
    };
    for (std::size_t verb = 0; verb < kRightVerbs.size(); ++verb)
        columns.push_back(verbColumn(verb));
    return new RightsModel([](const RightsRow& row) { return row.key(); }, std::move(columns), parent);
}

const char* verbOfColumn(int column) {
    const int verb = column - kFirstVerb;
    return verb >= 0 && verb < static_cast<int>(kRightVerbs.size()) ? kRightVerbs[static_cast<std::size_t>(verb)]
                                                                    : nullptr;
}

} // namespace ui
