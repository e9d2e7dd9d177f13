// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/escapes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace logs {

namespace {

constexpr char kEscape = '\x1b';
constexpr char kBell = '\x07';
constexpr std::size_t kMostParameters = 16;

struct Parameters {
    std::array<unsigned, kMostParameters> values{};
    std::size_t count = 0;

    [[nodiscard]] unsigned at(std::size_t index) const { return index < count ? values[index] : 0; }
};

// "1;38;5;208" (or with colons); digits that run over count as the largest.
Parameters parametersOf(std::string_view text) {
    constexpr unsigned kLargest = 65535;
    Parameters parameters;
    parameters.count = 1;
    for (const char c : text) {
        unsigned& value = parameters.values[parameters.count - 1];
        if (c >= '0' && c <= '9')
            value = std::min(value * 10 + static_cast<unsigned>(c - '0'), kLargest);
        else if (parameters.count == kMostParameters)
            break;
        else
            ++parameters.count;
    }
    return parameters;
}

// The colour that "5;N" or "2;R;G;B" behind 38 and 48 means; moves `at` to its last parameter.
std::uint32_t extendedColour(const Parameters& parameters, std::size_t& at) {
    const unsigned kind = parameters.at(at + 1);
    if (kind == 5) {
        at += 2;
        return 1 + std::min(parameters.at(at), 255U);
    }
    if (kind == 2) {
        at += 4;
        const auto part = [&](std::size_t index) { return std::min(parameters.at(index), 255U); };
        return ColourRun::kTrueColour | part(at - 2) << 16U | part(at - 1) << 8U | part(at);
    }
    at = parameters.count;
    return 0;
}

void setStyle(ColourRun& run, unsigned style, bool on) {
    run.style = static_cast<std::uint8_t>(on ? run.style | style : run.style & ~style);
}

void dress(ColourRun& run, const Parameters& parameters) {
    for (std::size_t at = 0; at < parameters.count; ++at) {
        const unsigned code = parameters.at(at);
        if (code == 0)
            run = {run.at, 0, 0, 0};
        else if (code == 1)
            setStyle(run, ColourRun::Bold, true);
        else if (code == 2)
            setStyle(run, ColourRun::Faint, true);
        else if (code == 3 || code == 23)
            setStyle(run, ColourRun::Italic, code == 3);
        else if (code == 4 || code == 24)
            setStyle(run, ColourRun::Underlined, code == 4);
        else if (code == 7 || code == 27)
            setStyle(run, ColourRun::Reversed, code == 7);
        else if (code == 9 || code == 29)
            setStyle(run, ColourRun::Struck, code == 9);
        else if (code == 22)
            setStyle(run, ColourRun::Bold | ColourRun::Faint, false);
        else if (code >= 30 && code <= 37)
            run.ink = 1 + code - 30;
        else if (code == 38)
            run.ink = extendedColour(parameters, at);
        else if (code == 39)
            run.ink = 0;
        else if (code >= 40 && code <= 47)
            run.ground = 1 + code - 40;
        else if (code == 48)
            run.ground = extendedColour(parameters, at);
        else if (code == 49)
            run.ground = 0;
        else if (code >= 90 && code <= 97)
            run.ink = 1 + code - 90 + 8;
        else if (code >= 100 && code <= 107)
            run.ground = 1 + code - 100 + 8;
    }
}

// The length of the sequence that `text` begins with; `parameters` becomes those of a sequence that dresses text.
std::size_t sequenceLength(std::string_view text, std::optional<std::string_view>& parameters) {
    if (text.size() < 2)
        return text.size();
    if (text[1] == '[') {
        std::size_t end = 2;
        while (end < text.size() && text[end] >= 0x20 && text[end] < 0x40)
            ++end;
        const bool isFinished = end < text.size() && text[end] >= 0x40 && text[end] < 0x7f;
        if (isFinished && text[end] == 'm')
            parameters = text.substr(2, end - 2);
        return isFinished ? end + 1 : end;
    }
    // Strings: titles, clipboards, hyperlinks, up to BEL or ESC backslash.
    if (text[1] == ']' || text[1] == 'P' || text[1] == 'X' || text[1] == '^' || text[1] == '_') {
        for (std::size_t end = 2; end < text.size(); ++end) {
            if (text[end] == kBell)
                return end + 1;
            if (text[end] == kEscape)
                return end + (end + 1 < text.size() && text[end + 1] == '\\' ? 2 : 0);
        }
        return text.size();
    }
    std::size_t end = 1;
    while (end < text.size() && text[end] >= 0x20 && text[end] < 0x30)
        ++end;
    return std::min(end + (end < text.size() && text[end] >= 0x30 && text[end] < 0x7f ? 1 : 0), text.size());
}

} // namespace

bool hasEscapes(std::string_view text) {
    return text.find(kEscape) != std::string_view::npos;
}

void appendPlain(std::string_view text, std::string& plain, std::vector<ColourRun>& runs) {
    const std::size_t from = plain.size();
    ColourRun current;
    while (!text.empty()) {
        const std::size_t escape = std::min(text.find(kEscape), text.size());
        plain.append(text.substr(0, escape));
        text.remove_prefix(escape);
        if (text.empty())
            break;
        std::optional<std::string_view> parameters;
        text.remove_prefix(sequenceLength(text, parameters));
        if (!parameters)
            continue;
        ColourRun next = current;
        dress(next, parametersOf(*parameters));
        next.at = static_cast<std::uint32_t>(plain.size() - from);
        if (next.ink == current.ink && next.ground == current.ground && next.style == current.style)
            continue;
        current = next;
        if (!runs.empty() && runs.back().at == next.at)
            runs.back() = next;
        else
            runs.push_back(next);
    }
}

} // namespace logs
