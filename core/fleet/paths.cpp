// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/paths.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

namespace fleet {

namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::string homeFolder() {
    std::string home = environment("HOME");
    if (home.empty()) {
        if (const passwd* entry = getpwuid(getuid()))
            home = entry->pw_dir;
    }
    return home.empty() ? "/" : home;
}

std::string xdg(const char* name, const char* fallback) {
    std::string folder = environment(name);
    if (folder.empty() || folder.front() != '/')
        folder = homeFolder() + fallback;
    return folder + "/quarterdeck";
}

} // namespace

Paths Paths::below(std::string_view home) {
    const std::string base(home);
    return {base + "/config", base + "/state", base + "/cache"};
}

Paths Paths::fromEnvironment() {
    const std::string home = environment("QUARTERDECK_HOME");
    if (!home.empty())
        return below(home);
    return {xdg("XDG_CONFIG_HOME", "/.config"), xdg("XDG_STATE_HOME", "/.local/state"),
            xdg("XDG_CACHE_HOME", "/.cache")};
}

bool makePrivateFolder(const std::string& path) {
    for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
        const std::string part = path.substr(0, end);
        mkdir(part.c_str(), 0700);
        if (end == std::string::npos)
            break;
    }
    struct stat info{};
    return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

} // namespace fleet
