// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/files/file_entry.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>

namespace kube::files {

namespace {

/// How many bytes the UTF-8 character at the front has; 0: it is none.
std::size_t characterAt(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0x80   ? 1
                               : first < 0xC2 ? 0
                               : first < 0xE0 ? 2
                               : first < 0xF0 ? 3
                               : first < 0xF5 ? 4
                                              : 0;
    if (length == 0 || length > text.size())
        return 0;
    const bool isWhole = std::all_of(text.begin() + 1, text.begin() + static_cast<std::ptrdiff_t>(length),
                                     [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; });
    return isWhole ? length : 0;
}

} // namespace

base::Result<std::string> checkedPath(std::string_view path) {
    const auto refused = [path](const char* why) {
        return base::fail(base::ErrorCode::BadInput, "refused: the path \"" + shown(path) + "\" " + why);
    };
    if (path.starts_with('/'))
        return refused("is absolute and leads out of the target");
    if (path.find('\0') != std::string_view::npos)
        return refused("holds a NUL");
    std::string clean;
    for (std::size_t from = 0; from <= path.size();) {
        const std::size_t end = std::min(path.find('/', from), path.size());
        const std::string_view part = path.substr(from, end - from);
        if (part == "..")
            return refused("leads out of the target");
        if (!part.empty() && part != ".") {
            if (!clean.empty())
                clean += '/';
            clean += part;
        }
        from = end + 1;
    }
    return clean;
}

std::string shown(std::string_view path) {
    std::string text;
    while (!path.empty()) {
        const std::size_t length = characterAt(path);
        const auto byte = static_cast<unsigned char>(path.front());
        if (length == 0 || byte < 0x20 || byte == 0x7F) {
            std::array<char, 5> escaped{};
            std::snprintf(escaped.data(), escaped.size(), "\\x%02x", byte);
            text += escaped.data();
            path.remove_prefix(1);
        } else {
            text += path.substr(0, length);
            path.remove_prefix(length);
        }
    }
    return text;
}

} // namespace kube::files
