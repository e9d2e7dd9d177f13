// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/browser/table_state.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

class ObjectTable;
class ObjectTableModel;

/// The table in the middle, what clusters say above it, and what stands in its place when there are no rows.
class TablePanel : public QWidget {
    Q_OBJECT
public:
    explicit TablePanel(ObjectTableModel& model, QWidget* parent = nullptr);

    [[nodiscard]] ObjectTable& table() const { return *m_table; }
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

    ObjectTable* m_table;
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
