// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/acts/drain.h"
#include "ui/browser/act_dialogs.h"
#include "ui/browser/drain_table.h"

#include <memory>
#include <vector>

class QCheckBox;

namespace change {
class Door;
class DrainReader;
} // namespace change

namespace ui {

class TableView;

/// What is on nodes, what a drain would make of each pod, and what it may do. Reads the nodes again whenever it may do
/// something else.
class DrainDialog final : public ActDialog {
    Q_OBJECT
public:
    DrainDialog(const QString& about, change::Door& door, std::vector<change::Target> nodes, QWidget* parent);
    ~DrainDialog() override;

signals:
    /// `options` are what the drain may do.
    void chosen(const std::vector<change::Operation>& operations, const change::DrainOptions& options);

private:
    void take() override;
    void addTable();
    void addOptions();
    void read();
    void show(std::vector<change::NodeDrain> drains);
    [[nodiscard]] change::DrainOptions options() const;
    [[nodiscard]] QString summary() const;

    change::Door& m_door;
    const std::vector<change::Target> m_nodes;
    std::vector<change::NodeDrain> m_drains;
    std::unique_ptr<change::DrainReader> m_reader;
    QLabel* m_summary;
    TableView* m_table;
    DrainModel* m_model;
    QCheckBox* m_daemonSets;
    QCheckBox* m_localData;
    QCheckBox* m_unmanaged;
    QSpinBox* m_minutes;
    QSpinBox* m_grace;
};

} // namespace ui
