// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/history_table.h"

#include "core/base/text.h"
#include "core/fleet/fleet.h"
#include "ui/base/format.h"
#include "ui/change/change_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

using Json = nlohmann::json;

/// The context of what is translated here.
struct HistoryTable {
    Q_DECLARE_TR_FUNCTIONS(HistoryTable)
};

Cell textCell(const QString& text, CellElide elide = CellElide::Middle) {
    Cell cell;
    cell.text = text;
    cell.elide = elide;
    return cell;
}

Cell clusterCell(const fleet::Fleet& fleet, const change::ClusterRef& cluster) {
    const fleet::ClusterInfo* info = clusterOf(fleet, cluster);
    Cell cell = textCell(QString::fromStdString(info ? info->name : cluster.context));
    cell.hue = static_cast<std::int8_t>(info && info->hue >= 0 ? info->hue : int(kBandRoom));
    return cell;
}

Cell numberCell(const change::Revision& revision) {
    Cell cell = textCell(QString::number(revision.number));
    if (revision.isCurrent)
        cell.chip = HistoryTable::tr("now", "the revision that is rolled out");
    return cell;
}

QString imagesOf(const Json& podTemplate) {
    QStringList images;
    const Json containers =
        podTemplate.is_object() ? podTemplate.value(Json::json_pointer("/spec/containers"), Json()) : Json();
    for (const Json& container : containers.is_array() ? containers : Json::array()) {
        if (container.is_object() && container.contains("image") && container["image"].is_string())
            images.append(QString::fromStdString(container["image"].get<std::string>()));
    }
    return images.join(QStringLiteral(", "));
}

QString ageOf(const Json& kept, std::int64_t nowMs) {
    const Json made = kept.is_object() ? kept.value(Json::json_pointer("/metadata/creationTimestamp"), Json()) : Json();
    const auto madeMs = made.is_string() ? base::parseTime(made.get<std::string>()) : std::nullopt;
    return madeMs ? ageText(*madeMs, nowMs) : QString();
}

} // namespace

HistoryModel* makeHistoryModel(QObject* parent) {
    using Row = HistoryRow;
    std::vector<TableColumn<Row>> columns{
        {QStringLiteral("cluster"),
         HistoryTable::tr("Cluster"),
         150,
         CellAlign::Left,
         [](const Row& row) { return row.cluster; },
         {},
         {}},
        {QStringLiteral("revision"),
         HistoryTable::tr("Revision"),
         110,
         CellAlign::Left,
         [](const Row& row) { return row.number; },
         {},
         {}},
        {QStringLiteral("age"),
         HistoryTable::tr("Age"),
         80,
         CellAlign::Left,
         [](const Row& row) { return textCell(row.age); },
         {},
         {}},
        {QStringLiteral("images"),
         HistoryTable::tr("Images"),
         300,
         CellAlign::Left,
         [](const Row& row) { return textCell(row.images); },
         {},
         {}},
        {QStringLiteral("cause"),
         HistoryTable::tr("Change cause"),
         240,
         CellAlign::Left,
         [](const Row& row) { return textCell(row.cause, CellElide::End); },
         {},
         {}},
    };
    return new HistoryModel([](const Row& row) { return row.key; }, std::move(columns), parent);
}

std::vector<HistoryRow> historyRows(const std::vector<change::Workload>& workloads,
                                    const change::RevisionReader::Answers& revisions, const fleet::Fleet& fleet,
                                    std::int64_t nowMs) {
    std::vector<HistoryRow> rows;
    for (std::size_t i = 0; i < revisions.size(); ++i) {
        if (!revisions[i])
            continue;
        for (std::size_t place = revisions[i]->size(); place-- > 0;) {
            const change::Revision& revision = (*revisions[i])[place];
            rows.push_back({std::to_string(i) + "/" + revision.keptBy, i, place, revision.isCurrent,
                            clusterCell(fleet, workloads[i].target.cluster), numberCell(revision),
                            ageOf(revision.kept, nowMs), imagesOf(revision.podTemplate),
                            QString::fromStdString(revision.changeCause)});
        }
    }
    return rows;
}

} // namespace ui
