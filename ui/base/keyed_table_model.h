// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/cell.h"
#include "ui/base/ordered_table_model.h"

#include <QString>
#include <QVariant>

#include <concepts>
#include <functional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ui {

/// One column of a KeyedTableModel.
template <typename Row>
struct TableColumn {
    QString id; ///< For settings.
    QString title;
    int width = 100; ///< Device-independent pixels, to begin with.
    CellAlign align = CellAlign::Left;
    std::function<Cell(const Row&)> cell;
    /// What it sorts by; an invalid value stands last. Not given: the cell's text.
    std::function<QVariant(const Row&)> sortKey;
    /// Not given: the cell's text.
    std::function<QString(const Row&)> tooltip;
};

/// A live table of values that are known by a key: lists of up to some thousands. Each setRows() gives the whole truth;
/// views hear only of what differs, and selection and scroll stay.
template <typename Row, typename Key>
class KeyedTableModel : public OrderedTableModel {
public:
    using KeyOf = std::function<Key(const Row&)>;
    using Accept = std::function<bool(const Row&)>;

    KeyedTableModel(KeyOf keyOf, std::vector<TableColumn<Row>> columns, QObject* parent = nullptr)
        : OrderedTableModel(parent)
        , m_keyOf(std::move(keyOf))
        , m_columns(std::move(columns)) {}

    /// Their order is the natural one. Of rows with equal keys the last counts.
    void setRows(std::vector<Row> rows) {
        Change change;
        std::vector<int> seen(m_rows.size(), -1);
        std::vector<Entry> sequence;
        for (Row& row : rows) {
            Key key = m_keyOf(row);
            const auto known = m_entries.find(key);
            if (known == m_entries.end()) {
                const Entry entry = newEntry(std::move(row));
                m_entries.emplace(std::move(key), entry);
                change.added.push_back(entry);
                seen.resize(m_rows.size(), -1);
                seen[entry] = 1;
                sequence.push_back(entry);
                continue;
            }
            const Entry entry = known->second;
            if (seen[entry] < 0)
                sequence.push_back(entry);
            if (seen[entry] < 0 && !isSame(m_rows[entry].row, row))
                change.changed.push_back(entry);
            seen[entry] = 1;
            m_rows[entry].row = std::move(row);
        }
        for (auto at = m_entries.begin(); at != m_entries.end();) {
            if (seen[at->second] < 0) {
                change.removed.push_back(at->second);
                at = m_entries.erase(at);
            } else {
                ++at;
            }
        }
        // Places only ever grow apart or together; what counts is whether known rows passed each other.
        int lastKnown = -1;
        int place = 0;
        for (const Entry entry : sequence) {
            if (m_rows[entry].place >= 0) {
                change.naturalMoved = change.naturalMoved || m_rows[entry].place < lastKnown;
                lastKnown = m_rows[entry].place;
            }
            m_rows[entry].place = place++;
        }
        applyChange(change);
        for (const Entry entry : change.removed) {
            m_rows[entry] = {};
            m_free.push_back(entry);
        }
    }

    /// Rows that `accept` refuses are hidden; nothing: all are shown.
    void setFilter(Accept accept) {
        m_accept = std::move(accept);
        refilter();
    }

    [[nodiscard]] const Row& rowAt(int row) const { return m_rows[entryAt(row)].row; }
    /// Null if there is none.
    [[nodiscard]] const Row* find(const Key& key) const {
        const auto known = m_entries.find(key);
        return known == m_entries.end() ? nullptr : &m_rows[known->second].row;
    }
    /// -1 if there is none or it is filtered out.
    [[nodiscard]] int rowOfKey(const Key& key) const {
        const auto known = m_entries.find(key);
        return known == m_entries.end() ? -1 : rowOf(known->second);
    }
    [[nodiscard]] const std::vector<TableColumn<Row>>& columns() const { return m_columns; }

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }

    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override {
        if (!index.isValid())
            return {};
        const TableColumn<Row>& column = m_columns[static_cast<std::size_t>(index.column())];
        const Row& row = rowAt(index.row());
        switch (role) {
        case Qt::DisplayRole: {
            const Cell cell = column.cell(row);
            return cell.unit.isEmpty() ? cell.text : cell.text + QChar(u' ') + cell.unit;
        }
        case CellRole:
            return QVariant::fromValue(column.cell(row));
        case Qt::ToolTipRole:
            return column.tooltip ? column.tooltip(row) : column.cell(row).text;
        case Qt::TextAlignmentRole:
            return QVariant::fromValue(alignment(column.align));
        case SortRole:
            return key(row, column);
        default:
            return {};
        }
    }

    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return {};
        const TableColumn<Row>& column = m_columns[static_cast<std::size_t>(section)];
        if (role == Qt::DisplayRole)
            return column.title;
        if (role == Qt::TextAlignmentRole)
            return QVariant::fromValue(alignment(column.align));
        return {};
    }

protected:
    [[nodiscard]] int compare(Entry a, Entry b, int column, Qt::SortOrder order) const override {
        const TableColumn<Row>& by = m_columns[static_cast<std::size_t>(column)];
        const QVariant keyA = key(m_rows[a].row, by);
        const QVariant keyB = key(m_rows[b].row, by);
        if (!keyA.isValid() || !keyB.isValid())
            return int(keyB.isValid()) - int(keyA.isValid());
        const QPartialOrdering c = QVariant::compare(keyA, keyB);
        const int ascending = c == QPartialOrdering::Less ? -1 : c == QPartialOrdering::Greater ? 1 : 0;
        return order == Qt::AscendingOrder ? ascending : -ascending;
    }

    [[nodiscard]] bool naturallyBefore(Entry a, Entry b) const override { return m_rows[a].place < m_rows[b].place; }

    void filterEntries(const std::vector<Entry>& entries, std::vector<std::uint8_t>& accepted) const override {
        for (const Entry entry : entries)
            accepted[entry] = !m_accept || m_accept(m_rows[entry].row) ? 1 : 0;
    }

private:
    struct Held {
        Row row{};
        int place = -1;
    };

    static bool isSame(const Row& a, const Row& b) {
        if constexpr (std::equality_comparable<Row>)
            return a == b;
        else
            return false;
    }

    static Qt::Alignment alignment(CellAlign align) {
        return Qt::AlignVCenter | (align == CellAlign::Right ? Qt::AlignRight : Qt::AlignLeft);
    }

    static QVariant key(const Row& row, const TableColumn<Row>& column) {
        return column.sortKey ? column.sortKey(row) : QVariant(column.cell(row).text);
    }

    Entry newEntry(Row row) {
        if (m_free.empty()) {
            m_rows.push_back({std::move(row), -1});
            return static_cast<Entry>(m_rows.size() - 1);
        }
        const Entry entry = m_free.back();
        m_free.pop_back();
        m_rows[entry] = {std::move(row), -1};
        return entry;
    }

    KeyOf m_keyOf;
    std::vector<TableColumn<Row>> m_columns;
    std::vector<Held> m_rows; // By entry.
    std::vector<Entry> m_free;
    std::unordered_map<Key, Entry> m_entries;
    Accept m_accept;
};

} // namespace ui
