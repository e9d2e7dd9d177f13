// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace change {

enum class RolloutPhase { UnderWay, Complete, Failed };

struct RolloutState {
    RolloutPhase phase = RolloutPhase::UnderWay;
    std::string text; ///< As `kubectl rollout status` says it, without the end of line.
};

/// How far a Deployment, StatefulSet or DaemonSet has rolled out, by the rules of kubectl's rollout status. Failed for
/// other kinds and where the strategy rolls nothing out. Pure.
[[nodiscard]] RolloutState rolloutState(const nlohmann::json& object);

} // namespace change
