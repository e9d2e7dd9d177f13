// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/access/rights_row.h"
#include "ui/base/keyed_table_model.h"

namespace ui {

/// What we may do, by RightsRow::key(): cluster, resource, group and one column for each verb.
using RightsModel = KeyedTableModel<RightsRow, QString>;
[[nodiscard]] RightsModel* makeRightsModel(QObject* parent);

/// The verb of a column; null for the columns before them.
[[nodiscard]] const char* verbOfColumn(int column);

} // namespace ui
