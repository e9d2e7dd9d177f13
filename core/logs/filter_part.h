// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/filter/term.h"
#include "core/logs/log_filter.h"

#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace logs {

using Marks = std::vector<std::pair<std::size_t, std::size_t>>;

/// A node of a parsed filter over lines.
class FilterPart {
public:
    virtual ~FilterPart() = default;
    /// Clears the bits of lines that do not match; where no bit is left it need not look.
    virtual void narrow(const LogBlock& block, const LogFilter::SourceOf& sourceOf, Hits& hits) const = 0;
    [[nodiscard]] virtual bool mayMatch(const std::array<std::uint32_t, kLevels>& /*levels*/) const { return true; }
    virtual void mark(std::string_view /*line*/, Marks& /*marks*/) const {}
};

using FilterPartPtr = std::unique_ptr<FilterPart>;

/// Fails with what is wrong with the term's value.
using PartResult = tl::expected<FilterPartPtr, std::string>;
PartResult makeTextPart(const std::string& text);
PartResult makeRegexPart(const std::string& pattern);
PartResult makeFieldPart(const std::string& field, fleet::Comparison comparison, const std::string& value);
PartResult makeFieldRegexPart(const std::string& field, const std::string& pattern);

} // namespace logs
