// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace kube {

/// RFC 3339 ("2030-01-02T03:04:05Z", fractions and offsets too) in milliseconds since 1970.
std::optional<std::int64_t> parseTime(std::string_view text);

/// The exp claim of a JSON Web Token in milliseconds since 1970, nothing if it is none or has none. Nothing is
/// verified.
std::optional<std::int64_t> tokenEnd(std::string_view token);

} // namespace kube
