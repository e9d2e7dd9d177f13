// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <string>
#include <vector>

class QListWidget;

namespace ui {

class ObjectTable;
class ObjectTableModel;

/// Chooses and orders the columns of the kind that is shown; remembered for it. Alt+Up and Alt+Down move a column.
class ColumnsDialog : public QDialog {
    Q_OBJECT
public:
    ColumnsDialog(const ObjectTableModel& model, ObjectTable& table, QWidget* parent = nullptr);

private:
    void fill(const std::vector<std::string>& shown);
    void move(int step);
    void apply();

    const ObjectTableModel& m_model;
    ObjectTable& m_table;
    QListWidget* m_list;
};

} // namespace ui
