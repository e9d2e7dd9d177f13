// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/acts/drain.h"
#include "ui/change/change_run.h"

#include <vector>

namespace ui {

/// Looks at nodes once more when their drain is done, and says on the sheet what came there meanwhile: a node is
/// drained when nothing is left on it, not when all that was planned is done.
ChangeRun::FollowUp drainFollowUp(change::Door& door, std::vector<change::Target> nodes, change::DrainOptions options);

} // namespace ui
