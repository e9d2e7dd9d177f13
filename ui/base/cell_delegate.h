// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/cell.h"

#include <QStyledItemDelegate>

namespace ui {

/// Draws every table and list of the program from the Cell that the model gives under CellRole (from Qt::DisplayRole
/// where it gives none): band, mark, text, unit, chip, bar; hairline below; long texts elided in the middle with the
/// whole in a tooltip; figures right-aligned with equal digit widths.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

    static Cell cellOf(const QModelIndex& index);
    static QFont fontOf(const Cell& cell);
};

/// Draws a cell without a model, for painted widgets; `box` is the whole cell.
void paintCell(QPainter& painter, const QRect& box, const Cell& cell);
/// The width a cell needs to show everything.
int cellWidth(const Cell& cell);

} // namespace ui
