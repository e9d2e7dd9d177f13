// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/access/json_reading.h"

namespace kube::access {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

base::Result<object> parseObject(simdjson::dom::parser& parser, std::string_view json, const char* what) {
    object root;
    if (const auto problem = parser.parse(json.data(), json.size()).get(root); problem != simdjson::SUCCESS)
        return base::fail(base::ErrorCode::BadResponse,
                          std::string(what) + " cannot be read: " + simdjson::error_message(problem));
    return root;
}

std::string text(const object& from, std::string_view key) {
    std::string_view value;
    return from[key].get(value) == simdjson::SUCCESS ? std::string(value) : std::string();
}

bool flag(const object& from, std::string_view key) {
    bool value = false;
    return from[key].get(value) == simdjson::SUCCESS && value;
}

std::vector<std::string> texts(const object& from, std::string_view key) {
    std::vector<std::string> result;
    array values;
    if (from[key].get(values) != simdjson::SUCCESS)
        return result;
    for (const element value : values) {
        std::string_view item;
        if (value.get(item) == simdjson::SUCCESS)
            result.emplace_back(item);
    }
    return result;
}

std::vector<object> objects(const object& from, std::string_view key) {
    std::vector<object> result;
    array values;
    if (from[key].get(values) != simdjson::SUCCESS)
        return result;
    for (const element value : values) {
        object item;
        if (value.get(item) == simdjson::SUCCESS)
            result.push_back(item);
    }
    return result;
}

PolicyRule rule(const object& from) {
    return {texts(from, "verbs"), texts(from, "apiGroups"), texts(from, "resources"), texts(from, "resourceNames"),
            texts(from, "nonResourceURLs")};
}

} // namespace kube::access
