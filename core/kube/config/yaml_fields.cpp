// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/config/yaml_fields.h"

#include "core/kube/config/base64.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace kube {

namespace {

constexpr int maxDepth = 100;
constexpr int maxNodes = 200000;
constexpr int maxMergeDepth = 8;
constexpr int maxMerges = 100;

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
}

bool isTrue(std::string_view text) {
    return isOneOf(text, {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"});
}

bool isFalse(std::string_view text) {
    return isOneOf(text, {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"});
}

std::string withoutUnderscores(std::string_view text) {
    std::string plain;
    std::copy_if(text.begin(), text.end(), std::back_inserter(plain), [](char c) { return c != '_'; });
    return plain;
}

struct Integer {
    bool negative = false;
    std::uint64_t magnitude = 0;
};

std::optional<Integer> asInteger(std::string_view text) {
    std::string plain = withoutUnderscores(text);
    Integer result;
    std::string_view digits = plain;
    if (!digits.empty() && (digits[0] == '-' || digits[0] == '+')) {
        result.negative = digits[0] == '-';
        digits.remove_prefix(1);
    }
    int base = 10;
    if (digits.size() > 2 && digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X')) {
        base = 16;
        digits.remove_prefix(2);
    } else if (digits.size() > 2 && digits[0] == '0' && (digits[1] == 'b' || digits[1] == 'B')) {
        base = 2;
        digits.remove_prefix(2);
    } else if (digits.size() > 2 && digits[0] == '0' && (digits[1] == 'o' || digits[1] == 'O')) {
        base = 8;
        digits.remove_prefix(2);
    } else if (digits.size() > 1 && digits[0] == '0') {
        base = 8;
        digits.remove_prefix(1);
    }
    if (digits.empty())
        return std::nullopt;
    for (const char c : digits) {
        int digit = 99;
        if (c >= '0' && c <= '9')
            digit = c - '0';
        else if (c >= 'a' && c <= 'f')
            digit = c - 'a' + 10;
        else if (c >= 'A' && c <= 'F')
            digit = c - 'A' + 10;
        if (digit >= base)
            return std::nullopt;
        if (__builtin_mul_overflow(result.magnitude, std::uint64_t(base), &result.magnitude) ||
            __builtin_add_overflow(result.magnitude, std::uint64_t(digit), &result.magnitude))
            return std::nullopt;
    }
    return result;
}

// [-+]? ( .digits | digits [ . digits* ] ) ( [eE] [-+]? digits )?
bool isFloat(std::string_view text) {
    std::size_t at = 0;
    const auto digits = [&] {
        const std::size_t start = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9')
            ++at;
        return at - start;
    };
    const auto sign = [&] {
        if (at < text.size() && (text[at] == '-' || text[at] == '+'))
            ++at;
    };
    sign();
    const std::size_t whole = digits();
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (digits() == 0 && whole == 0)
            return false;
    } else if (whole == 0) {
        return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        sign();
        if (digits() == 0)
            return false;
    }
    return at == text.size();
}

bool isSpecialFloat(std::string_view text) {
    if (!text.empty() && (text[0] == '-' || text[0] == '+'))
        text.remove_prefix(1);
    return isOneOf(text, {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"});
}

std::string_view kindName(const YAML::Node& node) {
    if (node.IsMap())
        return "a mapping";
    if (node.IsSequence())
        return "a list";
    switch (scalarKind(node)) {
    case ScalarKind::Null:
        return "nothing";
    case ScalarKind::Boolean:
        return "a boolean (put it in quotes)";
    case ScalarKind::Integer:
    case ScalarKind::Float:
        return "a number (put it in quotes)";
    case ScalarKind::Text:
        break;
    }
    return "text";
}

std::string keyText(const YAML::Node& key) {
    return key.IsScalar() ? key.Scalar() : std::string();
}

bool isMergeKey(const YAML::Node& key) {
    return key.IsScalar() && key.Scalar() == "<<" && key.Tag() != "!";
}

class JsonWriter {
public:
    bool failed = false;

    nlohmann::json convert(const YAML::Node& node, int depth) {
        if (depth > maxDepth || ++m_nodes > maxNodes) {
            failed = true;
            return nullptr;
        }
        if (node.IsSequence()) {
            nlohmann::json list = nlohmann::json::array();
            for (const YAML::Node& item : node) {
                list.push_back(convert(item, depth + 1));
                if (failed)
                    break;
            }
            return list;
        }
        if (node.IsMap())
            return convertMap(node, depth);
        return convertScalar(node);
    }

private:
    nlohmann::json convertMap(const YAML::Node& node, int depth) {
        // A merge key overrides what stands before it and yields to what stands after it, as in kubectl's reader.
        nlohmann::json object = nlohmann::json::object();
        for (const auto& field : node) {
            if (failed)
                return object;
            nlohmann::json value = convert(field.second, depth + 1);
            if (!isMergeKey(field.first)) {
                object[keyText(field.first)] = std::move(value);
            } else if (value.is_object()) {
                object.update(value);
            } else if (value.is_array()) {
                for (auto one = value.rbegin(); one != value.rend(); ++one)
                    if (one->is_object())
                        object.update(*one);
            }
        }
        return object;
    }

    nlohmann::json convertScalar(const YAML::Node& node) {
        if (!node.IsScalar())
            return nullptr;
        const std::string& text = node.Scalar();
        switch (scalarKind(node)) {
        case ScalarKind::Null:
            return nullptr;
        case ScalarKind::Boolean:
            return isTrue(text);
        case ScalarKind::Integer: {
            const Integer value = *asInteger(text);
            if (!value.negative)
                return value.magnitude;
            if (value.magnitude <= std::uint64_t(1) << 63)
                return static_cast<std::int64_t>(0 - value.magnitude);
            return -static_cast<double>(value.magnitude);
        }
        case ScalarKind::Float: {
            const double value = std::strtod(withoutUnderscores(text).c_str(), nullptr);
            if (!std::isfinite(value)) {
                failed = true;
                return nullptr;
            }
            // Go prints a float without a fraction as an integer.
            if (value == std::floor(value) && std::abs(value) < 1e15)
                return static_cast<std::int64_t>(value);
            return value;
        }
        case ScalarKind::Text:
            break;
        }
        return text;
    }

    int m_nodes = 0;
};

} // namespace

ScalarKind scalarKind(const YAML::Node& node) {
    if (!node.IsDefined() || node.IsNull())
        return ScalarKind::Null;
    if (!node.IsScalar())
        return ScalarKind::Text;
    const std::string& text = node.Scalar();
    const std::string& tag = node.Tag();
    if (!tag.empty() && tag != "?")
        if (!isOneOf(tag, {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool",
                           "tag:yaml.org,2002:null"}))
            return ScalarKind::Text;
    if (isOneOf(text, {"", "~", "null", "Null", "NULL"}))
        return ScalarKind::Null;
    if (isTrue(text) || isFalse(text))
        return ScalarKind::Boolean;
    const char first = text[0];
    if ((first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.') {
        if (asInteger(text))
            return ScalarKind::Integer;
        if (isFloat(withoutUnderscores(text)) || isSpecialFloat(text))
            return ScalarKind::Float;
    }
    return ScalarKind::Text;
}

base::Result<YAML::Node> parseYaml(std::string_view text, const std::string& file) {
    try {
        return YAML::Load(std::string(text));
    } catch (const YAML::Exception& error) {
        // Some messages end in ": " and a word of the file.
        const std::string what = error.msg.substr(0, error.msg.find(':'));
        const std::string line = error.mark.is_null() ? "" : " line " + std::to_string(error.mark.line + 1) + ":";
        return base::fail(base::ErrorCode::BadInput, file + ":" + line + " not valid YAML: " + what);
    } catch (const std::exception&) {
        return base::fail(base::ErrorCode::BadInput, file + ": not valid YAML");
    }
}

base::Result<std::string> yamlToJson(const YAML::Node& node) {
    JsonWriter writer;
    const nlohmann::json json = writer.convert(node, 0);
    if (writer.failed)
        return base::fail(base::ErrorCode::BadInput,
                          "nested too deeply, too large, or holds a number that JSON has not");
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

YamlFields::YamlFields(const YAML::Node& map, std::string file, std::string where, std::vector<base::Error>& problems)
    : m_file(std::move(file))
    , m_where(std::move(where))
    , m_problems(&problems)
    , m_line(map.Mark().line + 1) {
    if (map.IsMap())
        collect(map, 0);
    else if (scalarKind(map) != ScalarKind::Null)
        problem(nullptr, m_line, "expected a mapping, found " + std::string(kindName(map)));
}

void YamlFields::collect(const YAML::Node& map, int depth) {
    // A merge key overrides what stands before it and yields to what stands after it, as in kubectl's reader.
    for (const auto& field : map) {
        if (isMergeKey(field.first)) {
            // Bounds in number, too: a merge of merges of merges grows without end.
            if (depth < maxMergeDepth && ++m_merges < maxMerges)
                merge(field.second, depth + 1);
            continue;
        }
        const std::string key = keyText(field.first);
        const auto known =
            std::find_if(m_fields.begin(), m_fields.end(), [&](const auto& entry) { return entry.first == key; });
        if (known == m_fields.end())
            m_fields.emplace_back(key, field.second);
        else
            // Assigning a Node would write through into the tree.
            known->second.reset(field.second);
    }
}

void YamlFields::merge(const YAML::Node& from, int depth) {
    if (from.IsMap())
        collect(from, depth);
    else if (from.IsSequence())
        for (std::size_t i = from.size(); i > 0; --i)
            if (from[i - 1].IsMap())
                collect(from[i - 1], depth);
}

const YAML::Node* YamlFields::find(const char* key) const {
    for (const auto& [name, node] : m_fields)
        if (name == key)
            return scalarKind(node) == ScalarKind::Null ? nullptr : &node;
    return nullptr;
}

void YamlFields::problem(const char* key, int line, const std::string& what) {
    std::string message = m_file + ": line " + std::to_string(line) + ": " + m_where;
    if (key)
        message += (m_where.empty() || m_where.back() == '"' ? m_where.empty() ? "" : ": " : ".") + std::string(key);
    message += ": " + what;
    base::Error error;
    error.code = base::ErrorCode::BadInput;
    error.message = std::move(message);
    m_problems->push_back(std::move(error));
}

bool YamlFields::asText(const char* key, const YAML::Node& node, std::string& out) {
    const bool isScalar = node.IsScalar() || node.IsNull();
    if (!isScalar || (scalarKind(node) != ScalarKind::Text && scalarKind(node) != ScalarKind::Null)) {
        problem(key, node.Mark().line + 1, "expected text, found " + std::string(kindName(node)));
        return false;
    }
    out = scalarKind(node) == ScalarKind::Null ? std::string() : node.Scalar();
    if (node.Tag() == "tag:yaml.org,2002:binary")
        out = decodeBase64(out).value_or("");
    return true;
}

void YamlFields::text(const char* key, std::string& out) {
    if (const YAML::Node* node = find(key))
        asText(key, *node, out);
}

void YamlFields::boolean(const char* key, bool& out) {
    const YAML::Node* node = find(key);
    if (!node)
        return;
    if (node->IsScalar() && scalarKind(*node) == ScalarKind::Boolean)
        out = isTrue(node->Scalar());
    else
        problem(key, node->Mark().line + 1, "expected true or false");
}

void YamlFields::base64(const char* key, std::string& out) {
    std::string encoded;
    const YAML::Node* node = find(key);
    if (!node || !asText(key, *node, encoded))
        return;
    if (auto decoded = decodeBase64(encoded))
        out = std::move(*decoded);
    else
        problem(key, node->Mark().line + 1, "not valid base64");
}

void YamlFields::texts(const char* key, std::vector<std::string>& out) {
    const YAML::Node* node = find(key);
    if (!node)
        return;
    if (!node->IsSequence())
        return problem(key, node->Mark().line + 1, "expected a list");
    for (const YAML::Node& item : *node)
        if (std::string value; asText(key, item, value))
            out.push_back(std::move(value));
}

void YamlFields::textMap(const char* key, std::map<std::string, std::string>& out) {
    map(key, [&](YamlFields& fields) {
        for (const auto& [name, node] : fields.m_fields)
            if (std::string value; fields.asText(name.c_str(), node, value))
                out[name] = std::move(value);
    });
}

void YamlFields::textListMap(const char* key, std::map<std::string, std::vector<std::string>>& out) {
    map(key, [&](YamlFields& fields) {
        for (const auto& field : fields.m_fields)
            fields.texts(field.first.c_str(), out[field.first]);
    });
}

void YamlFields::extensions(std::map<std::string, std::string>& out) {
    maps("extensions", [&](YamlFields& fields) {
        std::string name;
        fields.text("name", name);
        const YAML::Node* node = fields.find("extension");
        auto json = node ? yamlToJson(*node) : base::Result<std::string>("null");
        if (!json)
            fields.problem("extension", fields.line(), json.error().message);
        else if (std::string& known = out[name]; known.empty() || known == "null")
            known = std::move(*json);
        else
            fields.problem("name", fields.line(), "the list has two entries of this name");
    });
}

void YamlFields::map(const char* key, const std::function<void(YamlFields&)>& read) {
    const YAML::Node* node = find(key);
    if (!node)
        return;
    std::string where = m_where;
    where += (m_where.empty() ? "" : m_where.back() == '"' ? ": " : ".") + std::string(key);
    YamlFields fields(*node, m_file, std::move(where), *m_problems);
    read(fields);
}

void YamlFields::maps(const char* key, const std::function<void(YamlFields&)>& read) {
    const YAML::Node* node = find(key);
    if (!node)
        return;
    if (!node->IsSequence())
        return problem(key, node->Mark().line + 1, "expected a list, found " + std::string(kindName(*node)));
    std::size_t index = 0;
    for (const YAML::Node& item : *node) {
        std::string where = m_where;
        where += (m_where.empty()         ? ""
                  : m_where.back() == '"' ? ": "
                                          : ".") +
                 std::string(key) + "[" + std::to_string(index++) + "]";
        YamlFields fields(item, m_file, std::move(where), *m_problems);
        read(fields);
    }
}

} // namespace kube
