// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/yaml_scalar.h"

#include "core/kube/go_scalar.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <variant>

namespace kube::yaml {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

class Cursor {
public:
    explicit Cursor(std::string_view text)
        : m_text(text) {}

    [[nodiscard]] bool atEnd() const { return m_text.empty(); }
    bool take(char c) {
        if (!m_text.starts_with(c))
            return false;
        m_text.remove_prefix(1);
        return true;
    }
    bool takeAny(std::string_view characters) {
        if (m_text.empty() || characters.find(m_text.front()) == std::string_view::npos)
            return false;
        m_text.remove_prefix(1);
        return true;
    }
    /// Takes up to `most` of these characters, returns how many.
    std::size_t takeRun(std::string_view characters, std::size_t most = std::string_view::npos) {
        const std::size_t length = std::min({m_text.find_first_not_of(characters), m_text.size(), most});
        m_text.remove_prefix(length);
        return length;
    }
    /// One or two digits not above `greatest`.
    bool takeSmall(unsigned greatest, unsigned* out = nullptr) {
        unsigned value = 0;
        std::size_t count = 0;
        for (; count < 2 && !m_text.empty() && isDigit(m_text.front()); ++count) {
            value = value * 10 + static_cast<unsigned>(m_text.front() - '0');
            m_text.remove_prefix(1);
        }
        if (out != nullptr)
            *out = value;
        return count > 0 && value <= greatest;
    }

private:
    std::string_view m_text;
};

constexpr std::string_view kDigits = "0123456789";

// Sexagesimal numbers of YAML 1.1: "1:30", "190:20:30.15".
bool isSexagesimal(std::string_view text) {
    Cursor at(text);
    at.takeAny("+-");
    if (!at.takeAny(kDigits))
        return false;
    at.takeRun("0123456789_");
    std::size_t parts = 0;
    while (at.take(':')) {
        if (!at.takeSmall(59))
            return false;
        ++parts;
    }
    if (parts > 0 && at.take('.'))
        at.takeRun("0123456789_");
    return parts > 0 && at.atEnd();
}

bool isDate(std::string_view year, unsigned month, unsigned day) {
    int number = 0;
    std::from_chars(year.data(), year.data() + year.size(), number);
    return std::chrono::year_month_day(std::chrono::year(number), std::chrono::month(month), std::chrono::day(day))
        .ok();
}

} // namespace

// The forms that Go's YAML reader takes for times: "2006-1-2", "2006-1-2T15:4:5.9Z07:00", "2006-1-2 15:4:5.9".
bool isTime(std::string_view text) {
    Cursor at(text);
    unsigned month = 0;
    unsigned day = 0;
    if (at.takeRun(kDigits) != 4 || !at.take('-') || !at.takeSmall(12, &month) || !at.take('-') ||
        !at.takeSmall(31, &day) || !isDate(text.substr(0, 4), month, day))
        return false;
    if (at.atEnd())
        return true;
    const bool zoned = at.takeAny("Tt");
    if (!zoned && !at.take(' '))
        return false;
    if (!at.takeSmall(23) || !at.take(':') || !at.takeSmall(59) || !at.take(':') || !at.takeSmall(59))
        return false;
    if (at.takeAny(".,") && at.takeRun(kDigits) == 0)
        return false;
    if (!zoned)
        return at.atEnd();
    if (at.take('Z'))
        return at.atEnd();
    return at.takeAny("+-") && at.takeRun(kDigits, 2) == 2 && at.take(':') && at.takeRun(kDigits, 2) == 2 && at.atEnd();
}

bool readsAsOther(std::string_view text) {
    const auto scalar = readPlain({}, text);
    return !scalar || !std::holds_alternative<std::string_view>(*scalar) || isTime(text) || isSexagesimal(text);
}

bool isPrintable(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned first = byte(at);
    if (first < 0x80)
        return first == 0x0A || (first >= 0x20 && first <= 0x7E);
    if (first == 0xC2)
        return byte(at + 1) >= 0xA0;
    if (first == 0xED)
        return byte(at + 1) < 0xA0;
    if (first == 0xEF)
        return !(byte(at + 1) == 0xBB && byte(at + 2) == 0xBF) &&
               !(byte(at + 1) == 0xBF && (byte(at + 2) == 0xBE || byte(at + 2) == 0xBF));
    return (first > 0xC2 && first < 0xED) || first == 0xEE;
}

std::size_t characterLength(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

bool isBreak(std::string_view text, std::size_t at) {
    return text[at] == '\n' || text[at] == '\r' || text.substr(at).starts_with("\xC2\x85") ||
           text.substr(at).starts_with("\xE2\x80\xA8") || text.substr(at).starts_with("\xE2\x80\xA9");
}

ScalarShape analyze(std::string_view text) {
    ScalarShape shape;
    bool indicators = text.starts_with("---") || text.starts_with("...");
    bool special = false;
    bool lineBreaks = false;
    bool leadingSpace = false;
    bool leadingBreak = false;
    bool trailingSpace = false;
    bool trailingBreak = false;
    bool breakSpace = false;
    bool spaceBreak = false;
    bool previousSpace = false;
    bool previousBreak = false;
    bool precededByBlank = true;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        const std::size_t length = characterLength(c);
        const std::size_t next = i + length;
        const bool followedByBlank = next >= text.size() || text[next] == ' ' || text[next] == '\t';
        if (i == 0) {
            if (std::string_view("#,[]{}&*!|>'\"%@`").find(c) != std::string_view::npos)
                indicators = true;
            else if ((c == '?' || c == ':' || c == '-') && followedByBlank)
                indicators = true;
        } else if ((c == ':' && followedByBlank) || (c == '#' && precededByBlank)) {
            indicators = true;
        }
        if (!isPrintable(text, i))
            special = true;
        if (c == ' ') {
            leadingSpace = leadingSpace || i == 0;
            trailingSpace = trailingSpace || next >= text.size();
            breakSpace = breakSpace || previousBreak;
            previousSpace = true;
            previousBreak = false;
        } else if (isBreak(text, i)) {
            lineBreaks = true;
            leadingBreak = leadingBreak || i == 0;
            trailingBreak = trailingBreak || next >= text.size();
            spaceBreak = spaceBreak || previousSpace;
            previousSpace = false;
            previousBreak = true;
        } else {
            previousSpace = false;
            previousBreak = false;
        }
        precededByBlank = c == ' ' || c == '\t' || isBreak(text, i);
        i = next;
    }
    shape.multiline = lineBreaks;
    if (leadingSpace || leadingBreak || trailingSpace || trailingBreak || breakSpace || lineBreaks || indicators)
        shape.plain = false;
    if (trailingSpace)
        shape.block = false;
    if (breakSpace)
        shape.singleQuoted = false;
    if (spaceBreak || special)
        shape.plain = shape.singleQuoted = shape.block = false;
    return shape;
}

} // namespace kube::yaml
