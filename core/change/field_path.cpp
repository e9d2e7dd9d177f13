// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/field_path.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace change {

namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

/// The length of a bracketed step with its brackets, texts in it read as JSON; 0 if it has no end.
std::size_t bracketLength(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted && text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && text[i] == ']')
            return i + 1;
    }
    return 0;
}

/// `name="web",port=80` as pairs; a name without a value for `="web"` (a set's item).
std::vector<std::pair<std::string, Json>> keysOf(std::string_view inner) {
    std::vector<std::pair<std::string, Json>> keys;
    std::size_t at = 0;
    while (at < inner.size()) {
        const std::size_t equals = inner.find('=', at);
        if (equals == std::string_view::npos)
            return {};
        std::size_t end = equals + 1;
        bool quoted = false;
        for (; end < inner.size() && (quoted || inner[end] != ','); ++end) {
            if (quoted && inner[end] == '\\')
                ++end;
            else if (inner[end] == '"')
                quoted = !quoted;
        }
        keys.emplace_back(inner.substr(at, equals - at),
                          Json::parse(inner.substr(equals + 1, end - equals - 1), nullptr, false));
        at = end + 1;
    }
    return keys;
}

bool fits(const Json& item, const std::vector<std::pair<std::string, Json>>& keys) {
    for (const auto& [name, value] : keys) {
        if (name.empty() ? item != value : !item.is_object() || item.value(name, Json()) != value)
            return false;
    }
    return !keys.empty();
}

std::optional<Pointer> find(const Json& value, std::string_view rest, const Pointer& path) {
    if (rest.empty())
        return path;
    if (rest.front() == '[') {
        const std::size_t length = bracketLength(rest);
        if (length < 3 || !value.is_array())
            return std::nullopt;
        const std::string_view inner = rest.substr(1, length - 2);
        if (inner.find('=') == std::string_view::npos) {
            const Json index = Json::parse(inner, nullptr, false);
            if (!index.is_number_unsigned() || index.get<std::size_t>() >= value.size())
                return std::nullopt;
            const std::size_t i = index.get<std::size_t>();
            return find(value[i], rest.substr(length), path / i);
        }
        const auto keys = keysOf(inner);
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (fits(value[i], keys))
                return find(value[i], rest.substr(length), path / i);
        }
        return std::nullopt;
    }
    if (rest.front() != '.' || !value.is_object())
        return std::nullopt;
    rest.remove_prefix(1);
    std::optional<Pointer> best;
    std::size_t longest = 0;
    for (const auto& [key, inner] : value.items()) {
        const bool ends =
            rest.starts_with(key) && (rest.size() == key.size() || rest[key.size()] == '.' || rest[key.size()] == '[');
        if (!ends || (best && key.size() < longest))
            continue;
        if (auto found = find(inner, rest.substr(key.size()), path / key)) {
            best = std::move(found);
            longest = key.size();
        }
    }
    return best;
}

} // namespace

std::optional<nlohmann::json::json_pointer> findField(const nlohmann::json& object, std::string_view field) {
    return find(object, field, Pointer());
}

void dropField(nlohmann::json& object, const nlohmann::json::json_pointer& path) {
    Pointer at = path;
    while (!at.empty()) {
        Json& parent = object.at(at.parent_pointer());
        if (parent.is_array())
            parent.erase(static_cast<std::size_t>(std::stoul(at.back())));
        else
            parent.erase(at.back());
        at.pop_back();
        // Items of lists keep their keys, and empty lists are not the same as none.
        if (at.empty() || !object.at(at).is_object() || !object.at(at).empty() || at.to_string() == "/metadata")
            return;
    }
}

} // namespace change
