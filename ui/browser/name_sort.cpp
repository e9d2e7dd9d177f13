// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/name_sort.h"

#include <algorithm>
#include <string_view>

namespace ui {

namespace {

// Rows that follow each other, whose names begin with `stem` and strictly ascend.
struct Run {
    std::uint64_t key = 0; // The stem's first bytes.
    std::string_view stem;
    std::uint32_t first = 0;
    std::uint32_t end = 0;
};

// The first eight bytes as a number in the same order.
std::uint64_t firstBytes(std::string_view text) {
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < 8; ++i)
        key = key << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
    return key;
}

Run makeRun(std::string_view stem, std::size_t first, std::size_t end) {
    return {firstBytes(stem), stem, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end)};
}

std::vector<Run> findRuns(std::span<const kube::RowRef> rows) {
    std::vector<Run> runs;
    std::string_view last;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string_view name = rows[i].name();
        const std::size_t dash = name.rfind('-');
        const std::string_view stem = dash == std::string_view::npos ? name : name.substr(0, dash + 1);
        if (runs.empty() || runs.back().stem != stem || name.substr(stem.size()) <= last.substr(stem.size()))
            runs.push_back(makeRun(stem, i, i + 1));
        else
            runs.back().end = static_cast<std::uint32_t>(i + 1);
        last = name;
    }
    return runs;
}

void sortRuns(std::vector<Run>& runs) {
    std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
        if (a.key != b.key)
            return a.key < b.key;
        if (const int c = a.stem.compare(b.stem); c != 0)
            return c < 0;
        return a.first < b.first;
    });
}

// "cart-" of "cart-0" is the beginning of "cart-v1-", too: names of such runs stand between each other, so that each
// name becomes a run of its own.
void splitEnclosing(std::vector<Run>& runs, std::span<const kube::RowRef> rows) {
    std::vector<Run> singles;
    for (std::size_t i = 0; i < runs.size();) {
        std::size_t next = i + 1;
        while (next < runs.size() && runs[next].stem == runs[i].stem)
            ++next;
        if (next < runs.size() && runs[next].stem.starts_with(runs[i].stem)) {
            for (std::size_t run = i; run < next; ++run) {
                for (std::uint32_t row = runs[run].first; row < runs[run].end; ++row)
                    singles.push_back(makeRun(rows[row].name(), row, row + 1));
                runs[run].end = runs[run].first;
            }
        }
        i = next;
    }
    if (singles.empty())
        return;
    std::erase_if(runs, [](const Run& run) { return run.first == run.end; });
    runs.insert(runs.end(), singles.begin(), singles.end());
    sortRuns(runs);
}

// Several runs whose names may stand between each other; all begin with the same `skip` bytes.
void appendMerged(std::vector<std::uint32_t>& out, std::span<const Run> runs, std::size_t skip,
                  std::span<const kube::RowRef> rows, SortDirection direction) {
    struct Item {
        std::uint64_t key;
        std::uint32_t row;
    };
    std::vector<Item> items;
    for (const Run& run : runs) {
        for (std::uint32_t row = run.first; row < run.end; ++row)
            items.push_back({firstBytes(rows[row].name().substr(skip)), row});
    }
    const bool down = direction == SortDirection::Descending;
    std::sort(items.begin(), items.end(), [&](const Item& a, const Item& b) {
        if (a.key != b.key)
            return (a.key < b.key) != down;
        if (const int c = rows[a.row].name().compare(rows[b.row].name()); c != 0)
            return (c < 0) != down;
        return a.row < b.row;
    });
    for (const Item& item : items)
        out.push_back(item.row);
}

} // namespace

std::vector<std::uint32_t> sortNames(std::span<const kube::RowRef> rows, SortDirection direction) {
    std::vector<Run> runs = findRuns(rows);
    sortRuns(runs);
    splitEnclosing(runs, rows);

    // Runs that cannot be told apart by their stems alone, in groups.
    std::vector<std::span<const Run>> groups;
    for (std::size_t i = 0; i < runs.size();) {
        std::size_t next = i + 1;
        while (next < runs.size() && runs[next].stem.starts_with(runs[i].stem))
            ++next;
        groups.emplace_back(runs.data() + i, next - i);
        i = next;
    }
    if (direction == SortDirection::Descending)
        std::reverse(groups.begin(), groups.end());

    std::vector<std::uint32_t> out;
    out.reserve(rows.size());
    for (const std::span<const Run> group : groups) {
        if (group.size() > 1) {
            appendMerged(out, group, group.front().stem.size(), rows, direction);
        } else if (direction == SortDirection::Ascending) {
            for (std::uint32_t row = group[0].first; row < group[0].end; ++row)
                out.push_back(row);
        } else {
            for (std::uint32_t row = group[0].end; row > group[0].first; --row)
                out.push_back(row - 1);
        }
    }
    return out;
}

} // namespace ui
