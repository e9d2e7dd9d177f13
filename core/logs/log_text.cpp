// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/log_text.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace logs {

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
    return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

} // namespace logs
