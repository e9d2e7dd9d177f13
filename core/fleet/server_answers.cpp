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

std::string gitVersionOf(std::string_view json) {
    return textAt(json, "/gitVersion");
}

std::string uidOf(std::string_view json) {
    return textAt(json, "/metadata/uid");
}

} // namespace fleet
