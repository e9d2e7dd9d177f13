// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace qdctl {

/// "1h30m", "90s", "1.5m" in seconds, as Go reads durations.
[[nodiscard]] std::optional<std::int64_t> secondsOf(std::string_view text);

} // namespace qdctl
