// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace ui {

class ActionRegistry;

/// '?': the keys that work on this page, read from the actions that can be reached.
class HelpDialog : public QDialog {
    Q_OBJECT
public:
    HelpDialog(const QString& pageTitle, const ActionRegistry& actions, QWidget* parent);
};

} // namespace ui
