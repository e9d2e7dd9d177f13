// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/preferences.h"

#include "core/fleet/settings.h"

#include <string>

namespace ui {

Preferences Preferences::read(const fleet::Settings& settings) {
    Preferences preferences;
    const std::string theme = settings.text(fleet::Setting::Theme);
    if (theme == "light")
        preferences.scheme = SchemeChoice::Light;
    else if (theme == "dark")
        preferences.scheme = SchemeChoice::Dark;
    if (settings.text(fleet::Setting::Density) == "compact")
        preferences.density = Density::Compact;
    preferences.language = QString::fromStdString(settings.text(fleet::Setting::Language));
    preferences.reopen = settings.flag(fleet::Setting::ReopenAtStart);
    preferences.readOnlyEverywhere = settings.flag(fleet::Setting::ReadOnlyEverywhere);
    return preferences;
}

void Preferences::write(fleet::Settings& settings) const {
    std::string theme = "auto";
    if (scheme != SchemeChoice::Desktop)
        theme = scheme == SchemeChoice::Dark ? "dark" : "light";
    settings.set(fleet::Setting::Theme, theme);
    settings.set(fleet::Setting::Density, std::string(density == Density::Compact ? "compact" : "comfortable"));
    settings.set(fleet::Setting::Language, language.toStdString());
    settings.set(fleet::Setting::ReopenAtStart, reopen);
    settings.set(fleet::Setting::ReadOnlyEverywhere, readOnlyEverywhere);
}

} // namespace ui
