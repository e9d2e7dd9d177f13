// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/change_set.h"
#include "core/fleet/ids.h"

namespace fleet {
class Fleet;
}

namespace ui {

/// A cluster of the fleet as a change set names it.
change::ClusterRef clusterRef(const fleet::Fleet& fleet, fleet::ClusterId id);

} // namespace ui
