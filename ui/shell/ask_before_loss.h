// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

class QWidget;

namespace ui {

/// Does `go` at once where nothing would be lost (`lost` is empty); otherwise asks first, with `act` on the button that
/// does it. Does not wait for the answer; `parent` gone, nothing is done any more.
void askBeforeLoss(QWidget* parent, const QString& lost, const QString& act, std::function<void()> go);

} // namespace ui
