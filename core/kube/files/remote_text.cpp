// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/files/remote_text.h"

#include <charconv>
#include <cstddef>
#include <system_error>

namespace kube::files {

std::optional<std::uint64_t> numberOf(std::string_view text, int base) {
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number, base);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::uint32_t modeOf(std::string_view text) {
    if (text.size() < 10)
        return static_cast<std::uint32_t>(numberOf(text, 8).value_or(0)) & 07777U;
    std::uint32_t mode = 0;
    for (std::size_t i = 1; i < 10; ++i) {
        const char c = text[i];
        const bool isSpecial = i % 3 == 0 && (c == 's' || c == 'S' || c == 't' || c == 'T');
        if (isSpecial)
            mode |= 01000U << (3 - i / 3);
        mode = mode & ~(1U << (9 - i));
        if (c != '-' && c != 'S' && c != 'T')
            mode |= 1U << (9 - i);
    }
    return mode;
}

std::optional<std::vector<std::string_view>> nulFieldsOf(std::string_view printed) {
    std::vector<std::string_view> fields;
    for (std::size_t from = 0; from < printed.size();) {
        const std::size_t end = printed.find('\0', from);
        if (end == std::string_view::npos)
            return std::nullopt;
        fields.push_back(printed.substr(from, end - from));
        from = end + 1;
    }
    return fields;
}

} // namespace kube::files
