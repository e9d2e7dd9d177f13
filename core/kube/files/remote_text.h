// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

// What the scripts of this folder print in containers. Pure.
namespace kube::files {

[[nodiscard]] std::optional<std::uint64_t> numberOf(std::string_view text, int base);
/// "644" or "-rw-r--r--" as ls has it: permission bits. 0 for what is neither.
[[nodiscard]] std::uint32_t modeOf(std::string_view text);
/// What stands in front of each NUL. Nothing: the text does not end with one.
[[nodiscard]] std::optional<std::vector<std::string_view>> nulFieldsOf(std::string_view printed);

} // namespace kube::files
