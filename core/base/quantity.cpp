// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quantity.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace base {

namespace {

__extension__ using Int128 = __int128;

constexpr Int128 kNano = 1'000'000'000;
constexpr Int128 kMax = (~static_cast<Int128>(0)) ^ (static_cast<Int128>(1) << 127);
constexpr int kMaxExponent = 60; // 10^60 is far beyond saturation.

struct Suffix {
    std::string_view text;
    int exponent;
};

constexpr std::array<Suffix, 10> kDecimal{{
    {"n", -9},
    {"u", -6},
    {"m", -3},
    {"", 0},
    {"k", 3},
    {"M", 6},
    {"G", 9},
    {"T", 12},
    {"P", 15},
    {"E", 18},
}};
constexpr std::array<Suffix, 6> kBinary{{
    {"Ki", 10},
    {"Mi", 20},
    {"Gi", 30},
    {"Ti", 40},
    {"Pi", 50},
    {"Ei", 60},
}};

struct Scale {
    int base = 10;
    int exponent = 0;
    Quantity::Format format = Quantity::Format::DecimalSI;
};

std::optional<Scale> scaleOf(std::string_view suffix) {
    for (const Suffix& known : kDecimal) {
        if (known.text == suffix)
            return Scale{10, known.exponent, Quantity::Format::DecimalSI};
    }
    for (const Suffix& known : kBinary) {
        if (known.text == suffix)
            return Scale{2, known.exponent, Quantity::Format::BinarySI};
    }
    if (suffix.size() > 1 && (suffix[0] == 'e' || suffix[0] == 'E')) {
        const auto exponent = parseNumber(suffix.substr(1));
        if (!exponent)
            return std::nullopt;
        return Scale{10, static_cast<int>(std::clamp<std::int64_t>(*exponent, -1000, 1000)),
                     Quantity::Format::DecimalExponent};
    }
    return std::nullopt;
}

Int128 saturatedProduct(Int128 value, Int128 factor) {
    Int128 product = 0;
    return __builtin_mul_overflow(value, factor, &product) ? kMax : product;
}

// Dividing rounds away from zero; values here are not negative.
Int128 scaledByTen(Int128 value, int exponent) {
    for (; exponent > 0 && value != kMax && value != 0; --exponent)
        value = saturatedProduct(value, 10);
    bool rest = false;
    for (; exponent < 0 && value != 0; ++exponent) {
        rest = rest || value % 10 != 0;
        value /= 10;
    }
    return rest ? value + 1 : value;
}

std::int64_t saturated(Int128 value) {
    return static_cast<std::int64_t>(std::clamp<Int128>(value, INT64_MIN, INT64_MAX));
}

Int128 dividedAwayFromZero(Int128 value, Int128 divisor) {
    const Int128 quotient = value / divisor;
    const Int128 rest = value % divisor;
    return quotient + (rest > 0 ? 1 : 0) - (rest < 0 ? 1 : 0);
}

void appendBig(std::string& out, Int128 value) {
    std::array<char, 48> buffer{};
    std::size_t at = buffer.size();
    const bool negative = value < 0;
    do {
        const auto digit = static_cast<int>(value % 10);
        buffer[--at] = static_cast<char>('0' + (digit < 0 ? -digit : digit));
        value /= 10;
    } while (value != 0);
    if (negative)
        buffer[--at] = '-';
    out.append(buffer.data() + at, buffer.size() - at);
}

// Plain digits and one of the everyday suffixes: value and factor in thousandths, 0 where the long way is needed.
struct Short {
    std::int64_t number = 0;
    std::int64_t milliFactor = 0;
};

Short shortForm(std::string_view text) {
    Short out;
    std::size_t at = 0;
    for (; at < text.size() && at < 9 && text[at] >= '0' && text[at] <= '9'; ++at)
        out.number = out.number * 10 + (text[at] - '0');
    if (at == 0)
        return out;
    const std::string_view suffix = text.substr(at);
    if (suffix.empty())
        out.milliFactor = 1000;
    else if (suffix == "m")
        out.milliFactor = 1;
    else if (suffix == "Ki")
        out.milliFactor = std::int64_t(1000) << 10;
    else if (suffix == "Mi")
        out.milliFactor = std::int64_t(1000) << 20;
    return out;
}

} // namespace

Quantity Quantity::fromUnits(std::int64_t units, Format format) {
    Quantity out;
    out.m_nano = static_cast<Int128>(units) * kNano;
    out.m_format = format;
    return out;
}

Quantity Quantity::fromMilli(std::int64_t milli, Format format) {
    Quantity out;
    out.m_nano = static_cast<Int128>(milli) * (kNano / 1000);
    out.m_format = format;
    return out;
}

std::optional<Quantity> Quantity::parse(std::string_view text) {
    std::size_t at = 0;
    bool negative = false;
    if (at < text.size() && (text[at] == '-' || text[at] == '+'))
        negative = text[at++] == '-';
    Int128 number = 0;
    int digits = 0;
    int fraction = 0;
    bool lost = false; // Non-zero digits beyond what fits: counts as "a little more".
    bool point = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            break;
        ++digits;
        if (number > (kMax - (c - '0')) / 10) {
            lost = lost || c != '0';
            fraction -= point ? 0 : 1;
            continue;
        }
        number = number * 10 + (c - '0');
        fraction += point ? 1 : 0;
    }
    if (digits == 0)
        return std::nullopt;
    const auto scale = scaleOf(text.substr(at));
    if (!scale)
        return std::nullopt;
    Quantity out;
    out.m_format = scale->format;
    if (scale->base == 2) {
        // 2^60 * 10^9 does not fit over many digits: shift first, then scale.
        Int128 shifted = saturatedProduct(number, static_cast<Int128>(1) << scale->exponent);
        if (shifted == kMax) {
            shifted = saturatedProduct(scaledByTen(number, -fraction), static_cast<Int128>(1) << scale->exponent);
            fraction = 0;
        }
        out.m_nano = scaledByTen(shifted, 9 - fraction);
        out.m_nano = std::min(out.m_nano, static_cast<Int128>(INT64_MAX) * kNano);
        if (out.m_nano > 0 && out.m_nano < kNano)
            out.m_format = Format::DecimalSI;
    } else {
        out.m_nano = scaledByTen(number, std::clamp(9 - fraction + scale->exponent, -kMaxExponent, kMaxExponent));
        if (lost && out.m_nano == 0)
            out.m_nano = 1;
    }
    if (negative)
        out.m_nano = -out.m_nano;
    return out;
}

std::string Quantity::toText() const {
    if (m_nano == 0)
        return "0";
    std::string out;
    const Int128 whole = m_nano / kNano;
    if (m_format == Format::BinarySI && m_nano % kNano == 0 && (whole <= -1024 || whole >= 1024)) {
        Int128 value = whole;
        std::size_t step = 0;
        while (step < kBinary.size() && value % 1024 == 0) {
            value /= 1024;
            ++step;
        }
        appendBig(out, value);
        if (step > 0)
            out += kBinary[step - 1].text;
        return out;
    }
    Int128 value = m_nano;
    int exponent = -9;
    while (value % 1000 == 0 && (exponent < 18 || m_format == Format::DecimalExponent)) {
        value /= 1000;
        exponent += 3;
    }
    appendBig(out, value);
    if (m_format == Format::DecimalExponent) {
        if (exponent != 0) {
            out += 'e';
            appendNumber(out, exponent);
        }
        return out;
    }
    out += kDecimal[static_cast<std::size_t>(exponent / 3 + 3)].text;
    return out;
}

std::int64_t Quantity::units() const {
    return saturated(dividedAwayFromZero(m_nano, kNano));
}

std::int64_t Quantity::milli() const {
    return saturated(dividedAwayFromZero(m_nano, kNano / 1000));
}

Quantity& Quantity::operator+=(const Quantity& other) {
    if (m_nano == 0)
        m_format = other.m_format;
    if (__builtin_add_overflow(m_nano, other.m_nano, &m_nano))
        m_nano = other.m_nano > 0 ? kMax : -kMax;
    return *this;
}

Quantity& Quantity::operator-=(const Quantity& other) {
    Quantity negated = other;
    negated.m_nano = -negated.m_nano;
    return *this += negated;
}

std::optional<std::int64_t> quantityUnits(std::string_view text) {
    const Short easy = shortForm(text);
    if (easy.milliFactor >= 1000)
        return easy.number * (easy.milliFactor / 1000);
    const auto quantity = Quantity::parse(text);
    if (!quantity)
        return std::nullopt;
    return quantity->units();
}

std::optional<std::int64_t> quantityMilli(std::string_view text) {
    const Short easy = shortForm(text);
    if (easy.milliFactor == 1 || easy.milliFactor == 1000)
        return easy.number * easy.milliFactor;
    const auto quantity = Quantity::parse(text);
    if (!quantity)
        return std::nullopt;
    return quantity->milli();
}

} // namespace base
