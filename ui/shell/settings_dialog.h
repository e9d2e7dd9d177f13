// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/preferences.h"

#include <QDialog>

class QCheckBox;
class QComboBox;

namespace ui {

/// Theme, density, language, what to open at start. Each choice holds at once; there is nothing to confirm.
class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    SettingsDialog(const Preferences& preferences, QWidget* parent);

signals:
    void changed(const ui::Preferences& preferences);

private:
    void read();

    Preferences m_preferences;
    QComboBox* m_scheme;
    QComboBox* m_density;
    QComboBox* m_language;
    QCheckBox* m_reopen;
};

} // namespace ui
