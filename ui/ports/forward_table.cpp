// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ports/forward_table.h"

#include "ui/base/error_text.h"
#include "ui/base/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace ui {

class ForwardTable {
    Q_DECLARE_TR_FUNCTIONS(ui::ForwardTable)
};

namespace {

using State = kube::PortForwardStatus::State;

Cell textCell(const ForwardRow& row, const QString& text, Ink ink = Ink::Text) {
    Cell cell;
    cell.text = text;
    cell.ink = ink;
    cell.dimmed = !row.info.status;
    return cell;
}

Cell clusterCell(const ForwardRow& row) {
    Cell cell = textCell(row, row.cluster);
    cell.hue = static_cast<std::int8_t>(row.hue);
    return cell;
}

Cell targetCell(const ForwardRow& row) {
    Cell cell = textCell(row, forwardTargetText(row.info.wish));
    cell.face = CellFace::Strong;
    if (row.info.wish.atStart == fleet::AtStart::Yes)
        cell.chip = ForwardTable::tr("at start", "this port-forward is started again at the next start");
    return cell;
}

Cell addressCell(const ForwardRow& row) {
    Cell cell = textCell(row, localAddress(row), Ink::Accent);
    cell.face = CellFace::Mono;
    return cell;
}

QString stateSentence(const ForwardRow& row) {
    if (row.info.isStopped)
        return ForwardTable::tr("Stopped");
    if (!row.info.status)
        return ForwardTable::tr("Waits until the cluster is connected");
    const QString pod = QString::fromStdString(row.info.status->pod);
    switch (row.info.status->state) {
    case State::Starting:
        return ForwardTable::tr("Looks for its pod");
    case State::Active:
        return ForwardTable::tr("Leads to %1", "%1 is a pod").arg(pod);
    case State::Waiting:
        return ForwardTable::tr("Waits for a pod");
    case State::Failed:
        return ForwardTable::tr("Failed");
    }
    return {};
}

Cell stateCell(const ForwardRow& row) {
    Cell cell = textCell(row, stateSentence(row));
    cell.mark = Mark::NotConnected;
    if (!row.info.status)
        return cell;
    switch (row.info.status->state) {
    case State::Starting:
        cell.mark = Mark::Pending;
        break;
    case State::Active:
        cell.mark = Mark::Good;
        break;
    case State::Waiting:
        cell.mark = Mark::Attention;
        cell.ink = Ink::Attention;
        break;
    case State::Failed:
        cell.mark = Mark::Broken;
        cell.ink = Ink::Broken;
        break;
    }
    return cell;
}

// Trouble first.
int stateRank(const ForwardRow& row) {
    if (!row.info.status)
        return 4;
    switch (row.info.status->state) {
    case State::Failed:
        return 0;
    case State::Waiting:
        return 1;
    case State::Starting:
        return 2;
    case State::Active:
        return 3;
    }
    return 5;
}

Cell connectionsCell(const ForwardRow& row) {
    Cell cell = textCell(row, QString());
    cell.align = CellAlign::Right;
    if (row.info.status)
        cell.text = ForwardTable::tr("%1 of %2", "connections open of those since the start")
                        .arg(countText(row.info.status->open),
                             countText(static_cast<std::int64_t>(row.info.status->connections)));
    return cell;
}

Cell bytesCell(const ForwardRow& row, std::uint64_t bytes) {
    Cell cell = textCell(row, QString());
    cell.align = CellAlign::Right;
    if (!row.info.status)
        return cell;
    const Measured measured = bytesText(static_cast<std::int64_t>(bytes));
    cell.text = measured.number;
    cell.unit = measured.unit;
    return cell;
}

QString errorText(const ForwardRow& row) {
    if (!row.info.status || !row.info.status->lastError)
        return {};
    const base::Error& error = *row.info.status->lastError;
    if (error.reason == kube::kNoLivingPod)
        return ForwardTable::tr("no pod of it is running");
    return errorSentence(error);
}

QString errorTip(const ForwardRow& row) {
    if (!row.info.status || !row.info.status->lastError)
        return {};
    return QString::fromStdString(row.info.status->lastError->message);
}

QVariant number(const ForwardRow& row, std::uint64_t kube::PortForwardStatus::* field) {
    return row.info.status ? QVariant(static_cast<qulonglong>((*row.info.status).*field)) : QVariant();
}

TableColumn<ForwardRow> column(const char* id, const QString& title, int width, CellAlign align,
                               std::function<Cell(const ForwardRow&)> cell,
                               std::function<QVariant(const ForwardRow&)> sortKey = {},
                               std::function<QString(const ForwardRow&)> tooltip = {}) {
    return {QString::fromLatin1(id), title, width, align, std::move(cell), std::move(sortKey), std::move(tooltip)};
}

std::vector<TableColumn<ForwardRow>> makeColumns() {
    using Row = ForwardRow;
    using Status = kube::PortForwardStatus;
    return {
        column("cluster", ForwardTable::tr("Cluster"), 120, CellAlign::Left, clusterCell),
        column("target", ForwardTable::tr("Target"), 200, CellAlign::Left, targetCell),
        column("port", ForwardTable::tr("Port", "of the target"), 64, CellAlign::Right,
               [](const Row& r) {
                   Cell cell = textCell(r, QString::fromStdString(r.info.wish.port.remote));
                   cell.align = CellAlign::Right;
                   return cell;
               }),
        column("address", ForwardTable::tr("Local address"), 150, CellAlign::Left, addressCell),
        column("state", ForwardTable::tr("State"), 180, CellAlign::Left, stateCell,
               [](const Row& r) { return stateRank(r); }),
        column("connections", ForwardTable::tr("Connections", "open of all so far"), 96, CellAlign::Right,
               connectionsCell, [](const Row& r) { return number(r, &Status::connections); }),
        column(
            "sent", ForwardTable::tr("Sent", "bytes to the pod"), 72, CellAlign::Right,
            [](const Row& r) { return bytesCell(r, r.info.status ? r.info.status->sent : 0); },
            [](const Row& r) { return number(r, &Status::sent); }),
        column(
            "received", ForwardTable::tr("Received", "bytes from the pod"), 78, CellAlign::Right,
            [](const Row& r) { return bytesCell(r, r.info.status ? r.info.status->received : 0); },
            [](const Row& r) { return number(r, &Status::received); }),
        column(
            "error", ForwardTable::tr("Last error"), 180, CellAlign::Left,
            [](const Row& r) {
                Cell cell = textCell(r, errorText(r), Ink::Muted);
                cell.elide = CellElide::End;
                return cell;
            },
            {}, errorTip),
    };
}

} // namespace

ForwardModel* makeForwardModel(QObject* parent) {
    return new ForwardModel([](const ForwardRow& row) { return row.info.id; }, makeColumns(), parent);
}

QString localAddress(const ForwardRow& row) {
    if (!row.info.status || row.info.status->listening.empty())
        return {};
    return QString::fromStdString(row.info.status->listening.front().address);
}

QString browserAddress(const ForwardRow& row) {
    const QString address = localAddress(row);
    if (address.isEmpty())
        return {};
    const std::string& name = row.info.wish.port.remote;
    const std::uint16_t remote = row.info.status->listening.front().remote;
    const bool isSecure = name.starts_with("https") || name == "443" || remote == 443 || remote == 8443;
    return (isSecure ? QStringLiteral("https://") : QStringLiteral("http://")) + address + QLatin1Char('/');
}

QString forwardTargetText(const fleet::ForwardWish& wish) {
    const kube::Kind* kind = kube::forwardableKind(wish.resource);
    return QStringLiteral("%1 %2/%3")
        .arg(QString::fromStdString(kind ? kind->kind : wish.resource), QString::fromStdString(wish.ns),
             QString::fromStdString(wish.name));
}

bool matches(const ForwardRow& row, const QString& text) {
    const QStringList all{row.cluster,       forwardTargetText(row.info.wish),
                          localAddress(row), stateSentence(row),
                          errorText(row),    QString::fromStdString(row.info.wish.port.remote)};
    for (const QString& word : text.split(u' ', Qt::SkipEmptyParts)) {
        const bool found = std::any_of(
            all.begin(), all.end(), [&word](const QString& each) { return each.contains(word, Qt::CaseInsensitive); });
        if (!found)
            return false;
    }
    return true;
}

} // namespace ui
