// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/change/journal.h"
#include "ui/base/cell.h"

#include <QAbstractTableModel>
#include <QString>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ui {

/// Lines of the journal, newest first, read page by page as somebody scrolls: how long the journal is costs nothing.
/// New lines come in on top and results change in place; nothing is reset but by another query.
class JournalModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Cluster, Who, Act, Object, Result, Title, ColumnCount };
    /// 0..7 for the cluster of a line, or -1.
    using HueOf = std::function<int(const change::JournalEntry&)>;

    JournalModel(change::Journal& journal, HueOf hueOf, QObject* parent = nullptr);

    /// What is shown stays until the first lines of the other query are there.
    void setQuery(change::JournalQuery query);
    /// Reads the newest lines again; what is known already stays where it is.
    void refresh();
    [[nodiscard]] const change::JournalEntry& entryAt(int row) const {
        return m_entries[static_cast<std::size_t>(row)];
    }
    /// All lines known of a set.
    [[nodiscard]] std::vector<const change::JournalEntry*> entriesOf(const std::string& set) const;
    [[nodiscard]] bool isComplete() const { return m_isComplete; }
    /// Nothing is being read, and something was, or could not be.
    [[nodiscard]] bool isSettled() const { return !m_isReading && (m_wasRead || m_problem); }
    /// Why the journal could not be read last; lines shown are those of before.
    [[nodiscard]] const std::optional<base::Error>& problem() const { return m_problem; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

signals:
    /// Something was read, or could not be.
    void readChanged();

private:
    enum class Want { Newest, More };
    void read(Want want);
    void take(Want want, std::vector<change::JournalEntry> page);
    void takeProblem(base::Error problem);
    void takeFirst(std::vector<change::JournalEntry> page);
    void takeNewest(std::vector<change::JournalEntry> page);
    void takeMore(std::vector<change::JournalEntry> page);
    [[nodiscard]] Cell cellAt(const change::JournalEntry& entry, int column) const;

    change::Journal& m_journal;
    HueOf m_hueOf;
    change::JournalQuery m_query;
    std::vector<change::JournalEntry> m_entries;
    std::optional<base::Error> m_problem;
    bool m_isComplete = false;
    bool m_isReading = false;
    bool m_wasRead = false;
    bool m_wantsNewest = false;
    bool m_wantsMore = false;
    std::shared_ptr<int> m_turn = std::make_shared<int>(0); ///< Of the query; an answer to a former one is dropped.
};

} // namespace ui
