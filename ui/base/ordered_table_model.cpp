// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/ordered_table_model.h"

#include <algorithm>

namespace ui {

namespace {

constexpr std::uint8_t kGone = 1;    // Leaves the order.
constexpr std::uint8_t kTouched = 2; // Its data changed.

// Up to here each run of rows that comes or goes is told by itself; beyond it one layout change is cheaper for views.
constexpr std::size_t kMaxRuns = 16;

// The rows of `from` that are not in `to`, as runs [first, last]; both hold common entries in the same order.
struct Run {
    int first;
    int last;
};

void appendTo(std::vector<Run>& runs, int row) {
    if (!runs.empty() && runs.back().last + 1 == row)
        runs.back().last = row;
    else
        runs.push_back({row, row});
}

} // namespace

int OrderedTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_visible.size());
}

bool OrderedTableModel::sortedBefore(Entry a, Entry b) const {
    if (isSorted()) {
        if (const int c = compare(a, b, m_sortColumn, m_sortOrder); c != 0)
            return c < 0;
    }
    return naturallyBefore(a, b);
}

void OrderedTableModel::sortEntries(std::vector<Entry>& entries, int column, Qt::SortOrder order) const {
    std::stable_sort(entries.begin(), entries.end(),
                     [&](Entry a, Entry b) { return compare(a, b, column, order) < 0; });
}

void OrderedTableModel::sortNaturally(std::vector<Entry>& entries) const {
    std::sort(entries.begin(), entries.end(), [this](Entry a, Entry b) { return naturallyBefore(a, b); });
}

void OrderedTableModel::filterEntries(const std::vector<Entry>& entries, std::vector<std::uint8_t>& accepted) const {
    for (const Entry entry : entries)
        accepted[entry] = 1;
}

void OrderedTableModel::growTo(const std::vector<Entry>& entries) {
    if (entries.empty())
        return;
    const std::size_t needed = std::size_t(*std::max_element(entries.begin(), entries.end())) + 1;
    if (needed > m_accepted.size()) {
        m_accepted.resize(needed, 0);
        m_marks.resize(needed, 0);
    }
}

void OrderedTableModel::indexRows() const {
    m_rows.assign(m_accepted.size(), -1);
    for (std::size_t row = 0; row < m_visible.size(); ++row)
        m_rows[m_visible[row]] = static_cast<int>(row);
}

int OrderedTableModel::rowOf(Entry entry) const {
    if (m_visible.empty())
        return -1;
    if (m_rows.empty())
        indexRows();
    return entry < m_rows.size() ? m_rows[entry] : -1;
}

void OrderedTableModel::beginResetEntries() {
    beginResetModel();
    m_natural.clear();
    m_sorted.clear();
    m_visible.clear();
    m_accepted.clear();
    m_marks.clear();
    m_rows.clear();
}

void OrderedTableModel::endResetEntries(std::vector<Entry> entries) {
    growTo(entries);
    m_natural = std::move(entries);
    sortNaturally(m_natural);
    if (isSorted()) {
        m_sorted = m_natural;
        sortEntries(m_sorted, m_sortColumn, m_sortOrder);
    }
    filterEntries(m_natural, m_accepted);
    m_visible = passing();
    endResetModel();
    emit countsChanged();
}

std::vector<OrderedTableModel::Entry> OrderedTableModel::passing() const {
    std::vector<Entry> visible;
    visible.reserve(order().size());
    std::copy_if(order().begin(), order().end(), std::back_inserter(visible),
                 [this](Entry entry) { return m_accepted[entry] != 0; });
    return visible;
}

void OrderedTableModel::sort(int column, Qt::SortOrder order) {
    m_sortColumn = column < columnCount() ? column : kNaturalOrder;
    m_sortOrder = order;
    resort();
    emit sortingChanged();
}

void OrderedTableModel::resort() {
    m_sorted.clear();
    if (isSorted()) {
        m_sorted = m_natural;
        sortEntries(m_sorted, m_sortColumn, m_sortOrder);
    }
    showByLayout(passing());
}

void OrderedTableModel::refilter() {
    filterEntries(m_natural, m_accepted);
    const std::size_t before = m_visible.size();
    show(passing(), Kept::InOrder);
    if (m_visible.size() != before)
        emit countsChanged();
}

// Whether an entry that was touched no longer stands between its neighbours.
bool OrderedTableModel::hasMoved(const std::vector<Entry>& order) const {
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (m_marks[order[i]] != kTouched)
            continue;
        if (i > 0 && !sortedBefore(order[i - 1], order[i]))
            return true;
        if (i + 1 < order.size() && !sortedBefore(order[i], order[i + 1]))
            return true;
    }
    return false;
}

// Puts `incoming` where it belongs.
template <typename Before>
void OrderedTableModel::mergeInto(std::vector<Entry>& order, std::vector<Entry> incoming, const Before& before) const {
    if (incoming.empty())
        return;
    if (!std::is_sorted(incoming.begin(), incoming.end(), before))
        std::sort(incoming.begin(), incoming.end(), before);
    // From the back, so that everything moves once; the place of each is found by halving, or at once where it follows
    // the one before, as in a list that arrives in order.
    std::size_t from = order.size();
    std::size_t to = from + incoming.size();
    order.resize(to);
    for (std::size_t left = incoming.size(); left > 0; --left) {
        const Entry entry = incoming[left - 1];
        const auto end = order.begin() + static_cast<std::ptrdiff_t>(from);
        if (from > 0 && before(entry, *(end - 1))) {
            const auto at = std::upper_bound(order.begin(), end, entry, before);
            const auto tail = static_cast<std::size_t>(end - at);
            std::move_backward(at, end, order.begin() + static_cast<std::ptrdiff_t>(to));
            from -= tail;
            to -= tail;
        }
        order[--to] = entry;
    }
}

void OrderedTableModel::applyChange(const Change& change) {
    growTo(change.added);
    const int total = totalCount();
    const int shown = rowCount();

    for (const Entry entry : change.removed)
        m_marks[entry] = kGone;
    for (const Entry entry : change.changed)
        m_marks[entry] = kTouched;

    if (!change.removed.empty()) {
        const auto isGone = [this](Entry entry) { return m_marks[entry] == kGone; };
        std::erase_if(m_sorted, isGone);
        std::erase_if(m_natural, isGone);
    }
    auto kept = Kept::InOrder;
    const bool moved = isSorted() && !change.changed.empty() && hasMoved(m_sorted);
    if (isSorted()) {
        std::vector<Entry> incoming = change.added;
        if (moved) {
            kept = Kept::Moved;
            std::erase_if(m_sorted, [this](Entry entry) { return m_marks[entry] == kTouched; });
            incoming.insert(incoming.end(), change.changed.begin(), change.changed.end());
        }
        mergeInto(m_sorted, std::move(incoming), [this](Entry a, Entry b) { return sortedBefore(a, b); });
    }
    mergeInto(m_natural, change.added, [this](Entry a, Entry b) { return naturallyBefore(a, b); });
    for (const Entry entry : change.removed)
        m_marks[entry] = 0;
    for (const Entry entry : change.changed)
        m_marks[entry] = 0;
    if (change.naturalMoved) {
        kept = Kept::Moved;
        sortNaturally(m_natural);
        if (isSorted()) {
            m_sorted = m_natural;
            sortEntries(m_sorted, m_sortColumn, m_sortOrder);
        }
    }

    for (const Entry entry : change.removed)
        m_accepted[entry] = 0;
    filterEntries(change.added, m_accepted);
    filterEntries(change.changed, m_accepted);
    show(passing(), kept);
    tellChanged(change.changed);
    if (total != totalCount() || shown != rowCount())
        emit countsChanged();
}

void OrderedTableModel::tellChanged(const std::vector<Entry>& changed) {
    int first = -1;
    int last = -1;
    for (const Entry entry : changed) {
        m_marks[entry] = kTouched;
        const int row = rowOf(entry);
        if (row < 0)
            continue;
        first = first < 0 ? row : std::min(first, row);
        last = std::max(last, row);
    }
    m_isTelling = true;
    if (first >= 0)
        emit dataChanged(index(first, 0), index(last, columnCount() - 1));
    m_isTelling = false;
    for (const Entry entry : changed)
        m_marks[entry] = 0;
}

void OrderedTableModel::show(std::vector<Entry> visible, Kept kept) {
    if (visible == m_visible)
        return;
    if (kept == Kept::Moved || !showByRanges(visible))
        showByLayout(std::move(visible));
}

// Tells the views run by run; false, and nothing done, if there are too many runs.
bool OrderedTableModel::showByRanges(const std::vector<Entry>& visible) {
    // m_accepted tells what stays; what comes is what stands in `visible` alone. Common entries are in the same order.
    std::vector<Run> going;
    std::vector<Run> coming;
    std::size_t old = 0;
    std::size_t fresh = 0;
    while (old < m_visible.size() || fresh < visible.size()) {
        if (old < m_visible.size() && m_accepted[m_visible[old]] == 0)
            appendTo(going, static_cast<int>(old++));
        else if (old < m_visible.size() && fresh < visible.size() && m_visible[old] == visible[fresh])
            ++old, ++fresh;
        else if (fresh < visible.size())
            appendTo(coming, static_cast<int>(fresh++));
        else
            return false;
        if (going.size() + coming.size() > kMaxRuns)
            return false;
    }
    for (auto run = going.rbegin(); run != going.rend(); ++run) {
        beginRemoveRows({}, run->first, run->last);
        m_rows.clear();
        m_visible.erase(m_visible.begin() + run->first, m_visible.begin() + run->last + 1);
        endRemoveRows();
    }
    for (const Run& run : coming) {
        beginInsertRows({}, run.first, run.last);
        m_rows.clear();
        m_visible.insert(m_visible.begin() + run.first, visible.begin() + run.first, visible.begin() + run.last + 1);
        endInsertRows();
    }
    return true;
}

void OrderedTableModel::showByLayout(std::vector<Entry> visible) {
    // The hint keeps the horizontal header, whose columns stay as they are, out of it.
    emit layoutAboutToBeChanged({}, QAbstractItemModel::VerticalSortHint);
    const QModelIndexList old = persistentIndexList();
    std::vector<Entry> entries;
    entries.reserve(static_cast<std::size_t>(old.size()));
    for (const QModelIndex& index : old)
        entries.push_back(entryAt(index.row()));
    m_visible = std::move(visible);
    m_rows.clear();
    QModelIndexList now;
    now.reserve(old.size());
    for (qsizetype i = 0; i < old.size(); ++i) {
        const int row = rowOf(entries[static_cast<std::size_t>(i)]);
        now.append(row < 0 ? QModelIndex() : index(row, old[i].column()));
    }
    changePersistentIndexList(old, now);
    emit layoutChanged({}, QAbstractItemModel::VerticalSortHint);
}

} // namespace ui
