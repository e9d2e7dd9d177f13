// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/line_diff.h"

#include "core/change/redact.h"
#include "core/kube/go_json.h"
#include "core/kube/yaml_text.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>

namespace change {

namespace {

using Lines = std::vector<std::string_view>;

/// Beyond so many differing lines the rest is taken as changed: the search takes time by their square.
constexpr std::size_t kMostEdits = 1500;
constexpr std::size_t kAround = 3;

Lines linesOf(std::string_view text) {
    Lines lines;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        lines.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return lines;
}

/// Lines that stand on both sides, by index.
using Matches = std::vector<std::pair<std::size_t, std::size_t>>;

/// Myers' greedy search (An O(ND) Difference Algorithm and Its Variations, 1986) within [0,n) and [0,m).
class Search {
public:
    Search(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b)
        : m_a(a)
        , m_b(b) {}

    Matches run() {
        const auto n = static_cast<std::ptrdiff_t>(m_a.size());
        const auto m = static_cast<std::ptrdiff_t>(m_b.size());
        const auto most = static_cast<std::ptrdiff_t>(std::min(m_a.size() + m_b.size(), kMostEdits));
        std::vector<std::ptrdiff_t> reach(static_cast<std::size_t>(2 * most + 3), 0);
        const auto at = [&reach, most](std::ptrdiff_t k) -> std::ptrdiff_t& {
            return reach[static_cast<std::size_t>(k + most + 1)];
        };
        for (std::ptrdiff_t d = 0; d <= most; ++d) {
            // Only the diagonals of this round are kept, for the way back.
            m_rounds.emplace_back(reach.begin() + (most + 1 - d - 1), reach.begin() + (most + 1 + d + 2));
            for (std::ptrdiff_t k = -d; k <= d; k += 2) {
                std::ptrdiff_t x = k == -d || (k != d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
                while (x < n && x - k < m && same(x, x - k))
                    ++x;
                at(k) = x;
                if (x >= n && x - k >= m)
                    return wayBack(d, n, m);
            }
        }
        return {};
    }

private:
    bool same(std::ptrdiff_t x, std::ptrdiff_t y) const {
        return m_a[static_cast<std::size_t>(x)] == m_b[static_cast<std::size_t>(y)];
    }

    Matches wayBack(std::ptrdiff_t d, std::ptrdiff_t x, std::ptrdiff_t y) const {
        Matches matches;
        for (; d > 0; --d) {
            const auto& reach = m_rounds[static_cast<std::size_t>(d)];
            const auto at = [&reach, d](std::ptrdiff_t k) { return reach[static_cast<std::size_t>(k + d + 1)]; };
            const std::ptrdiff_t k = x - y;
            const std::ptrdiff_t from = k == -d || (k != d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
            const std::ptrdiff_t startX = at(from);
            const std::ptrdiff_t startY = startX - from;
            while (x > startX && y > startY && x > 0 && y > 0 && same(x - 1, y - 1))
                matches.emplace_back(--x, --y);
            x = startX;
            y = startY;
        }
        while (x > 0 && y > 0)
            matches.emplace_back(--x, --y);
        std::reverse(matches.begin(), matches.end());
        return matches;
    }

    const std::vector<std::uint32_t>& m_a;
    const std::vector<std::uint32_t>& m_b;
    std::vector<std::vector<std::ptrdiff_t>> m_rounds;
};

Matches matchesOf(const Lines& before, const Lines& after) {
    std::size_t head = 0;
    while (head < before.size() && head < after.size() && before[head] == after[head])
        ++head;
    std::size_t tail = 0;
    while (tail < before.size() - head && tail < after.size() - head &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    std::map<std::string_view, std::uint32_t> numbers;
    const auto numbered = [&numbers, head, tail](const Lines& lines) {
        std::vector<std::uint32_t> out;
        for (std::size_t i = head; i < lines.size() - tail; ++i)
            out.push_back(numbers.try_emplace(lines[i], static_cast<std::uint32_t>(numbers.size())).first->second);
        return out;
    };
    const std::vector<std::uint32_t> a = numbered(before);
    const std::vector<std::uint32_t> b = numbered(after);
    Matches matches;
    for (std::size_t i = 0; i < head; ++i)
        matches.emplace_back(i, i);
    for (const auto& [x, y] : Search(a, b).run())
        matches.emplace_back(x + head, y + head);
    for (std::size_t i = tail; i > 0; --i)
        matches.emplace_back(before.size() - i, after.size() - i);
    return matches;
}

void addGap(const Lines& before, const Lines& after, std::pair<std::size_t, std::size_t> from,
            std::pair<std::size_t, std::size_t> to, std::vector<DiffRow>& rows) {
    auto [x, y] = from;
    for (; x < to.first && y < to.second; ++x, ++y)
        rows.push_back({DiffKind::Changed, x + 1, y + 1, std::string(before[x]), std::string(after[y])});
    for (; x < to.first; ++x)
        rows.push_back({DiffKind::Removed, x + 1, 0, std::string(before[x]), {}});
    for (; y < to.second; ++y)
        rows.push_back({DiffKind::Added, 0, y + 1, {}, std::string(after[y])});
}

struct Range {
    std::size_t first = 0;
    std::size_t count = 0;
};

std::string rangeText(Range range) {
    if (range.count == 1)
        return std::to_string(range.first);
    return std::to_string(range.first) + "," + std::to_string(range.count);
}

/// One hunk: rows [from, to) of the whole.
std::string hunk(const std::vector<DiffRow>& rows, std::size_t from, std::size_t to) {
    Range left;
    Range right;
    std::string text;
    std::string added;
    for (std::size_t i = from; i < to; ++i) {
        const DiffRow& row = rows[i];
        if (row.left > 0 && left.count++ == 0)
            left.first = row.left;
        if (row.right > 0 && right.count++ == 0)
            right.first = row.right;
        if (row.kind == DiffKind::Same) {
            text += std::exchange(added, {}) + " " + row.leftText + "\n";
            continue;
        }
        if (row.left > 0)
            text += "-" + row.leftText + "\n";
        if (row.right > 0)
            added += "+" + row.rightText + "\n";
    }
    return "@@ -" + rangeText(left) + " +" + rangeText(right) + " @@\n" + text + added;
}

} // namespace

std::vector<DiffRow> sideBySide(std::string_view before, std::string_view after) {
    const Lines left = linesOf(before);
    const Lines right = linesOf(after);
    std::vector<DiffRow> rows;
    std::pair<std::size_t, std::size_t> from;
    for (const auto& [x, y] : matchesOf(left, right)) {
        addGap(left, right, from, {x, y}, rows);
        rows.push_back({DiffKind::Same, x + 1, y + 1, std::string(left[x]), std::string(right[y])});
        from = {x + 1, y + 1};
    }
    addGap(left, right, from, {left.size(), right.size()}, rows);
    return rows;
}

std::string unifiedDiff(std::string_view before, std::string_view after, std::string_view beforeName,
                        std::string_view afterName) {
    const std::vector<DiffRow> rows = sideBySide(before, after);
    std::string text;
    for (std::size_t i = 0; i < rows.size();) {
        if (rows[i].kind == DiffKind::Same) {
            ++i;
            continue;
        }
        const std::size_t from = i > kAround ? i - kAround : 0;
        // Changes so near each other that their surroundings meet stand together.
        std::size_t last = i;
        for (std::size_t next = i; next < rows.size() && next <= last + 2 * kAround + 1; ++next) {
            if (rows[next].kind != DiffKind::Same)
                last = next;
        }
        const std::size_t to = std::min(last + kAround + 1, rows.size());
        text += hunk(rows, from, to);
        i = to;
    }
    if (text.empty())
        return text;
    return "--- " + std::string(beforeName) + "\n+++ " + std::string(afterName) + "\n" + text;
}

std::string diffText(std::string_view json, std::string_view kind) {
    if (json.empty() || json == "null")
        return {};
    base::Result<nlohmann::json> object = kube::parseGoJson(redacted(json, kind));
    if (!object)
        return {};
    const auto metadata = object->is_object() ? object->find("metadata") : object->end();
    if (object->is_object() && metadata != object->end() && metadata->is_object()) {
        for (const char* key : {"managedFields", "resourceVersion", "generation"})
            metadata->erase(key);
    }
    return kube::toYaml(kube::toGoJson(*object, kube::JsonLayout::Compact), kube::ManagedFields::Folded)
        .value_or(std::string());
}

} // namespace change
