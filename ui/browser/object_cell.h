// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/row.h"
#include "ui/base/cell.h"

#include <QString>

#include <cstdint>
#include <string_view>
#include <vector>

namespace ui {

QString fromUtf8(std::string_view text);
/// Figures stand right, words left.
CellAlign alignOf(const kube::Column& column);
/// Which column bears the mark of an object's state: the one that says it in words, or else the name. -1 without
/// columns.
int stateColumn(const std::vector<kube::Column>& columns);
/// The cell as it is drawn: what repeats muted, units apart. Its text and unit together read as kubectl prints it but
/// for a blank before the unit.
Cell objectCell(const kube::RowRef& row, const kube::Column& column, std::int64_t nowMs);

} // namespace ui
