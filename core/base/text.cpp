// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"

#include <array>
#include <charconv>

namespace base {

namespace {

// Days from civil and back: H. Hinnant, "chrono-compatible low-level date algorithms".
std::int64_t daysFromCivil(std::int64_t year, unsigned month, unsigned day) {
    year -= month <= 2;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const auto yearOfEra = static_cast<unsigned>(year - era * 400);
    const unsigned dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const unsigned dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146097 + static_cast<std::int64_t>(dayOfEra) - 719468;
}

bool digits(std::string_view text, std::size_t at, std::size_t count, unsigned& out) {
    out = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (i >= text.size() || text[i] < '0' || text[i] > '9')
            return false;
        out = out * 10 + static_cast<unsigned>(text[i] - '0');
    }
    return true;
}

void appendPadded(std::string& out, std::int64_t number, std::size_t width) {
    std::string plain;
    appendNumber(plain, number);
    if (plain.size() < width)
        out.append(width - plain.size(), '0');
    out += plain;
}

} // namespace

void appendNumber(std::string& out, std::int64_t number) {
    std::array<char, 24> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
    out.append(buffer.data(), end);
}

void appendFloat(std::string& out, double number, int least, int most) {
    std::array<char, 40> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific).ptr;
    const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    const std::size_t e = text.find('e');
    const auto exponent = parseNumber(e == std::string_view::npos ? std::string_view() : text.substr(e + 1));
    if (!exponent || *exponent < least || *exponent >= most) {
        out += text;
        return;
    }
    // Large numbers get zeros for what the shortest digits leave open; to_chars would write their binary value out.
    std::string mantissa(text.substr(0, e));
    if (mantissa.front() == '-') {
        out += '-';
        mantissa.erase(0, 1);
    }
    if (mantissa.size() > 1)
        mantissa.erase(1, 1); // The point.
    const auto digitsBefore = *exponent + 1;
    const auto count = static_cast<std::int64_t>(mantissa.size());
    if (digitsBefore <= 0) {
        out.append("0.").append(static_cast<std::size_t>(-digitsBefore), '0').append(mantissa);
    } else if (digitsBefore >= count) {
        out.append(mantissa).append(static_cast<std::size_t>(digitsBefore - count), '0');
    } else {
        out.append(mantissa, 0, static_cast<std::size_t>(digitsBefore)).append(1, '.');
        out.append(mantissa, static_cast<std::size_t>(digitsBefore));
    }
}

std::optional<std::int64_t> parseNumber(std::string_view text) {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-'))
            return std::nullopt;
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return value;
}

std::optional<std::int64_t> parseTime(std::string_view text) {
    unsigned year = 0;
    unsigned month = 0;
    unsigned day = 0;
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
    if (text.size() < 20 || !digits(text, 0, 4, year) || text[4] != '-' || !digits(text, 5, 2, month) ||
        text[7] != '-' || !digits(text, 8, 2, day) || (text[10] != 'T' && text[10] != 't') ||
        !digits(text, 11, 2, hour) || text[13] != ':' || !digits(text, 14, 2, minute) || text[16] != ':' ||
        !digits(text, 17, 2, second))
        return std::nullopt;
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (day > (month == 2 ? (leap ? 29U : 28U) : month == 4 || month == 6 || month == 9 || month == 11 ? 30U : 31U))
        return std::nullopt;
    std::size_t at = 19;
    std::int64_t milliseconds = 0;
    if (text[at] == '.') {
        std::int64_t weight = 100;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
            milliseconds += weight * (text[at] - '0');
            weight /= 10;
        }
    }
    std::int64_t offset = 0;
    if (at >= text.size())
        return std::nullopt;
    if (text[at] == '+' || text[at] == '-') {
        unsigned offsetHour = 0;
        unsigned offsetMinute = 0;
        if (text.size() != at + 6 || !digits(text, at + 1, 2, offsetHour) || text[at + 3] != ':' ||
            !digits(text, at + 4, 2, offsetMinute))
            return std::nullopt;
        offset = (text[at] == '-' ? -1 : 1) * static_cast<std::int64_t>(offsetHour * 60 + offsetMinute);
    } else if ((text[at] != 'Z' && text[at] != 'z') || text.size() != at + 1) {
        return std::nullopt;
    }
    if (year == 1 && month == 1 && day == 1)
        return 0;
    const std::int64_t minutes = (daysFromCivil(year, month, day) * 24 + hour) * 60 + minute - offset;
    milliseconds += (minutes * 60 + second) * 1000;
    return milliseconds == 0 ? 1 : milliseconds;
}

std::string formatTime(std::int64_t milliseconds) {
    std::int64_t seconds = milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0);
    std::int64_t days = seconds / 86400;
    seconds %= 86400;
    if (seconds < 0) {
        seconds += 86400;
        --days;
    }
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const std::int64_t dayOfEra = days - era * 146097;
    const std::int64_t yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
    const std::int64_t dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const std::int64_t marchMonth = (5 * dayOfYear + 2) / 153;
    const std::int64_t month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    std::string out;
    appendPadded(out, yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4);
    out += '-';
    appendPadded(out, month, 2);
    out += '-';
    appendPadded(out, dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2);
    out += 'T';
    appendPadded(out, seconds / 3600, 2);
    out += ':';
    appendPadded(out, seconds / 60 % 60, 2);
    out += ':';
    appendPadded(out, seconds % 60, 2);
    out += 'Z';
    return out;
}

} // namespace base
