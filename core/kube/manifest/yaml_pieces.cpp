// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/yaml_pieces.h"

#include "core/kube/go_json.h"
#include "core/kube/yaml_scalar.h"
#include "core/kube/yaml_text.h"

#include <algorithm>
#include <string_view>

namespace kube::manifest {

namespace {

using Json = nlohmann::json;

/// kubectl's spelling, at column 0.
std::string scalarText(const Json& value) {
    std::string text = toYaml(toGoJson(value, JsonLayout::Compact), ManagedFields::Shown).value_or("null");
    if (text.ends_with('\n') && !text.starts_with('|'))
        text.pop_back();
    return text;
}

std::string keyText(const std::string& key) {
    return scalarText(Json(key));
}

// Within brackets more letters mean something.
bool isPlainInFlow(const std::string& text) {
    return !text.empty() && !yaml::readsAsOther(text) && yaml::analyze(text).plain &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '_' || c == '.' || c == '/';
           });
}

std::string flowWord(const std::string& text) {
    return isPlainInFlow(text) ? text : Json(text).dump();
}

} // namespace

bool isBlock(const Json& value) {
    return value.is_structured() && !value.empty();
}

std::string flowText(const Json& value) {
    if (value.is_string())
        return flowWord(value.get<std::string>());
    if (!value.is_structured())
        return toGoJson(value, JsonLayout::Compact);
    std::string text;
    for (const auto& [key, inner] : value.items())
        text +=
            (text.empty() ? "" : ", ") + (value.is_object() ? flowWord(key) + ": " : std::string()) + flowText(inner);
    return value.is_object() ? '{' + text + '}' : '[' + text + ']';
}

std::string inlineText(const Json& value, std::size_t column, const YamlLayout& layout) {
    if (value.is_structured())
        return flowText(value);
    const std::string text = scalarText(value);
    if (layout.quotesLines && text.find('\n') != std::string::npos)
        return toGoJson(value, JsonLayout::Compact);
    if (text.find('\n') == std::string::npos)
        return text;
    // A block: its lines are indented by two from its key.
    std::string indented;
    std::string_view rest = text;
    bool isFirst = true;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (!isFirst)
            indented += layout.lineBreak;
        if (!isFirst && !line.empty())
            indented.append(column, ' ');
        indented += line;
        isFirst = false;
    }
    return indented;
}

std::string entryText(const std::string& key, const Json& value, std::size_t column, const YamlLayout& layout) {
    const std::string head = keyText(key) + ':';
    if (!isBlock(value))
        return head + ' ' + inlineText(value, column, layout);
    const std::size_t inner = column + (value.is_array() ? layout.dash : 2);
    return head + layout.lineBreak + std::string(inner, ' ') + blockText(value, inner, layout);
}

std::string itemText(const Json& value, std::size_t column, const YamlLayout& layout) {
    return "- " + (isBlock(value) ? blockText(value, column + 2, layout) : inlineText(value, column, layout));
}

std::string blockText(const Json& value, std::size_t column, const YamlLayout& layout) {
    std::string text;
    for (const auto& [key, inner] : value.items()) {
        if (!text.empty())
            text += layout.lineBreak + std::string(column, ' ');
        text += value.is_object() ? entryText(key, inner, column, layout) : itemText(inner, column, layout);
    }
    return text;
}

} // namespace kube::manifest
