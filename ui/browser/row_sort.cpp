// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/row_sort.h"

#include "ui/browser/name_sort.h"
#include "ui/browser/sort_value.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace ui {

namespace {

using Positions = std::vector<std::uint32_t>;

// Gives each row its column, asking once for rows that follow each other with one layout.
class ColumnFinder {
public:
    explicit ColumnFinder(const SortColumnOf& columnOf)
        : m_columnOf(columnOf) {}

    const kube::Column* operator()(const kube::RowRef& row) {
        if (&row.layout() != m_layout) {
            m_layout = &row.layout();
            m_column = m_columnOf(row);
        }
        return m_column;
    }

private:
    const SortColumnOf& m_columnOf;
    const kube::RowLayout* m_layout = nullptr;
    const kube::Column* m_column = nullptr;
};

enum class Shape { Names, Texts, Values, Mixed };

Shape shapeOf(std::span<const kube::RowRef> rows, const SortColumnOf& columnOf) {
    bool names = true;
    bool texts = true;
    bool values = true;
    ColumnFinder find(columnOf);
    const kube::Column* seen = nullptr;
    for (const kube::RowRef& row : rows) {
        const kube::Column* column = find(row);
        if (column == seen)
            continue;
        seen = column;
        if (column == nullptr) {
            names = texts = false;
            continue;
        }
        const bool isText = column->format == kube::CellFormat::Text;
        names = names && isText && column->field == kube::kNameField && column->sort == kube::SortKind::Text;
        texts = texts && isText;
        values = values && !isText;
    }
    return names ? Shape::Names : texts ? Shape::Texts : values ? Shape::Values : Shape::Mixed;
}

// Stable; ranks below `count`.
Positions countingSort(const std::vector<std::uint32_t>& ranks, std::size_t count) {
    std::vector<std::uint32_t> starts(count + 1, 0);
    for (const std::uint32_t rank : ranks)
        ++starts[rank + 1];
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    Positions out(ranks.size());
    for (std::size_t i = 0; i < ranks.size(); ++i)
        out[starts[ranks[i]]++] = static_cast<std::uint32_t>(i);
    return out;
}

// Ranks of the distinct texts of one column over the pools of several stores.
class TextRanks {
public:
    // The number of the row's text among the distinct ones.
    std::uint32_t number(const kube::RowRef& row, const kube::Column& column) {
        if (&row.strings() != m_lastPool) {
            m_lastPool = &row.strings();
            const auto known = std::find_if(m_pools.begin(), m_pools.end(),
                                            [this](const Pool& pool) { return pool.strings == m_lastPool; });
            m_last = static_cast<std::size_t>(known - m_pools.begin());
            if (m_last == m_pools.size())
                m_pools.push_back({m_lastPool, std::vector<std::uint32_t>(m_lastPool->size(), kUnseen)});
        }
        const std::uint32_t index = row.textIndex(column.field);
        std::uint32_t& number = m_pools[m_last].numbers[index];
        if (number == kUnseen) {
            number = static_cast<std::uint32_t>(m_values.size());
            m_values.push_back(sortValueOfText(m_lastPool->text(index), column.sort));
        }
        return number;
    }

    // Rank by number. Equal values have one rank, absent ones the last.
    [[nodiscard]] std::vector<std::uint32_t> ranks(SortDirection direction) const {
        Positions order(m_values.size());
        std::iota(order.begin(), order.end(), 0U);
        const bool down = direction == SortDirection::Descending;
        const auto compare = [&](std::uint32_t a, std::uint32_t b) {
            const int c = compareSortValues(m_values[a], m_values[b]);
            return down && !m_values[a].isAbsent && !m_values[b].isAbsent ? -c : c;
        };
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return compare(a, b) < 0; });
        std::vector<std::uint32_t> out(m_values.size(), 0);
        std::uint32_t rank = 0;
        for (std::size_t i = 1; i < order.size(); ++i) {
            if (compare(order[i - 1], order[i]) != 0)
                ++rank;
            out[order[i]] = rank;
        }
        return out;
    }

private:
    static constexpr std::uint32_t kUnseen = UINT32_MAX;
    struct Pool {
        const kube::StringPool* strings;
        std::vector<std::uint32_t> numbers;
    };
    std::vector<Pool> m_pools;
    const kube::StringPool* m_lastPool = nullptr;
    std::size_t m_last = 0;
    std::vector<SortValue> m_values;
};

Positions sortTexts(std::span<const kube::RowRef> rows, const SortColumnOf& columnOf, SortDirection direction) {
    TextRanks distinct;
    ColumnFinder find(columnOf);
    std::vector<std::uint32_t> numbers(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        numbers[i] = distinct.number(rows[i], *find(rows[i]));
    const std::vector<std::uint32_t> ranks = distinct.ranks(direction);
    for (std::uint32_t& number : numbers)
        number = ranks[number];
    return countingSort(numbers, ranks.size());
}

Positions sortValues(std::span<const kube::RowRef> rows, const SortColumnOf& columnOf, SortDirection direction,
                     std::int64_t nowMs) {
    ColumnFinder find(columnOf);
    std::vector<std::uint64_t> keys(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const kube::Column* column = find(rows[i]);
        const SortValue value = column != nullptr ? sortValue(rows[i], *column, nowMs) : SortValue();
        const bool down = direction == SortDirection::Descending;
        keys[i] = value.isAbsent ? UINT64_MAX : down ? ~value.major : value.major;
    }
    return sortedByKey(std::move(keys), SortDirection::Ascending);
}

Positions sortMixed(std::span<const kube::RowRef> rows, const SortColumnOf& columnOf, SortDirection direction,
                    std::int64_t nowMs) {
    ColumnFinder find(columnOf);
    std::vector<SortValue> values(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (const kube::Column* column = find(rows[i]))
            values[i] = sortValue(rows[i], *column, nowMs);
    }
    Positions out(rows.size());
    std::iota(out.begin(), out.end(), 0U);
    const bool down = direction == SortDirection::Descending;
    std::stable_sort(out.begin(), out.end(), [&](std::uint32_t a, std::uint32_t b) {
        const int c = compareSortValues(values[a], values[b]);
        return down && !values[a].isAbsent && !values[b].isAbsent ? c > 0 : c < 0;
    });
    return out;
}

} // namespace

std::vector<std::uint32_t> sortedByKey(std::vector<std::uint64_t> keys, SortDirection direction) {
    struct Item {
        std::uint64_t key;
        std::uint32_t position;
    };
    constexpr unsigned kBits = 11;
    constexpr std::size_t kBuckets = std::size_t(1) << kBits;
    const bool down = direction == SortDirection::Descending;
    // Only the bits in which keys differ are worth a pass.
    std::uint64_t differing = 0;
    std::vector<Item> items(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        differing |= keys[i] ^ keys[0];
        items[i] = {down ? ~keys[i] : keys[i], static_cast<std::uint32_t>(i)};
    }
    std::vector<Item> other(items.size());
    for (unsigned shift = 0; shift < 64; shift += kBits) {
        if ((differing >> shift & (kBuckets - 1)) == 0)
            continue;
        std::array<std::uint32_t, kBuckets + 1> starts{};
        for (const Item& item : items)
            ++starts[(item.key >> shift & (kBuckets - 1)) + 1];
        std::partial_sum(starts.begin(), starts.end(), starts.begin());
        for (const Item& item : items)
            other[starts[item.key >> shift & (kBuckets - 1)]++] = item;
        items.swap(other);
    }
    std::vector<std::uint32_t> out(items.size());
    std::transform(items.begin(), items.end(), out.begin(), [](const Item& item) { return item.position; });
    return out;
}

std::vector<std::uint32_t> sortedPositions(std::span<const kube::RowRef> rows, const SortColumnOf& columnOf,
                                           SortDirection direction, std::int64_t nowMs) {
    switch (shapeOf(rows, columnOf)) {
    case Shape::Names:
        return sortNames(rows, direction);
    case Shape::Texts:
        return sortTexts(rows, columnOf, direction);
    case Shape::Values:
        return sortValues(rows, columnOf, direction, nowMs);
    case Shape::Mixed:
        break;
    }
    return sortMixed(rows, columnOf, direction, nowMs);
}

} // namespace ui
