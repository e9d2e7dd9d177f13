// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/yaml_text.h"

#include "core/base/text.h"
#include "core/kube/go_json.h"
#include "core/kube/yaml_scalar.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

namespace kube {

namespace {

using Json = nlohmann::json;
using yaml::analyze;
using yaml::characterLength;
using yaml::isBreak;
using yaml::isPrintable;
using yaml::readsAsOther;
using yaml::ScalarShape;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isLetter(unsigned char c) {
    return std::isalpha(c) != 0 || c >= 0x80;
}

// The order in which Go's YAML writer puts map keys: letters after everything else, runs of digits by value.
bool keyLess(const std::string& a, const std::string& b) {
    const std::size_t common = std::min(a.size(), b.size());
    for (std::size_t i = 0; i < common; ++i) {
        if (a[i] == b[i])
            continue;
        const bool aLetter = isLetter(static_cast<unsigned char>(a[i]));
        const bool bLetter = isLetter(static_cast<unsigned char>(b[i]));
        if (aLetter && bLetter)
            return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[i]);
        if (aLetter || bLetter)
            return bLetter;
        // A number goes on from the digits both have in common, which count unless they are all zeros.
        std::uint64_t seed = 0;
        if (a[i] == '0' || b[i] == '0') {
            for (std::size_t j = i; j > 0 && isDigit(a[j - 1]); --j)
                seed = a[j - 1] != '0' ? 1 : seed;
        }
        const auto number = [i, seed](const std::string& text, std::size_t& end) {
            std::uint64_t value = seed;
            for (end = i; end < text.size() && isDigit(text[end]); ++end)
                value = value * 10 + static_cast<std::uint64_t>(text[end] - '0');
            return value;
        };
        std::size_t aEnd = 0;
        std::size_t bEnd = 0;
        const std::uint64_t aNumber = number(a, aEnd);
        const std::uint64_t bNumber = number(b, bEnd);
        if (aNumber != bNumber)
            return aNumber < bNumber;
        if (aEnd != bEnd)
            return aEnd < bEnd;
        return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[i]);
    }
    return a.size() < b.size();
}

enum class Place { Value, Key };

class YamlWriter {
public:
    std::string take() { return std::move(m_out); }

    void writeDocument(const Json& value) {
        if (value.is_object() && !value.empty())
            writeMapping(value, 0);
        else if (value.is_array() && !value.empty())
            writeSequence(value, 0);
        else
            writeLeaf(value, 0);
    }

private:
    void indent(std::size_t depth) { m_out.append(depth * 2, ' '); }

    void writeMapping(const Json& object, std::size_t depth) {
        std::vector<const std::string*> keys;
        for (const auto& [key, value] : object.items())
            keys.push_back(&key);
        std::sort(keys.begin(), keys.end(), [](const auto* a, const auto* b) { return keyLess(*a, *b); });
        bool first = m_inline;
        for (const std::string* key : keys) {
            if (!first)
                indent(depth);
            first = false;
            m_inline = false;
            const bool simple = key->size() <= 128 && !analyze(*key).multiline;
            if (!simple)
                m_out += "? ";
            writeString(*key, depth, simple ? Place::Key : Place::Value);
            if (!simple)
                indent(depth);
            m_out += ':';
            if (simple)
                writeValue(object.at(*key), depth);
            else
                writeBeside(object.at(*key), depth);
        }
    }

    // Behind a dash, or the colon of a key that stands on lines of its own.
    void writeBeside(const Json& value, std::size_t depth) {
        m_out += ' ';
        m_inline = !value.empty() && value.is_structured();
        if (value.is_object() && m_inline)
            writeMapping(value, depth + 1);
        else if (value.is_array() && m_inline)
            writeSequence(value, depth + 1);
        else
            writeLeaf(value, depth);
    }

    void writeValue(const Json& value, std::size_t depth) {
        if (value.is_object() && !value.empty()) {
            m_out += '\n';
            writeMapping(value, depth + 1);
        } else if (value.is_array() && !value.empty()) {
            m_out += '\n';
            writeSequence(value, depth);
        } else {
            m_out += ' ';
            writeLeaf(value, depth);
        }
    }

    void writeSequence(const Json& array, std::size_t depth) {
        bool first = m_inline;
        for (const Json& value : array) {
            if (!first)
                indent(depth);
            first = false;
            m_inline = false;
            m_out += '-';
            writeBeside(value, depth);
        }
    }

    void writeLeaf(const Json& value, std::size_t depth) {
        switch (value.type()) {
        case Json::value_t::object:
            m_out += "{}\n";
            break;
        case Json::value_t::array:
            m_out += "[]\n";
            break;
        case Json::value_t::boolean:
            m_out += value.get<bool>() ? "true\n" : "false\n";
            break;
        case Json::value_t::number_integer:
            m_out += value.dump() + '\n';
            break;
        case Json::value_t::number_unsigned:
        case Json::value_t::number_float:
            writeNumber(value);
            break;
        case Json::value_t::string:
            writeString(value.get_ref<const std::string&>(), depth, Place::Value);
            break;
        default:
            m_out += "null\n";
            break;
        }
    }

    // kubectl makes YAML of the JSON text: what stands there without point and exponent is read as an integer again.
    void writeNumber(const Json& value) {
        const std::string text = value.is_number_unsigned() && value.get<std::uint64_t>() <= INT64_MAX
                                     ? value.dump()
                                     : goJsonFloat(value.get<double>());
        const char* end = text.data() + text.size();
        std::int64_t integer = 0;
        std::uint64_t large = 0;
        if (const auto read = std::from_chars(text.data(), end, integer); read.ec == std::errc{} && read.ptr == end)
            m_out += std::to_string(integer);
        else if (const auto more = std::from_chars(text.data(), end, large); more.ec == std::errc{} && more.ptr == end)
            m_out += text;
        else
            base::appendFloat(m_out, value.get<double>(), -4, 6);
        m_out += '\n';
    }

    void writeString(const std::string& text, std::size_t depth, Place place) {
        const ScalarShape shape = analyze(text);
        const char* end = place == Place::Key ? "" : "\n";
        if (text.find('\n') != std::string::npos && shape.block && place == Place::Value) {
            writeBlock(text, depth);
            return;
        }
        // Texts with line breaks are asked for as blocks; where that cannot be, they are double-quoted.
        const bool asksForBlock = text.find('\n') != std::string::npos;
        if (!asksForBlock && !readsAsOther(text)) {
            if (shape.plain && !(shape.multiline && place == Place::Key)) {
                writePlain(text, depth, place);
                m_out += end;
                return;
            }
            if (shape.singleQuoted && !(shape.multiline && place == Place::Key)) {
                writeSingleQuoted(text, depth, place);
                m_out += end;
                return;
            }
        }
        writeDoubleQuoted(text, depth, place);
        m_out += end;
    }

    // Long lines go on below at a single blank once they are wider than this.
    static constexpr std::size_t kBestWidth = 80;

    [[nodiscard]] bool isWide() const {
        std::size_t column = 0;
        for (std::size_t i = m_out.size(); i > 0 && !isBreak(m_out, i - 1) && column <= kBestWidth; --i)
            column += (static_cast<unsigned char>(m_out[i - 1]) & 0xC0U) != 0x80U ? 1U : 0U;
        return column > kBestWidth;
    }

    void breakLine(std::size_t depth) {
        m_out += '\n';
        indent(depth + 1);
    }

    void writePlain(std::string_view text, std::size_t depth, Place place) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            const bool single = text[i] == ' ' && text[i - 1] != ' ' && text[i + 1] != ' ';
            if (single && place == Place::Value && isWide())
                breakLine(depth);
            else
                m_out += text[i];
        }
    }

    void writeSingleQuoted(std::string_view text, std::size_t depth, Place place) {
        constexpr std::size_t kWideBreak = 3;
        m_out += '\'';
        for (std::size_t i = 0; i < text.size(); ++i) {
            const bool inside = i > 0 && i + 1 < text.size();
            if (text[i] == ' ' && inside && text[i - 1] != ' ' && text[i + 1] != ' ' && place == Place::Value &&
                isWide()) {
                breakLine(depth);
                continue;
            }
            // Behind a line break, U+2028 or U+2029 that is: others are not asked for in this style.
            if (i >= kWideBreak && isBreak(text, i - kWideBreak) && !isBreak(text, i))
                indent(depth + 1);
            if (text[i] == '\'')
                m_out += '\'';
            m_out += text[i];
        }
        m_out += '\'';
    }

    void writeDoubleQuoted(std::string_view text, std::size_t depth, Place place) {
        static constexpr std::string_view kHex = "0123456789ABCDEF";
        // Go's writer, when it looks for a byte order mark, looks at the start of the text whatever character it
        // writes.
        const bool hasMark = text.starts_with("\xEF\xBB\xBF");
        m_out += '"';
        for (std::size_t i = 0; i < text.size();) {
            const std::size_t start = i;
            const std::size_t length = std::min(characterLength(text[i]), text.size() - i);
            const std::string_view character = text.substr(i, length);
            i += length;
            const char c = character.front();
            if (hasMark) {
                writeEscape(character, kHex);
            } else if (c == ' ' && start > 0 && i < text.size() && text[start - 1] != ' ' && place == Place::Value &&
                       isWide()) {
                breakLine(depth);
                if (text[i] == ' ')
                    m_out += '\\';
            } else if (c != '"' && c != '\\' && isPrintable(character, 0) && !isBreak(character, 0)) {
                m_out += character;
            } else {
                writeEscape(character, kHex);
            }
        }
        m_out += '"';
    }

    void writeEscape(std::string_view character, std::string_view hex) {
        std::uint32_t code = static_cast<unsigned char>(character.front());
        if (character.size() > 1) {
            code &= character.size() == 2 ? 0x1FU : character.size() == 3 ? 0x0FU : 0x07U;
            for (const char c : character.substr(1))
                code = (code << 6) | (static_cast<unsigned char>(c) & 0x3FU);
        }
        switch (code) {
        case 0x00:
            m_out += "\\0";
            return;
        case 0x07:
            m_out += "\\a";
            return;
        case 0x08:
            m_out += "\\b";
            return;
        case 0x09:
            m_out += "\\t";
            return;
        case 0x0A:
            m_out += "\\n";
            return;
        case 0x0B:
            m_out += "\\v";
            return;
        case 0x0C:
            m_out += "\\f";
            return;
        case 0x0D:
            m_out += "\\r";
            return;
        case 0x1B:
            m_out += "\\e";
            return;
        case 0x22:
            m_out += "\\\"";
            return;
        case 0x5C:
            m_out += "\\\\";
            return;
        case 0x85:
            m_out += "\\N";
            return;
        case 0xA0:
            m_out += "\\_";
            return;
        case 0x2028:
            m_out += "\\L";
            return;
        case 0x2029:
            m_out += "\\P";
            return;
        default:
            break;
        }
        const int width = code <= 0xFF ? 2 : code <= 0xFFFF ? 4 : 8;
        m_out += code <= 0xFF ? "\\x" : code <= 0xFFFF ? "\\u" : "\\U";
        for (int shift = (width - 1) * 4; shift >= 0; shift -= 4)
            m_out += hex[(code >> shift) & 0xFU];
    }

    void writeBlock(std::string_view text, std::size_t depth) {
        m_out += '|';
        if (text.front() == ' ' || isBreak(text, 0))
            m_out += '2';
        const std::size_t last = characterBefore(text, text.size());
        if (!isBreak(text, last))
            m_out += '-';
        else if (last == 0 || isBreak(text, characterBefore(text, last)))
            m_out += '+';
        m_out += '\n';
        bool atStart = true;
        for (std::size_t i = 0; i < text.size();) {
            const bool breaks = isBreak(text, i);
            if (atStart && !breaks)
                indent(depth + 1);
            atStart = breaks;
            const std::size_t length = characterLength(text[i]);
            m_out += text.substr(i, length);
            i += length;
        }
        if (!atStart)
            m_out += '\n';
    }

    static std::size_t characterBefore(std::string_view text, std::size_t at) {
        do {
            --at;
        } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
        return at;
    }

    std::string m_out;
    bool m_inline = false; // the next line's indentation is already there, behind a dash
};

base::Result<Json> parseObject(std::string_view json, ManagedFields managedFields) {
    base::Result<Json> parsed = parseGoJson(json);
    if (!parsed)
        return parsed;
    Json& value = *parsed;
    if (managedFields == ManagedFields::Folded && value.is_object()) {
        const auto fold = [](Json& object) {
            if (object.is_object() && object.contains("metadata") && object["metadata"].is_object())
                object["metadata"].erase("managedFields");
        };
        fold(value);
        if (value.contains("items") && value["items"].is_array())
            std::for_each(value["items"].begin(), value["items"].end(), fold);
    }
    return parsed;
}

} // namespace

base::Result<std::string> toYaml(std::string_view json, ManagedFields managedFields) {
    const auto value = parseObject(json, managedFields);
    if (!value)
        return base::fail(value.error());
    YamlWriter writer;
    writer.writeDocument(*value);
    return writer.take();
}

base::Result<std::string> toIndentedJson(std::string_view json, ManagedFields managedFields) {
    const auto value = parseObject(json, managedFields);
    if (!value)
        return base::fail(value.error());
    return toGoJson(*value, JsonLayout::Indented);
}

base::Result<std::string> toCompactJson(std::string_view json) {
    const auto value = parseGoJson(json);
    if (!value)
        return base::fail(value.error());
    return toGoJson(*value, JsonLayout::Compact);
}

} // namespace kube
