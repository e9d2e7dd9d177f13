// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/manifest/tree.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kube::manifest {

/// What a node means, aliases followed and merge keys merged. Lives as long as its tree, whose texts it shares.
struct Value {
    enum class Type : std::uint8_t { Null, Boolean, Integer, Unsigned, Float, Text, Array, Object };

    Type type = Type::Null;
    Position at;
    std::int64_t integer = 0; ///< Of an Integer; 1 for a true Boolean.
    double real = 0;          ///< Of a Float, and of an Unsigned, which JSON gets as a float.
    std::string_view text;
    std::vector<Value> children; ///< The fields of an object in byte order of their keys, each key once.

    std::string_view key; ///< Of a field.
    Position keyAt;
    Position mergedAt; ///< Line 0 where the field was not merged.

    [[nodiscard]] const Value* find(std::string_view field) const;
    /// The text of a field, empty where it is none.
    [[nodiscard]] std::string_view textOf(std::string_view field) const;
};

/// Fails on what has no JSON, on tags that do not fit, on aliases within themselves or in excess, on what is nested too
/// deep. Warns of keys that hide others.
[[nodiscard]] Read<Value> resolve(Tree& tree, std::vector<Problem>& warnings);

/// Compact, as Go writes it.
void appendJson(std::string& out, const Value& value);

/// "a number", for messages.
[[nodiscard]] std::string_view describe(Value::Type type);

} // namespace kube::manifest
