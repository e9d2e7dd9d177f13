// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster_info.h"
#include "core/fleet/connection.h"

#include <optional>
#include <string>

namespace fleet {

/// Everything a cluster's health follows from.
struct HealthFacts {
    Connection::State connection = Connection::State::Idle;
    std::optional<base::Error> error;           ///< Of the connection.
    std::string signInProgram;                  ///< Not empty: it is being waited for.
    const ClusterInfo* info = nullptr;          ///< For ways in, nodes and their problems.
    const kube::KindCatalog* catalog = nullptr; ///< Null: not known.
    std::optional<base::Error> watchError;      ///< Why a watch is broken although the server answers.
};

struct HealthVerdict {
    Health health = Health::NotConnected;
    std::string why;
    std::optional<base::Error> error;
};

/// How a cluster with these facts is, and why in one sentence. Pure.
[[nodiscard]] HealthVerdict judgeHealth(const HealthFacts& facts);

} // namespace fleet
