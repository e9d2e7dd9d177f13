// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/log_text.h"

#include "core/base/text.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace logs {

namespace {

std::string dumped(const nlohmann::ordered_json& json) {
    return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string escaped(const std::string& text) {
    const std::string quoted = dumped(text);
    return quoted.substr(1, quoted.size() - 2);
}

// How much of the text is not the beginning of a UTF-8 character that goes on behind it.
std::size_t wholeLength(std::string_view text) {
    constexpr std::size_t kMostBefore = 3;
    for (std::size_t back = 1; back <= std::min(kMostBefore, text.size()); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if ((byte & 0xC0U) == 0x80U)
            continue;
        const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        return back < length ? text.size() - back : text.size();
    }
    return text.size();
}

} // namespace

std::string timeText(std::int64_t timeNs) {
    constexpr std::int64_t kNsPerSecond = 1'000'000'000;
    const std::int64_t fraction = (timeNs % kNsPerSecond + kNsPerSecond) % kNsPerSecond;
    std::string text = base::formatTime((timeNs - fraction) / 1'000'000);
    const std::string digits = std::to_string(fraction);
    text.insert(text.size() - 1, "." + std::string(9 - digits.size(), '0') + digits);
    return text;
}

std::string textLine(const LogRow& row, const SourceInfo& source) {
    std::string text;
    if (row.startsLine)
        text = timeText(row.timeNs) + ' ' + source.pod + '/' + source.container + ' ';
    text += row.text;
    if (row.endsLine)
        text += '\n';
    return text;
}

std::string jsonLine(const LogRow& row, const SourceInfo& source) {
    nlohmann::ordered_json line;
    line["time"] = timeText(row.timeNs);
    line["cluster"] = source.cluster;
    line["namespace"] = source.ns;
    line["pod"] = source.pod;
    line["container"] = source.container;
    if (row.level != Level::None)
        line["level"] = levelName(row.level);
    line["message"] = row.text;
    return dumped(line) + '\n';
}

std::string JsonPieces::begin(const LogRow& first, const SourceInfo& source) {
    constexpr std::string_view kEnd = "\"}\n";
    LogRow head;
    head.timeNs = first.timeNs;
    head.level = first.level;
    std::string line = jsonLine(head, source);
    line.resize(line.size() - kEnd.size());
    return line;
}

std::string JsonPieces::text(std::string_view piece) {
    std::string text = std::move(m_cut);
    text += piece;
    const std::size_t whole = wholeLength(text);
    m_cut = text.substr(whole);
    text.resize(whole);
    return escaped(text);
}

std::string JsonPieces::end() const {
    return escaped(m_cut) + "\"}\n";
}

} // namespace logs
