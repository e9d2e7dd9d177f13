// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace fleet {

/// Where this program keeps its things. A plain value; nothing is created by asking.
struct Paths {
    std::string config; ///< Settings, for people to read.
    std::string state;  ///< Last known state of clusters and the like: worth keeping, not worth reading.
    std::string cache;  ///< May be thrown away at any time.

    /// With QUARTERDECK_HOME: its sub-folders config, state and cache. Otherwise "quarterdeck" in XDG_CONFIG_HOME,
    /// XDG_STATE_HOME and XDG_CACHE_HOME, which stand for ~/.config, ~/.local/state and ~/.cache where they are unset
    /// or not absolute (https://specifications.freedesktop.org/basedir-spec/latest/).
    static Paths fromEnvironment();
    static Paths below(std::string_view home);

    [[nodiscard]] std::string settingsFile() const { return config + "/settings.json"; }
};

/// Creates a folder and those above it with mode 0700. False if it is not there afterwards.
bool makePrivateFolder(const std::string& path);

} // namespace fleet
