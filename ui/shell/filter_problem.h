// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/filter.h"
#include "ui/shell/page.h"

#include <QString>

namespace ui {

/// A filter's error as the filter line shows it: its columns count code points, the line's UTF-16 units.
FilterProblem filterProblem(const QString& text, const fleet::FilterError& error);

} // namespace ui
