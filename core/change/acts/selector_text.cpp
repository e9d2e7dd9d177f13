// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/selector_text.h"

namespace change {

namespace {

using Json = nlohmann::json;

void append(std::string& text, const std::string& requirement) {
    if (!text.empty())
        text += ',';
    text += requirement;
}

std::string requirementText(const Json& expression) {
    const std::string key = expression.value("key", std::string());
    const std::string op = expression.value("operator", std::string());
    if (op == "Exists")
        return key;
    if (op == "DoesNotExist")
        return "!" + key;
    std::string values;
    for (const Json& value : expression.value("values", Json::array()))
        append(values, value.is_string() ? value.get<std::string>() : std::string());
    return key + (op == "NotIn" ? " notin (" : " in (") + values + ")";
}

} // namespace

std::string selectorText(const nlohmann::json& selector) {
    std::string text;
    if (!selector.is_object())
        return text;
    const Json labels = selector.value("matchLabels", Json::object());
    for (const auto& [key, value] : labels.items()) {
        if (value.is_string())
            append(text, key + "=" + value.get<std::string>());
    }
    for (const Json& expression : selector.value("matchExpressions", Json::array())) {
        if (expression.is_object())
            append(text, requirementText(expression));
    }
    return text;
}

} // namespace change
