// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/duration.h"

#include <cmath>
#include <cstdlib>
#include <string>

namespace qdctl {

std::optional<std::int64_t> secondsOf(std::string_view text) {
    double seconds = 0;
    bool any = false;
    while (!text.empty()) {
        std::size_t digits = 0;
        while (digits < text.size() && ((text[digits] >= '0' && text[digits] <= '9') || text[digits] == '.'))
            ++digits;
        std::size_t unit = digits;
        while (unit < text.size() && text[unit] >= 'a' && text[unit] <= 'z')
            ++unit;
        const std::string_view name = text.substr(digits, unit - digits);
        const double each = name == "h" ? 3600 : name == "m" ? 60 : name == "s" ? 1 : name == "ms" ? 0.001 : 0;
        if (digits == 0 || each == 0)
            return std::nullopt;
        char* end = nullptr;
        const std::string number(text.substr(0, digits));
        seconds += std::strtod(number.c_str(), &end) * each;
        if (*end != '\0')
            return std::nullopt;
        text.remove_prefix(unit);
        any = true;
    }
    return any ? std::optional(std::llround(seconds)) : std::nullopt;
}

} // namespace qdctl
