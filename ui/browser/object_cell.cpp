// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/object_cell.h"

#include <algorithm>
#include <array>

namespace ui {

namespace {

// Columns that repeat from row to row or matter less than names and states.
bool isMuted(const kube::Column& column) {
    static constexpr std::array<std::string_view, 8> kMuted{"node",       "ip",     "nominated-node", "readiness-gates",
                                                            "containers", "images", "selector",       "internal-ip"};
    return column.format == kube::CellFormat::Age || column.format == kube::CellFormat::Elapsed ||
           std::find(kMuted.begin(), kMuted.end(), column.id) != kMuted.end();
}

bool isAbsent(const QString& text) {
    return text == QLatin1String("<none>") || text == QLatin1String("<unset>") || text == QLatin1String("<unknown>");
}

// "412Mi" as "412" and "Mi".
void splitUnit(Cell& cell) {
    qsizetype digits = 0;
    while (digits < cell.text.size() && (cell.text[digits].isDigit() || cell.text[digits] == u'.'))
        ++digits;
    if (digits == 0 || digits == cell.text.size() || cell.text.size() - digits > 2)
        return;
    cell.unit = cell.text.mid(digits);
    cell.text.truncate(digits);
}

} // namespace

QString fromUtf8(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

CellAlign alignOf(const kube::Column& column) {
    const bool figures = column.format != kube::CellFormat::Text || column.sort == kube::SortKind::Number ||
                         column.sort == kube::SortKind::Quantity || column.sort == kube::SortKind::Time;
    return figures ? CellAlign::Right : CellAlign::Left;
}

int stateColumn(const std::vector<kube::Column>& columns) {
    static constexpr std::array<std::string_view, 8> kTelling{"status", "phase",       "state", "ready",
                                                              "health", "completions", "type",  "name"};
    for (const std::string_view id : kTelling) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].id == id)
                return static_cast<int>(i);
        }
    }
    return columns.empty() ? -1 : 0;
}

Cell objectCell(const kube::RowRef& row, const kube::Column& column, std::int64_t nowMs) {
    Cell cell;
    cell.text = QString::fromStdString(row.cell(column, nowMs));
    cell.align = alignOf(column);
    if (column.format == kube::CellFormat::CountAgo) {
        if (const qsizetype blank = cell.text.indexOf(u' '); blank > 0) {
            cell.unit = cell.text.mid(blank + 1);
            cell.text.truncate(blank);
        }
    } else if (column.sort == kube::SortKind::Quantity) {
        splitUnit(cell);
    }
    if (column.id == "message")
        cell.elide = CellElide::End;
    if (isMuted(column) || isAbsent(cell.text))
        cell.ink = Ink::Muted;
    return cell;
}

} // namespace ui
