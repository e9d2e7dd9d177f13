// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/go_json.h"

#include "core/base/text.h"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace kube {

namespace {

using Json = nlohmann::json;

/// An API server takes ten thousand; no kind comes near a thousand, and whoever walks over objects recurses.
constexpr std::size_t kMostNested = 1000;

bool isNestedTooDeep(std::string_view json) {
    std::size_t depth = 0;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '"') {
            for (++i; i < json.size() && json[i] != '"'; ++i)
                i += json[i] == '\\' ? 1U : 0U;
        } else if (c == '[' || c == '{') {
            if (++depth > kMostNested)
                return true;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return false;
}

void appendCode(std::string& out, char c) {
    constexpr std::string_view hex("0123456789abcdef");
    out += "\\u00";
    out += hex[static_cast<unsigned char>(c) >> 4];
    out += hex[static_cast<unsigned char>(c) & 15U];
}

void appendControl(std::string& out, char c) {
    constexpr std::string_view controls("\b\f\n\r\t");
    const std::size_t at = controls.find(c);
    if (at == std::string_view::npos) {
        appendCode(out, c);
        return;
    }
    out += '\\';
    out += "bfnrt"[at];
}

class Writer {
public:
    explicit Writer(JsonLayout layout)
        : m_layout(layout) {}

    std::string take() { return std::move(m_out); }

    void write(const Json& value, std::size_t depth) {
        switch (value.type()) {
        case Json::value_t::object:
            writeObject(value, depth);
            break;
        case Json::value_t::array:
            writeArray(value, depth);
            break;
        case Json::value_t::string:
            appendGoJsonString(m_out, value.get_ref<const std::string&>());
            break;
        case Json::value_t::number_unsigned:
            // What is no int64 is a float there.
            if (value.get<std::uint64_t>() > INT64_MAX)
                m_out += goJsonFloat(static_cast<double>(value.get<std::uint64_t>()));
            else
                m_out += value.dump();
            break;
        case Json::value_t::number_float:
            m_out += goJsonFloat(value.get<double>());
            break;
        default:
            m_out += value.dump();
            break;
        }
    }

private:
    void newLine(std::size_t depth) {
        if (m_layout == JsonLayout::Compact)
            return;
        m_out += '\n';
        m_out.append(depth * 4, ' ');
    }

    void writeObject(const Json& object, std::size_t depth) {
        m_out += '{';
        for (auto at = object.begin(); at != object.end(); ++at) {
            if (at != object.begin())
                m_out += ',';
            newLine(depth + 1);
            appendGoJsonString(m_out, at.key());
            m_out += m_layout == JsonLayout::Compact ? ":" : ": ";
            write(at.value(), depth + 1);
        }
        if (!object.empty())
            newLine(depth);
        m_out += '}';
    }

    void writeArray(const Json& array, std::size_t depth) {
        m_out += '[';
        for (auto at = array.begin(); at != array.end(); ++at) {
            if (at != array.begin())
                m_out += ',';
            newLine(depth + 1);
            write(*at, depth + 1);
        }
        if (!array.empty())
            newLine(depth);
        m_out += ']';
    }

    JsonLayout m_layout;
    std::string m_out;
};

} // namespace

base::Result<Json> parseGoJson(std::string_view json) {
    if (isNestedTooDeep(json))
        return base::fail(base::ErrorCode::BadInput, "the object is nested too deep");
    Json value = Json::parse(json, nullptr, false);
    if (value.is_discarded())
        return base::fail(base::ErrorCode::BadInput, "the object is not valid JSON");
    return value;
}

std::string toGoJson(const Json& value, JsonLayout layout) {
    Writer writer(layout);
    writer.write(value, 0);
    return writer.take() + (layout == JsonLayout::Indented ? "\n" : "");
}

void appendGoJsonString(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            appendControl(out, c);
        } else if (c == '<' || c == '>' || c == '&') {
            appendCode(out, c);
        } else if (c == '\xE2' && (text.substr(i, 3) == "\xE2\x80\xA8" || text.substr(i, 3) == "\xE2\x80\xA9")) {
            out += text[i + 2] == '\xA8' ? "\\u2028" : "\\u2029";
            i += 2;
        } else {
            out += c;
        }
    }
    out += '"';
}

std::string goJsonFloat(double number) {
    std::string text;
    base::appendFloat(text, number, -6, 21);
    // "1e-7" where others write "1e-07".
    if (const std::size_t at = text.find("e-0"); at != std::string::npos)
        text.erase(at + 2, 1);
    return text;
}

} // namespace kube
