// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/operation_table.h"

#include "core/fleet/fleet.h"
#include "ui/base/cluster_text.h"
#include "ui/change/change_run.h"
#include "ui/change/change_text.h"

#include <QCoreApplication>

#include <utility>

namespace ui {

class OperationTable {
    Q_DECLARE_TR_FUNCTIONS(ui::OperationTable)
};

namespace {

Cell textCell(const QString& text, CellElide elide = CellElide::Middle) {
    Cell cell;
    cell.text = text;
    cell.elide = elide;
    return cell;
}

Cell clusterCell(const OperationRow& row) {
    Cell cell = textCell(row.cluster);
    cell.hue = static_cast<std::int8_t>(row.hue >= 0 ? row.hue : int(kBandRoom));
    cell.chip = row.rule;
    return cell;
}

OperationRow rowOf(const change::ClusterRef& cluster, const fleet::Fleet& fleet) {
    OperationRow row;
    row.cluster = QString::fromStdString(cluster.context);
    if (const fleet::ClusterInfo* info = clusterOf(fleet, cluster)) {
        row.cluster = QString::fromStdString(info->name);
        row.hue = info->hue;
        row.rule = ruleMark(*info);
    }
    return row;
}

} // namespace

OperationModel* makeOperationModel(QObject* parent) {
    using Row = OperationRow;
    std::vector<TableColumn<Row>> columns{
        {QStringLiteral("cluster"), OperationTable::tr("Cluster"), 166, CellAlign::Left, clusterCell, {}, {}},
        {QStringLiteral("object"),
         OperationTable::tr("Object"),
         225,
         CellAlign::Left,
         [](const Row& row) { return textCell(row.object); },
         {},
         {}},
        {QStringLiteral("act"),
         OperationTable::tr("Act"),
         105,
         CellAlign::Left,
         [](const Row& row) { return textCell(row.act, CellElide::End); },
         {},
         {}},
        {QStringLiteral("dry-run"),
         OperationTable::tr("Dry run"),
         195,
         CellAlign::Left,
         [](const Row& row) { return row.dryRun; },
         {},
         {}},
        {QStringLiteral("owners"),
         OperationTable::tr("Fields owned by others"),
         170,
         CellAlign::Left,
         [](const Row& row) { return row.owners; },
         {},
         {}},
        {QStringLiteral("result"),
         OperationTable::tr("Result"),
         110,
         CellAlign::Left,
         [](const Row& row) { return row.result; },
         {},
         {}},
    };
    return new OperationModel([](const Row& row) { return row.number; }, std::move(columns), parent);
}

std::vector<OperationRow> operationRows(const ChangeRun& run, const fleet::Fleet& fleet, std::int64_t nowMs) {
    std::vector<OperationRow> rows;
    const change::Plan& plan = run.plan();
    const auto& progress = run.progress();
    for (std::size_t i = 0; i < plan.set.operations.size(); ++i) {
        const change::Operation& operation = plan.set.operations[i];
        OperationRow row = rowOf(operation.cluster, fleet);
        row.number = i;
        row.object = objectText(operation.object);
        row.act = actText(operation);
        row.dryRun = verdictCell(plan.operations[i]);
        row.owners = ownersCell(operation, plan.operations[i], nowMs);
        row.result = resultCell(operation, i < progress.size() ? &progress[i] : nullptr);
        rows.push_back(std::move(row));
    }
    for (const change::UndoRefusal& refusal : run.refused()) {
        OperationRow row = rowOf(refusal.cluster, fleet);
        row.number = rows.size();
        row.isRefusal = true;
        row.object = objectText(refusal.object);
        row.act = OperationTable::tr("Not taken back");
        row.dryRun.mark = Mark::Broken;
        row.dryRun.text = QString::fromStdString(refusal.why);
        row.dryRun.elide = CellElide::End;
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace ui
