// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/redact.h"

#include "core/kube/go_json.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>

namespace change {

namespace {

using Json = nlohmann::json;

constexpr const char* kLastApplied = "kubectl.kubernetes.io/last-applied-configuration";

std::string mark(const std::string& value) {
    static const auto kKey = [] {
        std::array<unsigned char, 32> key{};
        RAND_bytes(key.data(), static_cast<int>(key.size()));
        return key;
    }();
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    HMAC(EVP_sha256(), kKey.data(), static_cast<int>(kKey.size()), reinterpret_cast<const unsigned char*>(value.data()),
         value.size(), digest.data(), &length);
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string text = "hidden " + std::to_string(value.size()) + " bytes, ";
    for (std::size_t i = 0; i < 4; ++i) {
        text += kHex[digest[i] >> 4U];
        text += kHex[digest[i] & 0xFU];
    }
    return text;
}

/// What mark() writes, and nothing else.
bool isMark(const Json& value) {
    int bytes = 0;
    int length = 0;
    unsigned digest = 0;
    if (!value.is_string())
        return false;
    const std::string& text = value.get_ref<const std::string&>();
    return std::sscanf(text.c_str(), "hidden %9d bytes, %8x%n", &bytes, &digest, &length) == 2 &&
           static_cast<std::size_t>(length) == text.size() && text.size() < 40;
}

int hideValue(Json& value) {
    if (value.is_null() || isMark(value))
        return 0;
    value = mark(value.is_string() ? value.get<std::string>() : value.dump());
    return 1;
}

/// Counts what was hidden.
int hideValues(Json& map) {
    int hidden = 0;
    if (!map.is_object())
        return 0;
    for (auto& [key, value] : map.items())
        hidden += hideValue(value);
    return hidden;
}

int hideIn(Json& object) {
    int hidden = 0;
    for (const char* key : {"data", "stringData"}) {
        if (object.contains(key))
            hidden += hideValues(object[key]);
    }
    const Json::json_pointer annotations("/metadata/annotations");
    if (object.contains(annotations) && object[annotations].is_object() && object[annotations].contains(kLastApplied)) {
        Json& last = object[annotations][kLastApplied];
        Json inner = last.is_string() ? Json::parse(last.get<std::string>(), nullptr, false) : Json();
        if (inner.is_object())
            hidden += hideIn(inner);
        if (inner.is_object())
            last = kube::toGoJson(inner, kube::JsonLayout::Compact);
        else
            hidden += hideValue(last);
    }
    return hidden;
}

/// A JSON patch: whatever it sets somewhere below data.
int hideInSteps(Json& steps) {
    int hidden = 0;
    for (Json& step : steps) {
        if (!step.is_object() || !step.contains("value"))
            continue;
        const std::string path = step.value("path", std::string());
        Json& value = step["value"];
        const bool below =
            path.starts_with("/data") || path.starts_with("/stringData") || path.starts_with("/metadata/annotations");
        if (path.empty() && value.is_object()) {
            hidden += hideIn(value);
        } else if (below && value.is_object()) {
            hidden += hideValues(value);
        } else if (below) {
            hidden += hideValue(value);
        }
    }
    return hidden;
}

int hide(Json& json) {
    if (json.is_array())
        return hideInSteps(json);
    return json.is_object() ? hideIn(json) : 0;
}

bool marksIn(const Json& value) {
    if (isMark(value))
        return true;
    if (value.is_structured() && std::any_of(value.begin(), value.end(), marksIn))
        return true;
    // The annotation of a client-side apply.
    const std::string* text = value.get_ptr<const std::string*>();
    return text && text->starts_with('{') && marksIn(Json::parse(*text, nullptr, false));
}

} // namespace

std::string redacted(std::string_view json, std::string_view kind) {
    if (kind != "Secret" || json.empty())
        return std::string(json);
    base::Result<Json> parsed = kube::parseGoJson(json);
    if (!parsed)
        return {};
    if (hide(*parsed) == 0)
        return std::string(json);
    return kube::toGoJson(*parsed, kube::JsonLayout::Compact);
}

bool holdsSecrets(std::string_view json, std::string_view kind) {
    if (kind != "Secret" || json.empty())
        return false;
    base::Result<Json> parsed = kube::parseGoJson(json);
    return !parsed || hide(*parsed) > 0;
}

bool holdsMarks(std::string_view json, std::string_view kind) {
    if (kind != "Secret" || json.find("hidden ") == std::string_view::npos)
        return false;
    const base::Result<Json> parsed = kube::parseGoJson(json);
    return parsed && marksIn(*parsed);
}

} // namespace change
