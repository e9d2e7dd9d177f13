// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/node_table.h"

#include "ui/base/format.h"
#include "ui/fleet/cluster_table.h"

#include <QCoreApplication>

namespace ui {

class NodeTable {
    Q_DECLARE_TR_FUNCTIONS(ui::NodeTable)
};

namespace {

Cell textCell(const NodeRow& row, const std::string& text, Ink ink, CellFace face = CellFace::Plain) {
    Cell cell;
    cell.text = QString::fromStdString(text);
    cell.ink = ink;
    cell.face = face;
    cell.dimmed = row.dimmed;
    return cell;
}

Cell stateCell(const NodeRow& row) {
    Cell cell = textCell(row, row.problems.empty() ? row.status : row.problems, Ink::Text);
    if (!row.ready) {
        cell.mark = Mark::Broken;
        cell.ink = Ink::Broken;
    } else if (!row.problems.empty() || row.status != "Ready") {
        cell.mark = Mark::Attention;
        cell.ink = Ink::Attention;
    } else {
        cell.mark = Mark::Good;
    }
    return cell;
}

QVariant shareKey(std::int64_t part, std::int64_t whole) {
    return whole <= 0 ? QVariant() : QVariant(static_cast<double>(part) / static_cast<double>(whole));
}

} // namespace

NodeModel* makeNodeModel(QObject* parent) {
    using Row = NodeRow;
    std::vector<TableColumn<Row>> columns;
    columns.push_back({QStringLiteral("node"),
                       NodeTable::tr("Node"),
                       124,
                       CellAlign::Left,
                       [](const Row& r) { return textCell(r, r.name, Ink::Text, CellFace::Mono); },
                       {},
                       {}});
    columns.push_back({QStringLiteral("machine"),
                       NodeTable::tr("Machine"),
                       100,
                       CellAlign::Left,
                       [](const Row& r) { return textCell(r, r.machine, Ink::Muted); },
                       {},
                       {}});
    columns.push_back({QStringLiteral("state"), NodeTable::tr("State"), 112, CellAlign::Left, stateCell, {}, {}});
    columns.push_back({QStringLiteral("pods"),
                       NodeTable::tr("Pods"),
                       56,
                       CellAlign::Right,
                       [](const Row& r) {
                           Cell cell;
                           cell.text = countText(r.load.pods);
                           cell.align = CellAlign::Right;
                           cell.dimmed = r.dimmed;
                           return cell;
                       },
                       [](const Row& r) { return r.load.pods; },
                       {}});
    columns.push_back({QStringLiteral("cpu"),
                       NodeTable::tr("CPU req.", "CPU requested of allocatable"),
                       104,
                       CellAlign::Left,
                       [](const Row& r) { return shareCell(r.load.cpuMilli, r.cpuAllocatableMilli, r.dimmed); },
                       [](const Row& r) { return shareKey(r.load.cpuMilli, r.cpuAllocatableMilli); },
                       {}});
    columns.push_back({QStringLiteral("memory"),
                       NodeTable::tr("Memory req.", "memory requested of allocatable"),
                       112,
                       CellAlign::Left,
                       [](const Row& r) { return shareCell(r.load.memory, r.memoryAllocatable, r.dimmed); },
                       [](const Row& r) { return shareKey(r.load.memory, r.memoryAllocatable); },
                       {}});
    return new NodeModel([](const Row& row) { return row.name; }, std::move(columns), parent);
}

} // namespace ui
