// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/acts/revisions.h"
#include "ui/browser/act_dialogs.h"
#include "ui/browser/history_table.h"

#include <memory>
#include <vector>

namespace change {
class Door;
} // namespace change

namespace ui {

class DiffView;
class TableView;

/// What workloads have rolled out, how each revision differs from what is there now, and the way back to one of each.
class HistoryDialog final : public ActDialog {
    Q_OBJECT
public:
    HistoryDialog(const QString& about, const fleet::Fleet& fleet, change::Door& door,
                  std::vector<change::Workload> workloads, QWidget* parent);
    ~HistoryDialog() override;

signals:
    void chosen(const std::vector<change::Operation>& operations);

private:
    void take() override;
    void build();
    void show(change::RevisionReader::Answers answers);
    void chooseTheOneBefore();
    void readChoice();
    void readDifference();
    [[nodiscard]] std::vector<HistoryRow> selected() const;
    /// An error says what is wrong with the choice.
    [[nodiscard]] base::Result<std::vector<change::Operation>> operations() const;

    const fleet::Fleet& m_fleet;
    change::Door& m_door;
    const std::vector<change::Workload> m_workloads;
    change::RevisionReader::Answers m_answers;
    std::unique_ptr<change::RevisionReader> m_reader;
    QLabel* m_summary;
    TableView* m_table;
    HistoryModel* m_model;
    DiffView* m_diff;
};

} // namespace ui
