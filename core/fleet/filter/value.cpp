// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/filter/value.h"

#include "core/base/quantity.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace fleet {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

char toLower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

char toUpper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

struct LeadingNumber {
    double value = 0;
    std::string_view rest;
};

std::optional<LeadingNumber> leadingNumber(std::string_view text) {
    if (text.starts_with('+'))
        text.remove_prefix(1);
    // from_chars reads "inf" and "nan", too.
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    if (first >= text.size() || (!isDigit(text[first]) && text[first] != '.'))
        return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (error != std::errc{})
        return std::nullopt;
    return LeadingNumber{value, text.substr(static_cast<std::size_t>(end - text.data()))};
}

std::string_view takeDigits(std::string_view& text) {
    std::size_t length = 0;
    while (length < text.size() && isDigit(text[length]))
        ++length;
    const std::string_view digits = text.substr(0, length);
    text.remove_prefix(length);
    return digits;
}

int compareDigits(std::string_view a, std::string_view b) {
    a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
    b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
    if (a.size() != b.size())
        return a.size() < b.size() ? -1 : 1;
    return a.compare(b);
}

} // namespace

std::optional<double> parseAmount(std::string_view text) {
    const auto quantity = base::Quantity::parse(text);
    if (!quantity)
        return std::nullopt;
    // Thousandths of more than 8 Pi no longer fit an integer; whole units of that size are near enough.
    constexpr std::int64_t kLargest = std::int64_t(1) << 53;
    const std::int64_t units = quantity->units();
    return units > kLargest || units < -kLargest ? static_cast<double>(units) * 1000.0
                                                 : static_cast<double>(quantity->milli());
}

std::optional<std::int64_t> parseDurationMs(std::string_view text) {
    static constexpr std::array<std::pair<char, std::int64_t>, 6> kUnits{{
        {'s', 1000},
        {'m', 60000},
        {'h', 3600000},
        {'d', 86400000},
        {'w', 604800000},
        {'y', 31536000000},
    }};
    if (text.empty())
        return std::nullopt;
    double total = 0;
    while (!text.empty()) {
        const auto number = leadingNumber(text);
        if (!number || number->rest.empty() || number->value < 0)
            return std::nullopt;
        const auto unit = std::find_if(kUnits.begin(), kUnits.end(),
                                       [&](const auto& entry) { return entry.first == number->rest.front(); });
        if (unit == kUnits.end())
            return std::nullopt;
        total += number->value * static_cast<double>(unit->second);
        text = number->rest.substr(1);
    }
    if (total > 9e18)
        return std::nullopt;
    return static_cast<std::int64_t>(total);
}

std::optional<double> parseRatio(std::string_view text) {
    const auto first = leadingNumber(text);
    if (!first)
        return std::nullopt;
    if (first->rest.empty())
        return first->value;
    if (first->rest == "%")
        return first->value / 100.0;
    if (!first->rest.starts_with('/'))
        return std::nullopt;
    const auto second = leadingNumber(first->rest.substr(1));
    if (!second || !second->rest.empty())
        return std::nullopt;
    // "0/0" wants nothing and has it.
    return second->value == 0 ? 1.0 : first->value / second->value;
}

int compareNatural(std::string_view a, std::string_view b) {
    while (!a.empty() && !b.empty()) {
        if (isDigit(a.front()) && isDigit(b.front())) {
            if (const int order = compareDigits(takeDigits(a), takeDigits(b)); order != 0)
                return order;
            continue;
        }
        if (a.front() != b.front())
            return static_cast<unsigned char>(a.front()) < static_cast<unsigned char>(b.front()) ? -1 : 1;
        a.remove_prefix(1);
        b.remove_prefix(1);
    }
    if (a.empty() == b.empty())
        return 0;
    return a.empty() ? -1 : 1;
}

bool containsIgnoringCase(std::string_view text, std::string_view lowerNeedle) {
    if (lowerNeedle.empty())
        return true;
    if (text.size() < lowerNeedle.size())
        return false;
    const char lower = lowerNeedle.front();
    const char upper = toUpper(lower);
    const std::size_t last = text.size() - lowerNeedle.size();
    for (std::size_t i = 0; i <= last; ++i) {
        if (text[i] != lower && text[i] != upper)
            continue;
        std::size_t matched = 1;
        while (matched < lowerNeedle.size() && toLower(text[i + matched]) == lowerNeedle[matched])
            ++matched;
        if (matched == lowerNeedle.size())
            return true;
    }
    return false;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return toLower(x) == toLower(y); });
}

} // namespace fleet
