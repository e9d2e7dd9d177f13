// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace ui {

/// How well `typed` fits `text` when its characters appear there in order, ignoring case: higher is better; nothing if
/// it does not fit. Word starts, runs and early hits count most; shorter texts win among equals. Every word of `typed`
/// must fit by itself.
std::optional<int> fuzzyScore(const QString& typed, const QString& text);

} // namespace ui
