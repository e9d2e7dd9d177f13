// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstddef>
#include <string>

class QWidget;

namespace ui {

/// So much of a file is shown.
inline constexpr std::size_t kMostViewed = std::size_t(1) << 20;

/// Shows a file's first bytes (kMostViewed of them, and one more where there are more) as text that cannot be changed.
void viewText(QWidget* parent, const QString& name, const std::string& bytes);

} // namespace ui
