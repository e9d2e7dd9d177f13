// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/drain_table.h"

#include "core/change/clusters.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

using change::NodeDrain;
using change::PodFate;
using change::PodOnNode;
using change::PodRemark;

/// The context of what is translated here.
struct DrainTable {
    Q_DECLARE_TR_FUNCTIONS(DrainTable)
};

QString fateText(PodFate fate) {
    switch (fate) {
    case PodFate::Evict:
        return DrainTable::tr("is evicted", "what becomes of a pod");
    case PodFate::Stay:
        return DrainTable::tr("stays", "what becomes of a pod");
    case PodFate::Refuse:
        return DrainTable::tr("is in the way", "what becomes of a pod");
    }
    return {};
}

QString remarkText(const PodOnNode& pod) {
    switch (pod.remark) {
    case PodRemark::None:
        break;
    case PodRemark::Mirror:
        return DrainTable::tr("the kubelet runs it from a file on the node");
    case PodRemark::DaemonSet:
        return DrainTable::tr("its DaemonSet would put it there again");
    case PodRemark::DaemonSetGone:
        return DrainTable::tr("its DaemonSet is gone, nothing makes it again");
    case PodRemark::DaemonSetUnread:
        return DrainTable::tr("its DaemonSet cannot be read: %1", "%1 is an error")
            .arg(QString::fromStdString(pod.detail));
    case PodRemark::LocalData:
        return DrainTable::tr("what it has in emptyDir volumes is lost");
    case PodRemark::Unmanaged:
        return DrainTable::tr("no controller makes it again");
    }
    return {};
}

bool isHeld(const PodOnNode& pod) {
    return pod.budgets.size() > 1 || (pod.budgets.size() == 1 && pod.budgets.front().allowed <= 0);
}

QString budgetText(const PodOnNode& pod) {
    if (pod.budgets.empty())
        return {};
    if (pod.budgets.size() > 1) {
        QStringList names;
        for (const change::PodBudget& budget : pod.budgets)
            names.append(QString::fromStdString(budget.name));
        return DrainTable::tr("several budgets cover it, so it may never be evicted: %1", "%1 are names")
            .arg(names.join(QStringLiteral(", ")));
    }
    const change::PodBudget& budget = pod.budgets.front();
    const QString name = QString::fromStdString(budget.name);
    if (budget.allowed <= 0)
        return DrainTable::tr("waits: the budget %1 allows no disruption now").arg(name);
    return DrainTable::tr("the budget %1 allows %Ln disruptions now", nullptr, static_cast<int>(budget.allowed))
        .arg(name);
}

QString whyText(const PodOnNode& pod) {
    QStringList parts{remarkText(pod), budgetText(pod)};
    parts.removeAll(QString());
    return parts.join(QStringLiteral("; "));
}

int rank(const PodOnNode& pod) {
    if (pod.fate == PodFate::Refuse)
        return 0;
    if (pod.fate == PodFate::Stay)
        return 4;
    if (isHeld(pod))
        return 1;
    return pod.remark == PodRemark::None ? 3 : 2;
}

Ink inkOf(const PodOnNode& pod) {
    if (pod.fate == PodFate::Refuse)
        return Ink::Broken;
    if (pod.fate == PodFate::Stay)
        return Ink::Muted;
    return isHeld(pod) || pod.remark != PodRemark::None ? Ink::Attention : Ink::Text;
}

Cell textCell(const QString& text, CellElide elide, Ink ink) {
    Cell cell;
    cell.text = text;
    cell.elide = elide;
    cell.ink = ink;
    return cell;
}

} // namespace

DrainModel* makeDrainModel(QObject* parent) {
    using Row = DrainRow;
    std::vector<TableColumn<Row>> columns{
        {QStringLiteral("pod"),
         DrainTable::tr("Pod"),
         210,
         CellAlign::Left,
         [](const Row& row) { return textCell(row.pod, CellElide::Middle, Ink::Text); },
         {},
         {}},
        {QStringLiteral("node"),
         DrainTable::tr("Node"),
         100,
         CellAlign::Left,
         [](const Row& row) { return textCell(row.node, CellElide::Middle, Ink::Text); },
         {},
         {}},
        {QStringLiteral("fate"),
         DrainTable::tr("What becomes of it"),
         160,
         CellAlign::Left,
         [](const Row& row) { return row.fate; },
         {},
         {}},
        {QStringLiteral("why"),
         DrainTable::tr("Why"),
         330,
         CellAlign::Left,
         [](const Row& row) { return row.why; },
         {},
         {}},
    };
    return new DrainModel([](const Row& row) { return row.key; }, std::move(columns), parent);
}

std::vector<DrainRow> drainRows(const std::vector<NodeDrain>& drains, change::Clusters& clusters) {
    const auto isElsewhere = [&](const NodeDrain& node) { return !(node.node.cluster == drains.front().node.cluster); };
    const bool several = std::any_of(drains.begin(), drains.end(), isElsewhere);
    std::vector<std::pair<int, DrainRow>> ranked;
    for (const NodeDrain& node : drains) {
        QString where = QString::fromStdString(node.node.object.name);
        if (const auto way = clusters.find(node.node.cluster); several && way)
            where = DrainTable::tr("%1 in %2", "a node, a cluster").arg(where, QString::fromStdString(way->name));
        for (const PodOnNode& pod : node.pods) {
            const std::string path = pod.object.ns + "/" + pod.object.name;
            ranked.emplace_back(rank(pod),
                                DrainRow{node.node.cluster.context + "/" + path, QString::fromStdString(path), where,
                                         textCell(fateText(pod.fate), CellElide::End, inkOf(pod)),
                                         textCell(whyText(pod), CellElide::End, inkOf(pod))});
        }
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<DrainRow> rows;
    for (auto& [place, row] : ranked)
        rows.push_back(std::move(row));
    return rows;
}

} // namespace ui
