// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/write_rules.h"

#include <algorithm>

namespace fleet {

WriteRules writeRules(const Settings& settings, const std::vector<std::string>& keys, const std::string& uid) {
    const auto any = [&](Setting setting) {
        return (!uid.empty() && settings.flag(setting, uidKey(uid))) ||
               std::ranges::any_of(keys, [&](const std::string& key) { return settings.flag(setting, key); });
    };
    return {any(Setting::Protected), settings.flag(Setting::ReadOnlyEverywhere) || any(Setting::ReadOnly)};
}

base::Result<void> mayEnter(const WriteRules& rules, const std::string& name) {
    if (rules.isReadOnly)
        return base::fail(base::ErrorCode::BadInput, name + " is read-only here; nothing is done in its containers");
    return {};
}

std::string uidKey(const std::string& uid) {
    return uid.empty() ? std::string() : "uid-" + uid;
}

} // namespace fleet
