// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace change {

/// Comparing objects by what people and controllers want, not by how often they were stored. Pure functions.

/// Without what the server keeps for itself: status, managed fields, resourceVersion, generation, uid and times.
[[nodiscard]] nlohmann::json contentOf(const nlohmann::json& object);

/// One place in which two values differ. Lists of equal length are compared item by item, others as a whole.
struct Difference {
    nlohmann::json::json_pointer path;
    std::optional<nlohmann::json> from;
    std::optional<nlohmann::json> to;
};

[[nodiscard]] std::vector<Difference> differences(const nlohmann::json& from, const nlohmann::json& to);

/// The value at `path`, nothing if there is none.
[[nodiscard]] std::optional<nlohmann::json> valueAt(const nlohmann::json& object,
                                                    const nlohmann::json::json_pointer& path);

/// RFC 6902 steps that lead from `to` of each difference back to its `from`, each after a test that `to` is still
/// there.
[[nodiscard]] nlohmann::json stepsBack(const std::vector<Difference>& differences);

} // namespace change
