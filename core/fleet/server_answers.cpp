// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/server_answers.h"

#include <simdjson.h>

namespace fleet {

namespace {

std::string textAt(std::string_view json, const char* pointer) {
    simdjson::dom::parser parser;
    std::string_view text;
    if (parser.parse(json.data(), json.size()).at_pointer(pointer).get(text) != simdjson::SUCCESS)
        return {};
    return std::string(text);
}

} // namespace

base::Result<std::string> gitVersionOf(std::string_view json) {
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    if (parser.parse(json.data(), json.size()).get(object) != simdjson::SUCCESS)
        return base::fail(base::ErrorCode::BadResponse, "what answers to /version is no Kubernetes");
    std::string_view version;
    return object["gitVersion"].get(version) == simdjson::SUCCESS ? std::string(version) : std::string();
}

std::string uidOf(std::string_view json) {
    return textAt(json, "/metadata/uid");
}

} // namespace fleet
