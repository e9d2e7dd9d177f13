// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace demo {

/// Who manages which field, in a simple form of
/// https://kubernetes.io/docs/reference/using-api/server-side-apply: by leaf field, lists of named items by name,
/// other lists as a whole. Times are now.

/// Notes that `manager` wrote what differs from `before` (null: all of it), and takes it from others.
void claimChanges(const nlohmann::json& before, nlohmann::json& object, const std::string& manager);
/// Notes that `manager` applied these fields.
void claimApplied(nlohmann::json& object, const nlohmann::json& fields, const std::string& manager);

/// What an apply leads to; conflicts instead, where it wants other values than other managers gave.
struct Applied {
    nlohmann::json object;
    std::vector<base::ErrorCause> conflicts;
};
/// `before` is null where there is no object yet. What the manager applied last time and leaves out now goes, unless
/// others manage it, too.
[[nodiscard]] Applied applied(const nlohmann::json& before, const nlohmann::json& wanted, const std::string& manager,
                              bool force);

} // namespace demo
