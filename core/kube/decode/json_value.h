// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/text.h"

#include <simdjson.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace kube::decode {

/// One JSON value as the kinds' readers see it; protobuf_value.h is its twin, so that a reader is written once for
/// both. A value is read at most once, in the order of the document. Texts live as long as the parser's document.
/// Throws simdjson::simdjson_error where the document is not as expected; the decoder catches.
class JsonValue {
public:
    explicit JsonValue(simdjson::ondemand::value value)
        : m_value(value) {}

    [[nodiscard]] std::string_view text() { return m_value.get_string(); }
    [[nodiscard]] std::int64_t integer() { return m_value.get_int64(); }
    [[nodiscard]] bool boolean() { return m_value.get_bool(); }
    [[nodiscard]] std::int64_t timeMs() { return base::parseTime(text()).value_or(0); }
    /// Quantities are texts, or bare numbers where nobody normalised them.
    [[nodiscard]] std::string_view quantity() {
        if (m_value.type() == simdjson::ondemand::json_type::string)
            return m_value.get_string();
        return token();
    }

    /// A text goes to onText, a number or a word like true as it stands to onToken; null and the rest to neither.
    template <typename OnText, typename OnToken>
    void scalar(OnText&& onText, OnToken&& onToken) {
        switch (m_value.type()) {
        case simdjson::ondemand::json_type::string:
            onText(std::string_view(m_value.get_string()));
            break;
        case simdjson::ondemand::json_type::number:
        case simdjson::ondemand::json_type::boolean:
            onToken(token());
            break;
        default:
            break;
        }
    }
    /// The whole object as it stands; it can still be read after.
    [[nodiscard]] std::string_view rawObject() {
        simdjson::ondemand::object object = m_value.get_object();
        const std::string_view raw = object.raw_json();
        object.reset();
        m_object = object;
        return raw;
    }

    /// Calls visit(JsonField&) for every member.
    template <typename Visit>
    void fields(Visit&& visit);

    /// Calls visit(JsonValue&) for every element of a list.
    template <typename Visit>
    void each(Visit&& visit) {
        simdjson::ondemand::array list = m_value.get_array();
        for (auto element : list) {
            JsonValue value(element.value());
            visit(value);
        }
    }

    /// Calls visit(key, text) for every entry of a map of texts.
    template <typename Visit>
    void texts(Visit&& visit) {
        simdjson::ondemand::object map = m_value.get_object();
        for (auto entry : map) {
            const std::string_view key = entry.unescaped_key();
            simdjson::ondemand::value value = entry.value();
            if (value.is_null())
                visit(key, std::string_view());
            else
                visit(key, std::string_view(value.get_string()));
        }
    }

    /// Calls visit(key, quantity) for every entry of a map of quantities.
    template <typename Visit>
    void quantities(Visit&& visit) {
        simdjson::ondemand::object map = m_value.get_object();
        for (auto entry : map) {
            const std::string_view key = entry.unescaped_key();
            JsonValue value(entry.value());
            visit(key, value.quantity());
        }
    }

protected:
    std::string_view token() {
        std::string_view text = m_value.raw_json_token();
        while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ')
            text.remove_suffix(1);
        return text;
    }

    simdjson::ondemand::value m_value;
    std::optional<simdjson::ondemand::object> m_object; // After rawObject().
};

/// A member of a JSON object. is() tells it by name; a null is no member at all, as in Go.
class JsonField final : public JsonValue {
public:
    JsonField(const char* key, simdjson::ondemand::value value)
        : JsonValue(value)
        , m_key(key) {}

    template <std::size_t N>
    [[nodiscard]] bool is(const char (&name)[N], int /*tag*/) {
        // The input is padded, so that comparing beyond its end reads bytes that exist.
        return std::memcmp(m_key, name, N - 1) == 0 && m_key[N - 1] == '"' && !m_value.is_null();
    }

private:
    const char* m_key;
};

template <typename Visit>
void JsonValue::fields(Visit&& visit) {
    simdjson::ondemand::object object = m_object ? *m_object : simdjson::ondemand::object(m_value.get_object());
    for (auto member : object) {
        JsonField field(member.key().value().raw(), member.value());
        visit(field);
    }
}

} // namespace kube::decode
