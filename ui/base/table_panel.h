// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/table_face.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

class TableView;

/// A page's table, what clusters say above it, and what stands in its place when there are no rows.
class TablePanel : public QWidget {
    Q_OBJECT
public:
    /// Takes the table in.
    explicit TablePanel(TableView& table, QWidget* parent = nullptr);

    void setState(const TableState& state);

signals:
    void retryWanted(fleet::ClusterId cluster);
    void clearFilterWanted();
    void allNamespacesWanted();
    void fleetWanted();
    /// The text for whoever may grant what is missing.
    void requestWanted();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showNotices(const std::vector<TableNotice>& notices);
    void act();

    TableView* m_table;
    QWidget* m_notices;
    QVBoxLayout* m_noticeRows;
    QWidget* m_blank;
    QLabel* m_title;
    QLabel* m_advice;
    QPushButton* m_action;
    TableFace m_face = TableFace::Rows;
    QString m_shownNotices;
};

} // namespace ui
