// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/change_set.h"

#include <nlohmann/json.hpp>

namespace change {

/// What an object tells about a write of ours of which no answer came.
enum class ReadBack {
    Stored,    ///< It arrived.
    NotStored, ///< It did not.
    Unclear,   ///< Somebody changed the very same since; either may be true.
};

/// Compares what is there (null: nothing) with what was there right before the write was sent and with what the server
/// had said it would store (null: not known). Every write names the resourceVersion that it expects, so that one which
/// meets another has no effect. Others write under our manager's name, too: a time of it that is new counts only where
/// what was wanted is there. Pure.
[[nodiscard]] ReadBack readBack(const Operation& operation, const nlohmann::json& before,
                                const nlohmann::json& expected, const nlohmann::json& live);

} // namespace change
