// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/row.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fleet {

/// Where and why a filter text is not understood. Columns count characters (code points) from 0.
struct FilterError {
    std::size_t column = 0;
    std::size_t length = 1;
    std::string message;
};

class FilterNode;

/// What a filter looks at: rows of one view and what stands beside them.
struct FilterSubject {
    kube::RowRef row;
    std::string_view cluster;
    std::int64_t nowMs = 0;
};

/// A parsed filter: words, -words, field:value, field>value, label selectors (-l a=b,c!=d or label:a=b), /regex/, AND
/// OR NOT and parentheses; the same in window and qdctl. Immutable; matches() is safe from one thread at a time.
class Filter {
public:
    Filter(); ///< Matches everything.
    ~Filter();
    Filter(Filter&&) noexcept;
    Filter& operator=(Filter&&) noexcept;

    static tl::expected<Filter, FilterError> parse(std::string_view text);

    [[nodiscard]] bool isEmpty() const;
    [[nodiscard]] bool matches(const FilterSubject& subject) const;
    /// Whether the answer can change by time alone (ages), as far as the rows seen by matches() show.
    [[nodiscard]] bool dependsOnTime() const;

private:
    explicit Filter(std::unique_ptr<FilterNode> root);
    std::unique_ptr<FilterNode> m_root;
};

} // namespace fleet
