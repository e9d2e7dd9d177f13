// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/change/acts/acts.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace change {

/// A taint put on a Node, or taken away.
struct TaintChange {
    std::string key;
    std::string value;
    std::string effect; ///< NoSchedule, PreferNoSchedule or NoExecute; empty, to take away: whichever.
    bool removes = false;

    bool operator==(const TaintChange&) const = default;
};

/// "key=value:Effect", "key:Effect", "key:Effect-" and "key-", as kubectl taint takes them. Fails with BadInput and a
/// sentence that names the part no server would take. Pure.
[[nodiscard]] base::Result<std::vector<TaintChange>> parseTaintChanges(const std::vector<std::string>& words);

/// Whether a taint that the Node has with another value gets the new one, or is refused.
enum class TaintValues { Kept, Overwritten };

/// A JSON patch of a Node's taints that tests what it replaces; `live` is the Node, JSON. Nothing where they are so
/// already. Fails with kubectl's sentences where one to take away is not there, or one is there with another value.
/// Pure.
[[nodiscard]] base::Result<std::optional<Operation>> taint(const Target& node, std::string_view live,
                                                           const std::vector<TaintChange>& changes, TaintValues values);

/// What a Node has, each as "key=value:Effect". Pure.
[[nodiscard]] std::vector<std::string> taintsOf(std::string_view live);

} // namespace change
