// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/browser/act_target.h"
#include "ui/change/change_run.h"

#include <string>

class QWidget;

namespace ui {

struct PageContext;

/// Waits for a debug container to run, opens a terminal that joins it, and says on the sheet what came of it. A run
/// outlives the window of `page`, the one that is navigated: with that gone no terminal is opened.
ChangeRun::FollowUp debugFollowUp(const PageContext& context, const QWidget& page, const ActTarget& pod,
                                  const std::string& container);

} // namespace ui
