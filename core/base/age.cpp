// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/age.h"

#include "core/base/text.h"

namespace base {

namespace {

std::string units(std::int64_t first, char firstUnit, std::int64_t second = 0, char secondUnit = 0) {
    std::string out;
    appendNumber(out, first);
    out += firstUnit;
    if (second != 0) {
        appendNumber(out, second);
        out += secondUnit;
    }
    return out;
}

} // namespace

std::string humanDuration(std::int64_t milliseconds) {
    const std::int64_t seconds = milliseconds / 1000; // towards zero, as Go's int()
    if (seconds < -1)
        return "<invalid>";
    if (seconds < 0)
        return "0s";
    if (seconds < 120)
        return units(seconds, 's');
    const std::int64_t minutes = seconds / 60;
    if (minutes < 10)
        return units(minutes, 'm', seconds % 60, 's');
    if (minutes < 180)
        return units(minutes, 'm');
    const std::int64_t hours = minutes / 60;
    if (hours < 8)
        return units(hours, 'h', minutes % 60, 'm');
    if (hours < 48)
        return units(hours, 'h');
    const std::int64_t days = hours / 24;
    if (days < 8)
        return units(days, 'd', hours % 24, 'h');
    const std::int64_t years = days / 365;
    if (years < 2)
        return units(days, 'd');
    if (years < 8)
        return units(years, 'y', days % 365, 'd');
    return units(years, 'y');
}

std::string shortHumanDuration(std::int64_t milliseconds) {
    const std::int64_t seconds = milliseconds / 1000;
    if (seconds < -1)
        return "<invalid>";
    if (seconds < 0)
        return "0s";
    if (seconds < 60)
        return units(seconds, 's');
    if (seconds < 3600)
        return units(seconds / 60, 'm');
    const std::int64_t hours = seconds / 3600;
    if (hours < 24)
        return units(hours, 'h');
    if (hours < 24 * 365)
        return units(hours / 24, 'd');
    return units(hours / 24 / 365, 'y');
}

} // namespace base
