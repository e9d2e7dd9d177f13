// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/filter.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fleet {

enum class Comparison : std::uint8_t { Contains, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

/// A filter's text as it is understood, before anybody says what its words are looked for in: rows of objects here,
/// lines of logs elsewhere.
struct FilterTerm {
    enum class Kind : std::uint8_t { Everything, And, Or, Not, Word, Regex, Field, FieldRegex, Selector };

    Kind kind = Kind::Everything;
    std::string field;
    Comparison comparison = Comparison::Contains; ///< Of Field.
    std::string value;                            ///< Word, pattern, value or selector.
    std::size_t at = 0;                           ///< Where that stands in the text, in bytes.
    std::size_t length = 1;
    std::vector<FilterTerm> parts; ///< Of And, Or and Not (one).
};

/// Words, -words, field:value, field>value, -l selectors, /regex/, AND OR NOT and parentheses. Nested at most a hundred
/// times.
[[nodiscard]] tl::expected<FilterTerm, FilterError> parseFilterTerms(std::string_view text);

/// `at` and `length` in bytes of `text`.
[[nodiscard]] FilterError filterErrorAt(std::string_view text, std::size_t at, std::size_t length, std::string message);

} // namespace fleet
