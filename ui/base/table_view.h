// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>
#include <QTableView>

#include <vector>

namespace ui {

/// A header without relief: muted semibold titles over a hairline, a small arrow where it sorts.
class HeaderView : public QHeaderView {
    Q_OBJECT
public:
    explicit HeaderView(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;
    [[nodiscard]] QSize sectionSizeFromContents(int section) const override;
};

/// The table of every page: rows of Measure::row() with hairlines, whole rows selected, CellDelegate, HeaderView, the
/// first text keyboard-searched, no grid, no wrapping, nothing resized to contents.
class TableView : public QTableView {
    Q_OBJECT
public:
    explicit TableView(QWidget* parent = nullptr);

    /// Room for a column: its width, and its share of what the view is wider than all widths together.
    struct Room {
        int width;
        int share;
    };
    /// Divides the view's width among the columns until somebody draws one wider or narrower.
    void setRooms(std::vector<Room> rooms);

    /// Paints those of the visible rows that changed, where the model knows them.
    void dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles = {}) override;

signals:
    /// Enter or a double click on a row.
    void opened(const QModelIndex& index);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void divide();

    std::vector<Room> m_rooms;
    bool m_dividing = false;
};

} // namespace ui
