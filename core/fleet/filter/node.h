// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/filter.h"
#include "core/fleet/filter/term.h"

#include <memory>
#include <string>
#include <vector>

namespace fleet {

/// A node of a parsed filter.
class FilterNode {
public:
    virtual ~FilterNode() = default;
    virtual bool matches(const FilterSubject& subject) = 0;
    [[nodiscard]] virtual bool dependsOnTime() const { return false; }
};

using FilterNodePtr = std::unique_ptr<FilterNode>;

FilterNodePtr makeAnd(std::vector<FilterNodePtr> parts);
FilterNodePtr makeOr(std::vector<FilterNodePtr> parts);
FilterNodePtr makeNot(FilterNodePtr part);
/// `text` anywhere in the row, ASCII case ignored.
FilterNodePtr makeWord(std::string text);

/// The nodes below fail with what is wrong with `value`.
using NodeResult = tl::expected<FilterNodePtr, std::string>;
NodeResult makeRegex(const std::string& pattern);
NodeResult makeField(std::string field, Comparison comparison, std::string value);
NodeResult makeFieldRegex(std::string field, const std::string& pattern);
NodeResult makeSelector(const std::string& selector);

} // namespace fleet
