// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/change/remarks_panel.h"

#include <cstddef>
#include <vector>

namespace fleet {
class Fleet;
} // namespace fleet

namespace ui {

class ChangeRun;

/// What there is to say of one row of a sheet that does not fit into it: the server's warnings, who may undo it, what
/// holds it, why it cannot be done and what helps.
std::vector<RemarksPanel::Remark> remarksOf(const ChangeRun& run, std::size_t number, const fleet::Fleet& fleet);

} // namespace ui
