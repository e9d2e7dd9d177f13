// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace ui {

/// Files as a tree in the table's dress: rows of Measure::row(), hairlines, glyphs that tell folders, files and links
/// apart. Enter and a double click open, Backspace goes up.
class FileTreeView : public QTreeView {
    Q_OBJECT
public:
    explicit FileTreeView(QWidget* parent = nullptr);

signals:
    void opened(const QModelIndex& index);
    void upAsked();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;

private:
    void divide();
};

} // namespace ui
