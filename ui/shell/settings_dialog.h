// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/preferences.h"

#include <QDialog>

class QCheckBox;
class QComboBox;

namespace ui {

/// Theme, density, language, what to open at start, whether anything may be written. Each choice holds at once; there
/// is nothing to confirm but another language, for which the window is built anew.
class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    SettingsDialog(const Preferences& preferences, QWidget* parent);

signals:
    /// In anything but the language.
    void changed(const ui::Preferences& preferences);
    /// The dialog goes on to show the one before: its window keeps that.
    void languageChosen(const QString& language);

private:
    void read();
    void showLanguage();

    Preferences m_preferences;
    QComboBox* m_scheme;
    QComboBox* m_density;
    QComboBox* m_language;
    QCheckBox* m_reopen;
    QCheckBox* m_readOnly;
};

} // namespace ui
