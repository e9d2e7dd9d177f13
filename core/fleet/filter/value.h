// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace fleet {

/// What the right side of a comparison can mean; a text may be several of these.

/// A Kubernetes quantity or plain number, in thousandths, as near as a double comes.
std::optional<double> parseAmount(std::string_view text);
/// "90s", "1h30m", "30d", "2w", "1y" in milliseconds.
std::optional<std::int64_t> parseDurationMs(std::string_view text);
/// "1/3", "66%" or "0.66" as a share.
std::optional<double> parseRatio(std::string_view text);

/// Negative, zero or positive as a stands before, with or after b; runs of digits compare as numbers: "v1.9" before
/// "v1.10".
int compareNatural(std::string_view a, std::string_view b);
/// Whether needle (lower case) stands in text, ASCII case ignored.
bool containsIgnoringCase(std::string_view text, std::string_view lowerNeedle);
bool equalsIgnoringCase(std::string_view a, std::string_view b);

} // namespace fleet
