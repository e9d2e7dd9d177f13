// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QWidget;

namespace ui {

struct PageContext;

/// Asks for a file that holds a change set, and opens its sheet.
void chooseChangeSet(const PageContext& context, QWidget* parent);

/// Opens the sheet of the change set in `file`, as a new change: nothing is written before it is looked at. What is
/// wrong with the file is said on the status bar, with its name and the place.
void openChangeSet(const PageContext& context, const QString& file);

} // namespace ui
