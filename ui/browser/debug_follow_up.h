// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/browser/act_target.h"
#include "ui/change/change_run.h"

#include <string>

namespace ui {

struct PageContext;

/// Waits for a debug container to run, opens a terminal that joins it, and says on the sheet what came of it.
ChangeRun::FollowUp debugFollowUp(const PageContext& context, const ActTarget& pod, const std::string& container);

} // namespace ui
