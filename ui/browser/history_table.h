// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/acts/revisions.h"
#include "ui/base/keyed_table_model.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace fleet {
class Fleet;
} // namespace fleet

namespace ui {

/// A revision of one of some workloads.
struct HistoryRow {
    std::string key;
    std::size_t workload = 0; ///< Of which of them.
    std::size_t place = 0;    ///< Among its revisions.
    bool isCurrent = false;
    Cell cluster;
    Cell number;
    QString age;
    QString images;
    QString cause;
};

using HistoryModel = KeyedTableModel<HistoryRow, std::string>;

HistoryModel* makeHistoryModel(QObject* parent);
/// The newest of each workload first; of those that could not be read none.
std::vector<HistoryRow> historyRows(const std::vector<change::Workload>& workloads,
                                    const change::RevisionReader::Answers& revisions, const fleet::Fleet& fleet,
                                    std::int64_t nowMs);

} // namespace ui
