// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

/// Appends the number in decimal.
void appendNumber(std::string& out, std::int64_t number);

/// Appends the shortest decimal that reads back as the same number, as Go's strconv writes it: plain where the decimal
/// exponent is at least `least` and below `most`, otherwise with an exponent of two digits or more ("1e-07").
void appendFloat(std::string& out, double number, int least, int most);

/// The whole text as a decimal int64 with an optional sign; nothing for anything else or out of range.
[[nodiscard]] std::optional<std::int64_t> parseNumber(std::string_view text);

/// RFC 3339 time ("2024-05-01T10:20:30Z", with fraction or offset too) as milliseconds since 1970, rounded down;
/// nothing if it is not one. 0 means "absent" in rows: Go's zero time (the first day of year 1) gives it,
/// 1970-01-01T00:00:00Z gives 1.
[[nodiscard]] std::optional<std::int64_t> parseTime(std::string_view text);

/// "2024-05-01T10:20:30Z", the fraction left out.
[[nodiscard]] std::string formatTime(std::int64_t milliseconds);

} // namespace base
