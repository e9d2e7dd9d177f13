// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"

#include <QString>

#include <cstddef>
#include <functional>

namespace ui {

class LogLines;

/// Writes all lines shown to a file, away from the GUI thread: as JSON lines where the name says so (.json, .jsonl,
/// .ndjson), else as text with time and source in front. A line too long for one row is written as one, and whole where
/// any of its rows is shown. `done` runs on the GUI thread: the number of lines, or why not.
[[nodiscard]] base::Cancel exportLines(LogLines& lines, const QString& file,
                                       std::function<void(std::size_t, const QString& problem)> done);

} // namespace ui
