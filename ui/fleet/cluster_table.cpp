// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/cluster_table.h"

#include "ui/base/cluster_text.h"
#include "ui/base/format.h"

#include <QCoreApplication>

#include <vector>

namespace ui {

class ClusterTable {
    Q_DECLARE_TR_FUNCTIONS(ui::ClusterTable)
};

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kExpirySoonDays = 14;
constexpr double kCrowded = 0.9;

bool isShown(const ClusterRow& row) {
    return isOpen(row.info.health) || row.info.asOfMs != 0;
}

Cell plainCell(const ClusterRow& row, const QString& text, Ink ink = Ink::Text) {
    Cell cell;
    cell.text = text;
    cell.ink = ink;
    cell.dimmed = isPast(row.info) || !isShown(row);
    return cell;
}

Cell nameCell(const ClusterRow& row) {
    Cell cell = plainCell(row, QString::fromStdString(row.info.name));
    cell.hue = static_cast<std::int8_t>(row.info.hue);
    if (isOpen(row.info.health))
        cell.face = CellFace::Strong;
    else
        cell.hue = static_cast<std::int8_t>(isShown(row) || row.info.isProtected ? row.info.hue : int(kBandRoom));
    cell.chip = ruleMark(row.info);
    return cell;
}

Cell stateCell(const ClusterRow& row) {
    Cell cell = plainCell(row, healthSentence(row.info, row.nowMs));
    cell.elide = CellElide::End;
    cell.mark = healthMark(row.info.health);
    return cell;
}

Cell countCell(const ClusterRow& row, int count, Ink ink = Ink::Text) {
    Cell cell = plainCell(row, count < 0 ? QString() : countText(count), ink);
    cell.align = CellAlign::Right;
    return cell;
}

Cell nodesCell(const ClusterRow& row) {
    const fleet::ClusterInfo& info = row.info;
    QString text;
    if (info.nodes >= 0)
        text = ClusterTable::tr("%1 of %2", "nodes ready of nodes")
                   .arg(countText(std::max(0, info.nodesReady)), countText(info.nodes));
    Cell cell = plainCell(row, text, info.nodesReady >= 0 && info.nodesReady < info.nodes ? Ink::Attention : Ink::Text);
    cell.align = CellAlign::Right;
    return cell;
}

QVariant countKey(std::int64_t count) {
    return count < 0 ? QVariant() : QVariant(static_cast<qlonglong>(count));
}

QVariant shareKey(std::int64_t requested, std::int64_t allocatable) {
    if (requested < 0 || allocatable <= 0)
        return {};
    return static_cast<double>(requested) / static_cast<double>(allocatable);
}

QString measuredPair(const Measured& part, const Measured& whole) {
    return ClusterTable::tr("%1 requested of %2 allocatable")
        .arg(part.number + QLatin1Char(' ') + part.unit, whole.number + QLatin1Char(' ') + whole.unit);
}

QString nameTip(const ClusterRow& row) {
    QStringList lines{clusterName(row.info), QString::fromStdString(row.info.server)};
    for (const fleet::WayIn& way : row.info.waysIn)
        lines.append(ClusterTable::tr("%1: user %2, namespace %3, %4", "context, user, namespace, file")
                         .arg(QString::fromStdString(way.context), QString::fromStdString(way.user),
                              QString::fromStdString(way.ns), QString::fromStdString(way.file)));
    return lines.join(QLatin1Char('\n'));
}

QString stateTip(const ClusterRow& row) {
    QStringList lines{healthSentence(row.info, row.nowMs)};
    for (const std::string& problem : row.info.nodeProblems)
        lines.append(QString::fromStdString(problem));
    if (!row.info.why.empty())
        lines.append(QString::fromStdString(row.info.why));
    lines.removeDuplicates();
    return lines.join(QLatin1Char('\n'));
}

// Trouble first, then what is open, then the rest.
int stateRank(fleet::Health health) {
    switch (health) {
    case fleet::Health::SignIn:
        return 0;
    case fleet::Health::Away:
        return 1;
    case fleet::Health::Degraded:
        return 2;
    case fleet::Health::Connecting:
        return 3;
    case fleet::Health::Live:
        return 4;
    case fleet::Health::Invalid:
        return 5;
    case fleet::Health::NotConnected:
        return 6;
    }
    return 7;
}

TableColumn<ClusterRow> column(const char* id, const QString& title, int width, CellAlign align,
                               std::function<Cell(const ClusterRow&)> cell,
                               std::function<QVariant(const ClusterRow&)> sortKey = {},
                               std::function<QString(const ClusterRow&)> tooltip = {}) {
    return {QString::fromLatin1(id), title, width, align, std::move(cell), std::move(sortKey), std::move(tooltip)};
}

std::vector<TableColumn<ClusterRow>> makeColumns() {
    using Row = ClusterRow;
    return {
        column(
            "name", ClusterTable::tr("Cluster"), 160, CellAlign::Left, nameCell,
            [](const Row& r) { return QString::fromStdString(r.info.name); }, nameTip),
        column(
            "state", ClusterTable::tr("State"), 180, CellAlign::Left, stateCell,
            [](const Row& r) { return stateRank(r.info.health); }, stateTip),
        column("version", ClusterTable::tr("Version"), 76, CellAlign::Left,
               [](const Row& r) {
                   Cell cell = plainCell(r, QString::fromStdString(r.info.version));
                   cell.face = CellFace::Mono;
                   return cell;
               }),
        column("where", ClusterTable::tr("Where"), 112, CellAlign::Left,
               [](const Row& r) { return plainCell(r, placeText(r.info), Ink::Muted); }),
        column("nodes", ClusterTable::tr("Nodes ready"), 112, CellAlign::Right, nodesCell,
               [](const Row& r) { return countKey(r.info.nodes); }),
        column(
            "pods", ClusterTable::tr("Pods"), 68, CellAlign::Right,
            [](const Row& r) { return countCell(r, r.info.pods); }, [](const Row& r) { return countKey(r.info.pods); },
            [](const Row& r) { return podsSentence(r.info); }),
        column(
            "failing", ClusterTable::tr("Failing"), 66, CellAlign::Right,
            [](const Row& r) {
                return countCell(r, r.info.podsBroken, r.info.podsBroken > 0 ? Ink::Broken : Ink::Text);
            },
            [](const Row& r) { return countKey(r.info.podsBroken); }),
        column(
            "cpu", ClusterTable::tr("CPU req.", "CPU requested of allocatable"), 112, CellAlign::Left,
            [](const Row& r) {
                return shareCell(r.info.cpuRequestedMilli, r.info.cpuAllocatableMilli, isPast(r.info));
            },
            [](const Row& r) { return shareKey(r.info.cpuRequestedMilli, r.info.cpuAllocatableMilli); },
            [](const Row& r) {
                if (r.info.cpuAllocatableMilli <= 0)
                    return QString();
                return measuredPair(cpuText(r.info.cpuRequestedMilli), cpuText(r.info.cpuAllocatableMilli));
            }),
        column(
            "memory", ClusterTable::tr("Memory req.", "memory requested of allocatable"), 112, CellAlign::Left,
            [](const Row& r) { return shareCell(r.info.memoryRequested, r.info.memoryAllocatable, isPast(r.info)); },
            [](const Row& r) { return shareKey(r.info.memoryRequested, r.info.memoryAllocatable); },
            [](const Row& r) {
                if (r.info.memoryAllocatable <= 0)
                    return QString();
                return measuredPair(bytesText(r.info.memoryRequested), bytesText(r.info.memoryAllocatable));
            }),
        column(
            "credentials", ClusterTable::tr("Credentials"), 104, CellAlign::Right,
            [](const Row& r) { return expiryCell(r.info.credentialExpiryMs, r.nowMs); },
            [](const Row& r) { return countKey(r.info.credentialExpiryMs == 0 ? -1 : r.info.credentialExpiryMs); },
            [](const Row& r) {
                if (r.info.credentialExpiryMs == 0)
                    return QString();
                return ClusterTable::tr("Valid until %1").arg(momentText(r.info.credentialExpiryMs, r.nowMs));
            }),
    };
}

} // namespace

ClusterModel* makeClusterModel(QObject* parent) {
    return new ClusterModel([](const ClusterRow& row) { return row.info.id.value; }, makeColumns(), parent);
}

Cell shareCell(std::int64_t requested, std::int64_t allocatable, bool dimmed) {
    Cell cell;
    if (requested < 0 || allocatable <= 0)
        return cell;
    cell.share = static_cast<double>(requested) / static_cast<double>(allocatable);
    cell.text = QStringLiteral("%1%").arg(qRound(cell.share * 100));
    cell.barInk = cell.share >= kCrowded ? Ink::Attention : Ink::Accent;
    cell.dimmed = dimmed;
    return cell;
}

Cell expiryCell(std::int64_t expiryMs, std::int64_t nowMs) {
    Cell cell;
    cell.align = CellAlign::Right;
    if (expiryMs == 0)
        return cell;
    const std::int64_t left = expiryMs - nowMs;
    if (left <= 0) {
        cell.text = ClusterTable::tr("expired", "credentials");
        cell.ink = Ink::Broken;
        return cell;
    }
    const std::int64_t days = left / kDayMs;
    if (days > 0) {
        cell.text = countText(days);
        cell.unit = ClusterTable::tr("d", "days");
    } else {
        const std::int64_t hours = left / 3'600'000;
        cell.text = countText(hours > 0 ? hours : left / 60'000);
        cell.unit = hours > 0 ? ClusterTable::tr("h", "hours") : ClusterTable::tr("min", "minutes");
    }
    cell.ink = days < kExpirySoonDays ? Ink::Attention : Ink::Muted;
    return cell;
}

QString placeText(const fleet::ClusterInfo& cluster) {
    const QString provider = QString::fromStdString(cluster.provider);
    const QString region = QString::fromStdString(cluster.region);
    return region.isEmpty() ? provider : QStringLiteral("%1 %2").arg(provider, region).trimmed();
}

QString podsSentence(const fleet::ClusterInfo& cluster) {
    if (cluster.pods < 0)
        return {};
    return ClusterTable::tr("%Ln pods: %1 running, %2 pending, %3 succeeded, %4 failed", nullptr, cluster.pods)
        .arg(countText(std::max(0, cluster.podsRunning)), countText(std::max(0, cluster.podsPending)),
             countText(std::max(0, cluster.podsSucceeded)), countText(std::max(0, cluster.podsFailed)));
}

} // namespace ui
