// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/auth/time_text.h"

#include "core/kube/config/base64.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

namespace kube {

namespace {

std::optional<int> number(std::string_view& text, std::size_t digits) {
    if (text.size() < digits)
        return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool skip(std::string_view& text, char c) {
    if (text.empty() || text.front() != c)
        return false;
    text.remove_prefix(1);
    return true;
}

} // namespace

std::optional<std::int64_t> parseTime(std::string_view text) {
    const auto year = number(text, 4);
    if (!year || !skip(text, '-'))
        return std::nullopt;
    const auto month = number(text, 2);
    if (!month || !skip(text, '-'))
        return std::nullopt;
    const auto day = number(text, 2);
    if (!day || !(skip(text, 'T') || skip(text, 't')))
        return std::nullopt;
    const auto hour = number(text, 2);
    if (!hour || !skip(text, ':'))
        return std::nullopt;
    const auto minute = number(text, 2);
    if (!minute || !skip(text, ':'))
        return std::nullopt;
    const auto second = number(text, 2);
    if (!second || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    int milliseconds = 0;
    if (skip(text, '.')) {
        int scale = 100;
        if (text.empty() || text[0] < '0' || text[0] > '9')
            return std::nullopt;
        while (!text.empty() && text[0] >= '0' && text[0] <= '9') {
            milliseconds += (text[0] - '0') * scale;
            scale /= 10;
            text.remove_prefix(1);
        }
    }
    int offset = 0;
    if (!skip(text, 'Z') && !skip(text, 'z')) {
        const int sign = skip(text, '-') ? -1 : 1;
        if (sign == 1 && !skip(text, '+'))
            return std::nullopt;
        const auto hours = number(text, 2);
        if (!hours || !skip(text, ':'))
            return std::nullopt;
        const auto minutes = number(text, 2);
        if (!minutes)
            return std::nullopt;
        offset = sign * (*hours * 60 + *minutes);
    }
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!text.empty() || !date.ok())
        return std::nullopt;
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    return ((days * 24 + *hour) * 60 + *minute - offset) * 60000 + *second * 1000 + milliseconds;
}

std::optional<std::int64_t> tokenEnd(std::string_view token) {
    const auto first = token.find('.');
    const auto second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos)
        return std::nullopt;
    const auto payload = decodeBase64Url(token.substr(first + 1, second - first - 1));
    if (!payload)
        return std::nullopt;
    const auto claims = nlohmann::json::parse(*payload, nullptr, false);
    if (!claims.is_object())
        return std::nullopt;
    const auto exp = claims.find("exp");
    if (exp == claims.end() || !exp->is_number())
        return std::nullopt;
    const double seconds = exp->get<double>();
    if (!(std::abs(seconds) < 1e12))
        return std::nullopt;
    return static_cast<std::int64_t>(seconds) * 1000;
}

} // namespace kube
