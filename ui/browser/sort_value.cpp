// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/sort_value.h"

#include "core/fleet/filter/value.h"

#include <array>
#include <bit>
#include <charconv>
#include <optional>

namespace ui {

namespace {

constexpr std::uint64_t kTopBit = std::uint64_t(1) << 63;

// Signed numbers and doubles as unsigned ones in the same order.
std::uint64_t orderedBits(std::int64_t number) {
    return static_cast<std::uint64_t>(number) ^ kTopBit;
}

std::uint64_t orderedBits(double number) {
    const auto bits = std::bit_cast<std::uint64_t>(number);
    return (bits & kTopBit) != 0 ? ~bits : bits | kTopBit;
}

std::optional<std::int64_t> leadingInteger(std::string_view text) {
    std::int64_t number = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    if (result.ec != std::errc())
        return std::nullopt;
    return number;
}

std::optional<std::uint64_t> parseAddress4(std::string_view text) {
    std::uint64_t value = 0;
    for (int parts = 0; parts < 4; ++parts) {
        unsigned part = 0;
        const auto result = std::from_chars(text.data(), text.data() + text.size(), part);
        if (result.ec != std::errc() || part > 255)
            return std::nullopt;
        value = value << 8 | part;
        text.remove_prefix(static_cast<std::size_t>(result.ptr - text.data()));
        if (parts == 3)
            break;
        if (!text.starts_with('.'))
            return std::nullopt;
        text.remove_prefix(1);
    }
    return text.empty() ? std::optional(value) : std::nullopt;
}

// The groups before "::" fill from the front, those behind it from the back.
std::optional<std::array<std::uint64_t, 2>> parseAddress6(std::string_view text) {
    std::array<std::uint16_t, 8> front{};
    std::array<std::uint16_t, 8> back{};
    std::size_t fronts = 0;
    std::size_t backs = 0;
    bool gap = false;
    while (!text.empty()) {
        if (text.starts_with("::")) {
            if (gap)
                return std::nullopt;
            gap = true;
            text.remove_prefix(2);
            continue;
        }
        if (text.starts_with(':'))
            text.remove_prefix(1);
        unsigned group = 0;
        const auto result = std::from_chars(text.data(), text.data() + text.size(), group, 16);
        if (result.ec != std::errc() || group > 0xFFFF || fronts + backs == 8)
            return std::nullopt;
        (gap ? back[backs++] : front[fronts++]) = static_cast<std::uint16_t>(group);
        text.remove_prefix(static_cast<std::size_t>(result.ptr - text.data()));
    }
    for (std::size_t i = 0; i < backs; ++i)
        front[8 - backs + i] = back[i];
    std::array<std::uint64_t, 2> bits{};
    for (std::size_t i = 0; i < 8; ++i)
        bits[i / 4] = bits[i / 4] << 16 | front[i];
    return bits;
}

SortValue ofBits(std::uint64_t major, std::uint64_t minor = 0) {
    SortValue value;
    value.major = major;
    value.minor = minor;
    value.isAbsent = false;
    return value;
}

SortValue ofAddress(std::string_view text) {
    text = text.substr(0, text.find_first_of(",/%")); // Of several, the first counts.
    if (const auto four = parseAddress4(text))
        return ofBits(0, *four);
    if (const auto six = parseAddress6(text); six && text.find(':') != std::string_view::npos)
        return ofBits((*six)[0] | 1, (*six)[1]); // Behind every IPv4 address.
    return {};
}

} // namespace

SortValue sortValueOfText(std::string_view text, kube::SortKind kind) {
    SortValue value;
    if (text.empty() || text == "<none>" || text == "<unset>" || text == "<unknown>")
        return value;
    switch (kind) {
    case kube::SortKind::Text:
    case kube::SortKind::Version:
        value.text = text;
        value.isAbsent = false;
        value.isVersion = kind == kube::SortKind::Version;
        return value;
    case kube::SortKind::Number:
        if (const auto number = leadingInteger(text))
            return ofBits(orderedBits(*number));
        return value;
    case kube::SortKind::Quantity:
        if (const auto amount = fleet::parseAmount(text))
            return ofBits(orderedBits(*amount));
        return value;
    case kube::SortKind::Ratio:
        if (const auto ratio = fleet::parseRatio(text))
            return ofBits(orderedBits(*ratio), orderedBits(leadingInteger(text).value_or(0)));
        return value;
    case kube::SortKind::Time:
        if (const auto age = fleet::parseDurationMs(text))
            return ofBits(orderedBits(*age));
        return value;
    case kube::SortKind::Address:
        return ofAddress(text);
    }
    return value;
}

SortValue sortValue(const kube::RowRef& row, const kube::Column& column, std::int64_t nowMs) {
    switch (column.format) {
    case kube::CellFormat::Text:
        return sortValueOfText(row.text(column.field), column.sort);
    case kube::CellFormat::Number:
    case kube::CellFormat::CountAgo: {
        const std::int64_t number = row.number(column.field);
        return number == kube::kNoNumber ? SortValue() : ofBits(orderedBits(number));
    }
    case kube::CellFormat::Age:
    case kube::CellFormat::AgeOrText: {
        // As the printed age grows: the newest first.
        const std::int64_t time = row.timeMs(column.field);
        return time == 0 ? SortValue() : ofBits(~orderedBits(time));
    }
    case kube::CellFormat::Elapsed: {
        const std::int64_t from = row.timeMs(column.field);
        if (from == 0)
            return {};
        const std::int64_t to = row.timeMs(column.field2);
        return ofBits(orderedBits((to == 0 ? nowMs : to) - from));
    }
    }
    return {};
}

int compareSortValues(const SortValue& a, const SortValue& b) {
    if (a.isAbsent || b.isAbsent)
        return static_cast<int>(a.isAbsent) - static_cast<int>(b.isAbsent);
    if (a.major != b.major)
        return a.major < b.major ? -1 : 1;
    if (a.minor != b.minor)
        return a.minor < b.minor ? -1 : 1;
    return a.isVersion ? fleet::compareNatural(a.text, b.text) : a.text.compare(b.text);
}

} // namespace ui
