// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/go_scalar.h"

#include "core/base/text.h"
#include "core/kube/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

namespace kube::yaml {

namespace {

constexpr std::string_view kTagPrefix = "tag:yaml.org,2002:";

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::size_t skipDigits(std::string_view text, std::size_t from) {
    return std::min(text.find_first_not_of("0123456789", from), text.size());
}

// Digits with or without a point, then perhaps an exponent: Go's [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool isDecimal(std::string_view text) {
    std::size_t at = text.starts_with('+') || text.starts_with('-') ? 1 : 0;
    const std::size_t whole = skipDigits(text, at);
    const bool hasWhole = whole > at;
    at = whole;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = skipDigits(text, at + 1);
        if (!hasWhole && fraction == at + 1)
            return false;
        at = fraction;
    } else if (!hasWhole) {
        return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        const std::size_t exponent = skipDigits(text, at);
        if (exponent == at)
            return false;
        at = exponent;
    }
    return at == text.size();
}

// Whether a decimal that is out of a double's range is too great, not too small: by the power of ten of its first digit
// that counts.
bool isTooGreat(std::string_view text) {
    const std::size_t e = std::min(text.find_first_of("eE"), text.size());
    long long power = 0;
    if (e < text.size()) {
        std::string_view exponent = text.substr(e + 1);
        const bool isNegative = exponent.starts_with('-');
        if (exponent.starts_with('+') || isNegative)
            exponent.remove_prefix(1);
        exponent.remove_prefix(std::min(exponent.find_first_not_of('0'), exponent.size()));
        long long size = std::numeric_limits<int>::max();
        if (exponent.size() < 10)
            std::from_chars(exponent.data(), exponent.data() + exponent.size(), size);
        power = exponent.empty() ? 0 : isNegative ? -size : size;
    }
    const std::string_view mantissa = text.substr(0, e);
    const std::size_t first = mantissa.find_first_of("123456789");
    if (first == std::string_view::npos)
        return false;
    const auto point = static_cast<long long>(std::min(mantissa.find('.'), mantissa.size()));
    return power + point - static_cast<long long>(first) > 0;
}

// Of a text for which isDecimal() holds. Nothing above the greatest double; what is too small is 0.
std::optional<double> decimal(std::string_view text) {
    const bool isNegative = text.starts_with('-');
    if (isNegative || text.starts_with('+'))
        text.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc::result_out_of_range) {
        if (isTooGreat(text))
            return {};
        number = 0;
    }
    return isNegative ? -number : number;
}

// Digits of a base that Go's prefixes name, without a sign.
std::optional<std::uint64_t> magnitude(std::string_view digits) {
    int base = 10;
    if (digits.starts_with('0')) {
        const char letter = digits.size() >= 3 ? digits[1] : '\0';
        base = letter == 'b' || letter == 'B' ? 2 : letter == 'x' || letter == 'X' ? 16 : 8;
        const bool hasLetter = base != 8 || letter == 'o' || letter == 'O';
        digits.remove_prefix(hasLetter ? 2 : 1);
        if (digits.empty())
            return 0;
    }
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
    if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size())
        return {};
    return number;
}

std::optional<Scalar> withSign(std::uint64_t number, bool isNegative) {
    constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (isNegative) {
        if (number > kMost + 1)
            return {};
        return Scalar(number > kMost ? std::numeric_limits<std::int64_t>::min() : -static_cast<std::int64_t>(number));
    }
    return Scalar(static_cast<std::int64_t>(number));
}

std::optional<Scalar> integer(std::string_view text) {
    const bool isNegative = text.starts_with('-');
    const bool hasSign = isNegative || text.starts_with('+');
    const auto number = magnitude(text.substr(hasSign ? 1 : 0));
    if (!number)
        return {};
    if (isNegative || *number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return withSign(*number, isNegative);
    // Go reads a number without a sign once more as a uint64.
    return hasSign ? std::nullopt : std::optional<Scalar>(*number);
}

// Go tries base 2 a last time on what follows the prefix, and that may have a sign of its own: 0b-11 is -3.
std::optional<Scalar> signedBinary(std::string_view text) {
    if (!text.starts_with("0b") || text.size() < 4 || (text[2] != '+' && text[2] != '-'))
        return {};
    const std::string_view digits = text.substr(3);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, 2);
    if (error != std::errc{} || end != digits.data() + digits.size())
        return {};
    if (text[2] == '+' && number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        return {};
    return withSign(number, text[2] == '-');
}

std::optional<Scalar> number(std::string_view text) {
    std::string plain;
    std::copy_if(text.begin(), text.end(), std::back_inserter(plain), [](char c) { return c != '_'; });
    if (auto whole = integer(plain))
        return whole;
    if (isDecimal(plain)) {
        if (const auto value = decimal(plain))
            return Scalar(*value);
    }
    return signedBinary(plain);
}

// What starts with a point goes straight to Go's ParseFloat, which wants underscores between digits.
std::optional<Scalar> fraction(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '_')
            plain += text[i];
        else if (i == 0 || i + 1 >= text.size() || !isDigit(text[i - 1]) || !isDigit(text[i + 1]))
            return {};
    }
    if (!isDecimal(plain))
        return {};
    const auto value = decimal(plain);
    return value ? std::optional<Scalar>(*value) : std::nullopt;
}

std::optional<Scalar> word(std::string_view text) {
    struct Word {
        std::string_view text;
        Scalar value;
    };
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();
    static const std::array words = std::to_array<Word>({
        {"", Null{}},         {"~", Null{}},         {"null", Null{}},      {"Null", Null{}},      {"NULL", Null{}},
        {"y", true},          {"Y", true},           {"yes", true},         {"Yes", true},         {"YES", true},
        {"true", true},       {"True", true},        {"TRUE", true},        {"on", true},          {"On", true},
        {"ON", true},         {"n", false},          {"N", false},          {"no", false},         {"No", false},
        {"NO", false},        {"false", false},      {"False", false},      {"FALSE", false},      {"off", false},
        {"Off", false},       {"OFF", false},        {".nan", kNoNumber},   {".NaN", kNoNumber},   {".NAN", kNoNumber},
        {".inf", kInfinity},  {".Inf", kInfinity},   {".INF", kInfinity},   {"+.inf", kInfinity},  {"+.Inf", kInfinity},
        {"+.INF", kInfinity}, {"-.inf", -kInfinity}, {"-.Inf", -kInfinity}, {"-.INF", -kInfinity},
    });
    const auto found = std::find_if(words.begin(), words.end(), [&](const Word& w) { return w.text == text; });
    return found == words.end() ? std::nullopt : std::optional<Scalar>(found->value);
}

Scalar untagged(std::string_view text) {
    constexpr std::size_t kLongestWord = 5;
    if (text.size() <= kLongestWord) {
        if (auto value = word(text))
            return *value;
    }
    const char first = text.front();
    std::optional<Scalar> value;
    if (first == '.')
        value = fraction(text);
    else if (isDigit(first) || first == '+' || first == '-')
        value = number(text);
    return value.value_or(Scalar(text));
}

} // namespace

std::optional<Scalar> readPlain(std::string_view tag, std::string_view text) {
    if (tag.empty())
        return untagged(text);
    if (!tag.starts_with(kTagPrefix))
        return Scalar(text);
    tag.remove_prefix(kTagPrefix.size());
    if (tag == "timestamp")
        return isTime(text) ? std::optional<Scalar>(text) : std::nullopt;
    if (tag != "null" && tag != "bool" && tag != "int" && tag != "float")
        return Scalar(text);
    const Scalar value = untagged(text);
    const auto is = [&]<typename T>(T) { return std::holds_alternative<T>(value); };
    if (tag == "float" && is(std::int64_t{}))
        return Scalar(static_cast<double>(std::get<std::int64_t>(value)));
    const bool fits = tag == "null"   ? is(Null{})
                      : tag == "bool" ? is(bool{})
                      : tag == "int"  ? is(std::int64_t{}) || is(std::uint64_t{})
                                      : is(double{});
    return fits ? std::optional<Scalar>(value) : std::nullopt;
}

std::optional<Scalar> readJsonNumber(std::string_view text) {
    if (text.find_first_of(".eE") == std::string_view::npos) {
        std::int64_t whole = 0;
        if (std::from_chars(text.data(), text.data() + text.size(), whole).ec == std::errc{})
            return Scalar(whole);
    }
    const auto value = decimal(text);
    return value ? std::optional<Scalar>(*value) : std::nullopt;
}

std::string floatKey(double number) {
    const auto rounded = static_cast<float>(number);
    if (std::isnan(rounded))
        return ".nan";
    if (std::isinf(rounded))
        return rounded > 0 ? ".inf" : "-.inf";
    // The fewest digits that name the float name a double too, whose fewest digits they are.
    std::array<char, 32> buffer{};
    const char* end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), rounded, std::chars_format::scientific).ptr;
    double same = 0;
    std::from_chars(buffer.data(), end, same);
    // Go's %g.
    constexpr int kLeast = -4;
    constexpr int kMost = 6;
    std::string text;
    base::appendFloat(text, same, kLeast, kMost);
    return text;
}

} // namespace kube::yaml
