// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster_info.h"
#include "core/fleet/connection.h"

#include <optional>
#include <string>
#include <vector>

namespace fleet {

/// Everything a cluster's health follows from.
struct HealthFacts {
    Connection::State connection = Connection::State::Idle;
    std::optional<base::Error> error;           ///< Of the connection.
    std::string signInProgram;                  ///< Not empty: it is being waited for.
    const ClusterInfo* info = nullptr;          ///< For ways in, nodes and their problems.
    const kube::KindCatalog* catalog = nullptr; ///< Null: not known.
    std::optional<base::Error> watchError;      ///< Why a watch is broken although the server answers.
    std::vector<base::Error> refusals;          ///< Not empty: RBAC refuses all that the numbers come from.
};

struct HealthVerdict {
    Health health = Health::NotConnected;
    std::string why;
    std::optional<base::Error> error;
};

/// How a cluster with these facts is, and why in one sentence. Pure.
[[nodiscard]] HealthVerdict judgeHealth(const HealthFacts& facts);

} // namespace fleet
