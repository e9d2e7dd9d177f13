// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/fleet/settings.h"

#include <string>
#include <vector>

namespace fleet {

/// What the operator allows to be done to a cluster.
struct WriteRules {
    bool isProtected = false; ///< Its name has to be typed before anything is written.
    bool isReadOnly = false;  ///< Nothing is written.
};

/// By every name that the cluster goes by (RegisteredCluster::keys) and by its uid where known, so that no other way
/// in slips past; one that says so is enough.
[[nodiscard]] WriteRules writeRules(const Settings& settings, const std::vector<std::string>& keys,
                                    const std::string& uid);

/// Whether sessions may be opened in the containers of the cluster of that name: what is typed there nobody can check,
/// so that where nothing is written none may. Fails with a sentence that says so.
[[nodiscard]] base::Result<void> mayEnter(const WriteRules& rules, const std::string& name);

/// What settings of a cluster are kept under beside its keys; empty for an unknown uid.
[[nodiscard]] std::string uidKey(const std::string& uid);

} // namespace fleet
