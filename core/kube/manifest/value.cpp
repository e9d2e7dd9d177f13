// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/value.h"

#include "core/base/text.h"
#include "core/kube/config/base64.h"
#include "core/kube/go_json.h"
#include "core/kube/go_scalar.h"
#include "core/kube/manifest/manifest_text.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <type_traits>
#include <utility>

namespace kube::manifest {

namespace {

/// Texts are shared while they are values, and copied for each alias when they become JSON.
constexpr std::size_t kMostRepeated = std::size_t{16} << 20;

std::string quoted(std::string_view key) {
    return '"' + std::string(key) + '"';
}

bool isMerge(const Node& key) {
    return key.type == NodeType::Plain && key.text == "<<" &&
           (key.tag.empty() || key.tag == "!" || key.tag == yaml::kMergeTag);
}

void setScalar(Value& out, const yaml::Scalar& scalar) {
    std::visit(
        [&](auto value) {
            using T = decltype(value);
            if constexpr (std::is_same_v<T, bool>) {
                out.type = Value::Type::Boolean;
                out.integer = value ? 1 : 0;
            } else if constexpr (std::is_same_v<T, std::int64_t>) {
                out.type = Value::Type::Integer;
                out.integer = value;
            } else if constexpr (std::is_same_v<T, std::uint64_t>) {
                out.type = Value::Type::Unsigned;
                out.real = static_cast<double>(value);
            } else if constexpr (std::is_same_v<T, double>) {
                out.type = Value::Type::Float;
                out.real = value;
            } else if constexpr (std::is_same_v<T, std::string_view>) {
                out.type = Value::Type::Text;
                out.text = value;
            }
        },
        scalar);
}

class Resolver {
public:
    Resolver(Tree& tree, std::vector<Problem>& warnings)
        : m_tree(tree)
        , m_warnings(warnings) {}

    Read<Value> run() {
        Value root;
        ++m_seen; // Go counts the document too
        if (m_tree.root != nullptr && !read(*m_tree.root, root, Role::Value, 0))
            return tl::unexpected<Problem>(std::move(m_problem));
        return root;
    }

private:
    bool stop(Position at, std::string message) {
        m_problem = {at, std::move(message)};
        return false;
    }

    // The bound by which Go's reader tells a document from an attack: how much of it may come from aliases.
    bool count(const Node& node) {
        constexpr double kLow = 400000;
        constexpr double kHigh = 4000000;
        constexpr double kGenerous = 0.99;
        constexpr double kStrict = 0.10;
        ++m_seen;
        m_repeated += m_aliasDepth > 0 ? 1 : 0;
        if (m_aliasDepth > 0)
            m_repeatedBytes += node.text.size();
        if (m_repeatedBytes > kMostRepeated)
            return stop(node.at, "the aliases repeat more than 16 MB of text: write out what they stand for");
        if (m_repeated <= 100 || m_seen <= 1000)
            return true;
        const auto seen = static_cast<double>(m_seen);
        const double allowed = seen <= kLow    ? kGenerous
                               : seen >= kHigh ? kStrict
                                               : kGenerous - (kGenerous - kStrict) * ((seen - kLow) / (kHigh - kLow));
        return static_cast<double>(m_repeated) / seen <= allowed ||
               stop(node.at, "nearly all of the document comes from aliases: write out what they stand for");
    }

    enum class Role { Key, Value };

    bool read(Node& node, Value& out, Role role, int depth) {
        if (!count(node))
            return false;
        if (depth > kMostNested)
            return stop(node.at, "this is nested more than 1000 levels deep, which no kind is: flatten it");
        out.at = node.at;
        switch (node.type) {
        case NodeType::Alias:
            return readAlias(node, [&](Node& target) { return read(target, out, role, depth + 1); });
        case NodeType::Sequence:
            out.type = Value::Type::Array;
            out.children.resize(node.children.size());
            for (std::size_t i = 0; i < node.children.size(); ++i) {
                if (!read(*node.children[i], out.children[i], Role::Value, depth + 1))
                    return false;
            }
            return true;
        case NodeType::Mapping:
            out.type = Value::Type::Object;
            out.children.reserve(node.children.size() / 2);
            if (!readFields(node, out, {}, depth))
                return false;
            settle(out);
            return true;
        default:
            if (!readScalar(node, out))
                return false;
            // Go's YAML writes -0, and its JSON reads that as the integer 0.
            if (role == Role::Value && node.type == NodeType::Plain && out.real == 0)
                out.real = 0;
            return (role == Role::Key || out.type != Value::Type::Float || std::isfinite(out.real) ||
                    stop(out.at, "JSON has no infinity and no NaN: write a number, or a text in quotes"));
        }
    }

    template <typename Then>
    bool readAlias(Node& alias, Then then) {
        if (alias.isOpen)
            return stop(alias.at, "the alias *" + alias.text + " stands for something that holds it: name another");
        alias.isOpen = true;
        ++m_aliasDepth;
        const bool isRead = then(*alias.target);
        --m_aliasDepth;
        alias.isOpen = false;
        return isRead;
    }

    bool readScalar(const Node& node, Value& out) {
        if (node.type == NodeType::Text) {
            setScalar(out, std::string_view(node.text));
            return true;
        }
        if (node.type == NodeType::Number) {
            const auto number = yaml::readJsonNumber(node.text);
            if (!number)
                return stop(node.at, "the number is too great for a float64: write a smaller one, or a text in quotes");
            setScalar(out, *number);
            return true;
        }
        if (node.tag == yaml::kBinaryTag)
            return readBinary(node, out);
        const auto scalar = yaml::readPlain(node.tag, node.text);
        if (!scalar) {
            const std::string tag = "!!" + std::string(node.tag.substr(node.tag.rfind(':') + 1));
            return stop(node.at, "the tag " + tag + " does not fit this value: remove the tag or mend the value");
        }
        setScalar(out, *scalar);
        return true;
    }

    bool readBinary(const Node& node, Value& out) {
        const auto data = decodeBase64(node.text);
        if (!data)
            return stop(node.at, "this is not the base64 that its tag !!binary says: remove the tag or mend the value");
        setScalar(out, m_tree.keep(replaceInvalid(*data)));
        return true;
    }

    // Appends the fields in the order of the text; those that came by the merge key at `mergedAt` are marked.
    bool readFields(Node& mapping, Value& out, Position mergedAt, int depth) {
        for (std::size_t i = 0; i + 1 < mapping.children.size(); i += 2) {
            Node& key = *mapping.children[i];
            Node& value = *mapping.children[i + 1];
            if (isMerge(key)) {
                if (!merge(value, out, mergedAt.line > 0 ? mergedAt : key.at, depth + 1))
                    return false;
                continue;
            }
            Value name;
            if (!read(key, name, Role::Key, depth + 1))
                return false;
            const auto text = keyOf(name);
            if (!text)
                return false;
            Value field;
            if (!read(value, field, Role::Value, depth + 1))
                return false;
            field.key = *text;
            field.keyAt = key.at;
            field.mergedAt = mergedAt;
            out.children.push_back(std::move(field));
        }
        return true;
    }

    bool merge(Node& from, Value& out, Position mergedAt, int depth) {
        const auto mergeOne = [&](Node& node) {
            if (depth > kMostNested)
                return stop(node.at, "merge keys are nested more than 1000 levels deep: flatten them");
            const auto fields = [&](Node& mapping) {
                return mapping.type == NodeType::Mapping
                           ? count(mapping) && readFields(mapping, out, mergedAt, depth)
                           : stop(node.at, "'<<' merges a mapping or a list of mappings: give it one");
            };
            if (node.type != NodeType::Alias)
                return fields(node);
            return count(node) && readAlias(node, fields);
        };
        if (from.type != NodeType::Sequence)
            return mergeOne(from);
        // What stands first wins, so it comes last.
        return std::all_of(from.children.rbegin(), from.children.rend(), [&](Node* node) { return mergeOne(*node); });
    }

    std::optional<std::string_view> keyOf(const Value& key) {
        std::string text;
        switch (key.type) {
        case Value::Type::Text:
            return key.text;
        case Value::Type::Boolean:
            return key.integer != 0 ? "true" : "false";
        case Value::Type::Integer:
            base::appendNumber(text, key.integer);
            return m_tree.keep(std::move(text));
        case Value::Type::Float:
            return m_tree.keep(yaml::floatKey(key.real));
        case Value::Type::Object:
            stop(key.at,
                 "a mapping cannot be a key: put it in quotes, or render the template first if '{{' starts one");
            return {};
        default:
            stop(key.at, "a key is text, and this one is " + std::string(describe(key.type)) + ": put it in quotes");
            return {};
        }
    }

    // Go keeps the last of equal keys and says nothing.
    void settle(Value& object) {
        std::vector<Value>& fields = object.children;
        const auto byKey = [](const Value& a, const Value& b) { return a.key < b.key; };
        if (!std::is_sorted(fields.begin(), fields.end(), byKey))
            std::stable_sort(fields.begin(), fields.end(), byKey);
        auto last = fields.begin();
        for (auto at = fields.begin(); at != fields.end(); ++at) {
            if (at == last)
                continue;
            if (at->key == last->key)
                warnOfHidden(*last, *at);
            else
                ++last;
            if (last != at)
                *last = std::move(*at);
        }
        if (!fields.empty())
            fields.erase(std::next(last), fields.end());
    }

    void warnOfHidden(const Value& hidden, const Value& kept) {
        if (hidden.mergedAt.line > 0 || m_aliasDepth > 0)
            return;
        const std::string line = std::to_string(hidden.keyAt.line);
        if (kept.mergedAt.line > 0)
            m_warnings.push_back({kept.mergedAt, "this merge replaces the field " + quoted(kept.key) + " of line " +
                                                     line +
                                                     ", as kubectl reads it: write '<<' above the fields that stay"});
        else
            m_warnings.push_back({kept.keyAt, "the key " + quoted(kept.key) + " of line " + line +
                                                  " is here again in line " + std::to_string(kept.keyAt.line) +
                                                  ", and only this one counts: remove one of them"});
    }

    Tree& m_tree;
    std::vector<Problem>& m_warnings;
    Problem m_problem;
    std::size_t m_seen = 0;
    std::size_t m_repeated = 0;
    std::size_t m_repeatedBytes = 0;
    int m_aliasDepth = 0;
};

} // namespace

const Value* Value::find(std::string_view field) const {
    if (type != Type::Object)
        return nullptr;
    const auto found = std::lower_bound(children.begin(), children.end(), field,
                                        [](const Value& value, std::string_view name) { return value.key < name; });
    return found != children.end() && found->key == field ? &*found : nullptr;
}

std::string_view Value::textOf(std::string_view field) const {
    const Value* value = find(field);
    return value != nullptr && value->type == Type::Text ? value->text : std::string_view{};
}

Read<Value> resolve(Tree& tree, std::vector<Problem>& warnings) {
    return Resolver(tree, warnings).run();
}

void appendJson(std::string& out, const Value& value) {
    switch (value.type) {
    case Value::Type::Null:
        out += "null";
        return;
    case Value::Type::Boolean:
        out += value.integer != 0 ? "true" : "false";
        return;
    case Value::Type::Integer:
        base::appendNumber(out, value.integer);
        return;
    case Value::Type::Unsigned:
    case Value::Type::Float:
        out += goJsonFloat(value.real);
        return;
    case Value::Type::Text:
        appendGoJsonString(out, value.text);
        return;
    case Value::Type::Array:
    case Value::Type::Object:
        break;
    }
    const bool isObject = value.type == Value::Type::Object;
    char separator = isObject ? '{' : '[';
    for (const Value& child : value.children) {
        out += separator;
        separator = ',';
        if (isObject) {
            appendGoJsonString(out, child.key);
            out += ':';
        }
        appendJson(out, child);
    }
    if (value.children.empty())
        out += separator;
    out += isObject ? '}' : ']';
}

std::string_view describe(Value::Type type) {
    switch (type) {
    case Value::Type::Null:
        return "empty";
    case Value::Type::Boolean:
        return "a truth value (as yes, no, on and off are)";
    case Value::Type::Integer:
    case Value::Type::Float:
        return "a number";
    case Value::Type::Unsigned:
        return "a number above 9223372036854775807";
    case Value::Type::Text:
        return "a text";
    case Value::Type::Array:
        return "a list";
    case Value::Type::Object:
        return "a mapping";
    }
    return "something else";
}

} // namespace kube::manifest
