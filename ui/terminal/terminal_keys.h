// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QKeyEvent;

namespace ui {

class TerminalScreen;

/// Whether a program in a terminal gets the key. Those with Ctrl+Shift are the window's, as are those of its tabs.
[[nodiscard]] bool isForTerminal(const QKeyEvent& event);
/// Types the key. False: it is none that a terminal has.
bool typeKey(TerminalScreen& screen, const QKeyEvent& event);

} // namespace ui
