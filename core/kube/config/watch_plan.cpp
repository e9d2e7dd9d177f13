// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/config/watch_plan.h"

#include <sys/stat.h>
#include <unistd.h>

#include <deque>
#include <filesystem>
#include <system_error>

namespace kube {

namespace {

constexpr int maxLinks = 40;

std::deque<std::string> componentsOf(const std::string& path) {
    std::deque<std::string> parts;
    std::size_t start = 0;
    while (start < path.size()) {
        const auto slash = std::min(path.find('/', start), path.size());
        if (slash > start)
            parts.push_back(path.substr(start, slash - start));
        start = slash + 1;
    }
    return parts;
}

std::string linkTarget(const std::string& path) {
    char buffer[4096];
    const ssize_t length = ::readlink(path.c_str(), buffer, sizeof buffer);
    return length > 0 ? std::string(buffer, std::size_t(length)) : std::string();
}

void addFile(WatchPlan& plan, const std::string& file) {
    std::error_code error;
    std::deque<std::string> parts = componentsOf(std::filesystem::absolute(file, error).string());
    std::string folder; // real, without a slash at the end; empty is the root
    int links = 0;
    while (!parts.empty()) {
        const std::string name = parts.front();
        parts.pop_front();
        if (name == ".")
            continue;
        if (name == "..") {
            folder.erase(std::min(folder.rfind('/'), folder.size()));
            continue;
        }
        const std::string path = folder + "/" + name;
        struct stat info{};
        const bool exists = ::lstat(path.c_str(), &info) == 0;
        if (exists && S_ISDIR(info.st_mode) && !parts.empty()) {
            folder = path;
            continue;
        }
        plan[folder.empty() ? "/" : folder].insert(name);
        if (!exists || !S_ISLNK(info.st_mode) || ++links > maxLinks)
            return;
        const std::string target = linkTarget(path);
        std::deque<std::string> more = componentsOf(target);
        parts.insert(parts.begin(), more.begin(), more.end());
        if (target.starts_with('/'))
            folder.clear();
    }
}

} // namespace

WatchPlan watchPlan(const std::vector<std::string>& files) {
    WatchPlan plan;
    for (const std::string& file : files)
        if (!file.empty())
            addFile(plan, file);
    return plan;
}

} // namespace kube
