// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace kube::yaml {

struct Null {};

/// What a scalar means to Go's YAML reader, version 2. Text is a view of what was read. An unsigned number is one that
/// is too great for an int64.
using Scalar = std::variant<Null, bool, std::int64_t, std::uint64_t, double, std::string_view>;

/// A YAML scalar that is plain, or has a tag. Times are texts, base 60 is unknown, other people's tags are overlooked.
/// Nothing where the tag says what the text is not. The tag !!binary is left to the caller.
[[nodiscard]] std::optional<Scalar> readPlain(std::string_view tag, std::string_view text);

/// A number of JSON, whose form has been checked. Nothing where a float64 cannot hold it.
[[nodiscard]] std::optional<Scalar> readJsonNumber(std::string_view text);

/// A float as the key of a mapping: Go rounds it to a float32 there.
[[nodiscard]] std::string floatKey(double number);

inline constexpr std::string_view kBinaryTag = "tag:yaml.org,2002:binary";
inline constexpr std::string_view kMergeTag = "tag:yaml.org,2002:merge";

} // namespace kube::yaml
