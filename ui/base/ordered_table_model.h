// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ui {

/// A table whose rows are known by a number of their own (Entry) and that sorts and filters by itself: one permutation
/// in natural order, one as sorted, and what of it passes the filter. A derived model owns the data behind the entries
/// and says how they compare; this class keeps the order, tells the views with the fewest signals (never a reset but by
/// resetEntries) and keeps persistent indexes on their rows.
class OrderedTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    /// Small dense numbers, given by the derived model; one that was removed may be given again.
    using Entry = std::uint32_t;
    static constexpr int kNaturalOrder = -1;

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const final;
    /// Column kNaturalOrder brings the natural order back.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    [[nodiscard]] int sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }

    [[nodiscard]] Entry entryAt(int row) const { return m_visible[static_cast<std::size_t>(row)]; }
    /// The row on which an entry stands now, -1 if it is filtered out or unknown.
    [[nodiscard]] int rowOf(Entry entry) const;
    /// How many there are, filtered out or not.
    [[nodiscard]] int totalCount() const { return static_cast<int>(m_natural.size()); }
    [[nodiscard]] const std::vector<Entry>& visibleEntries() const { return m_visible; }
    /// While dataChanged is told of many rows at once, which may lie anywhere in its range: whether this is one of
    /// them.
    [[nodiscard]] bool isChanging(int row) const { return m_marks[entryAt(row)] != 0; }
    [[nodiscard]] bool tellsWhichChange() const { return m_isTelling; }

signals:
    /// rowCount() or totalCount() may have changed.
    void countsChanged();
    void sortingChanged();

protected:
    struct Change {
        std::vector<Entry> added;
        std::vector<Entry> changed;
        std::vector<Entry> removed;
        /// The natural order between known entries is another one.
        bool naturalMoved = false;
    };

    /// Negative, zero or positive as a stands before, with or after b by that column, ascending or descending; the
    /// caller breaks ties by the natural order.
    [[nodiscard]] virtual int compare(Entry a, Entry b, int column, Qt::SortOrder order) const = 0;
    /// A strict total order that stays while entries live (see Change::naturalMoved).
    [[nodiscard]] virtual bool naturallyBefore(Entry a, Entry b) const = 0;
    /// Sorts everything; what comes in is in natural order and the result must be stable. Overridden where keys are
    /// cheaper than comparisons.
    virtual void sortEntries(std::vector<Entry>& entries, int column, Qt::SortOrder order) const;
    /// Same for the natural order.
    virtual void sortNaturally(std::vector<Entry>& entries) const;
    /// Writes 1 or 0 into accepted[entry] for each entry given.
    virtual void filterEntries(const std::vector<Entry>& entries, std::vector<std::uint8_t>& accepted) const;

    /// Another subject: what was known is void. The derived model swaps its data between the two.
    void beginResetEntries();
    void endResetEntries(std::vector<Entry> entries);
    /// The data has changed already; what data() gives for removed entries meanwhile does not matter but must be safe.
    void applyChange(const Change& change);
    /// What the filter says may have changed for every entry.
    void refilter();
    /// A column's values or the meaning of columns changed: sorts again.
    void resort();

private:
    [[nodiscard]] bool sortedBefore(Entry a, Entry b) const;
    [[nodiscard]] const std::vector<Entry>& order() const { return isSorted() ? m_sorted : m_natural; }
    [[nodiscard]] bool isSorted() const { return m_sortColumn != kNaturalOrder; }
    [[nodiscard]] bool hasMoved(const std::vector<Entry>& order) const;
    template <typename Before>
    void mergeInto(std::vector<Entry>& order, std::vector<Entry> incoming, const Before& before) const;
    [[nodiscard]] std::vector<Entry> passing() const;
    enum class Kept { InOrder, Moved };
    void show(std::vector<Entry> visible, Kept kept);
    bool showByRanges(const std::vector<Entry>& visible);
    void showByLayout(std::vector<Entry> visible);
    void tellChanged(const std::vector<Entry>& changed);
    void growTo(const std::vector<Entry>& entries);
    void indexRows() const;

    std::vector<Entry> m_natural;
    std::vector<Entry> m_sorted; // Empty in natural order.
    std::vector<Entry> m_visible;
    std::vector<std::uint8_t> m_accepted; // By entry.
    std::vector<std::uint8_t> m_marks;    // By entry, zero between calls.
    mutable std::vector<int> m_rows;      // By entry, -1 where hidden; empty: to be made.
    bool m_isTelling = false;             // m_marks hold what dataChanged is about.
    int m_sortColumn = kNaturalOrder;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace ui
