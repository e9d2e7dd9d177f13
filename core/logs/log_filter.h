// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/filter.h"
#include "core/logs/log_block.h"
#include "core/logs/log_line.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace logs {

class FilterPart;

/// One bit a line of a block.
using Hits = std::vector<std::uint64_t>;

/// A filter over lines: the language of fleet::Filter (words, -words, "quoted", /regex/, field:value, field>value, AND
/// OR NOT and parentheses). Fields: level, pod, container, namespace (ns), cluster, else those that a JSON, logfmt or
/// klog line has. `level>=warn` compares by gravity. Immutable; any thread.
class LogFilter {
public:
    using SourceOf = std::function<SourceInfo(SourceId)>;

    LogFilter(); ///< Matches everything.
    ~LogFilter();
    LogFilter(LogFilter&&) noexcept;
    LogFilter& operator=(LogFilter&&) noexcept;

    static tl::expected<LogFilter, fleet::FilterError> parse(std::string_view text);

    [[nodiscard]] bool isEmpty() const;
    /// Which of the block's lines match. Looks at the whole block's text at once, and at single lines only where a
    /// field's name and value both stand.
    [[nodiscard]] Hits match(const LogBlock& block, const SourceOf& sourceOf) const;
    /// Whether a block whose lines have these levels may hold a match.
    [[nodiscard]] bool mayMatch(const std::array<std::uint32_t, kLevels>& levels) const;
    /// What to mark in a line that is shown: where and how long, in bytes, in order.
    [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> marks(std::string_view line) const;

private:
    std::shared_ptr<const FilterPart> m_root;
};

} // namespace logs
