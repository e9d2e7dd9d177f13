// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/theme.h"

#include <QString>

namespace fleet {
class Settings;
} // namespace fleet

namespace ui {

/// What the settings dialog offers, read from and written to fleet::Settings.
struct Preferences {
    SchemeChoice scheme = SchemeChoice::Desktop;
    Density density = Density::Comfortable;
    QString language; ///< "", "en", "zh_CN"; empty follows the desktop.
    bool reopen = true;
    bool readOnlyEverywhere = false;

    static Preferences read(const fleet::Settings& settings);
    void write(fleet::Settings& settings) const;
    friend bool operator==(const Preferences&, const Preferences&) = default;
};

} // namespace ui
