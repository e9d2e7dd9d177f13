// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/json_path.h"

#include "core/base/text.h"

#include <simdjson.h>

namespace kube::decode {

namespace {

using simdjson::dom::element;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

bool isQuoted(std::string_view text) {
    return text.size() >= 2 && (text.front() == '\'' || text.front() == '"') && text.back() == text.front();
}

// A name up to the next '.' or '[', with "\." for a point in it.
std::string takeName(std::string_view& text) {
    std::string name;
    while (!text.empty() && text.front() != '.' && text.front() != '[') {
        if (text.front() == '\\' && text.size() > 1)
            text.remove_prefix(1);
        name += text.front();
        text.remove_prefix(1);
    }
    return name;
}

// Where the bracket that `text` starts with closes, quotes and parentheses respected.
std::size_t closingBracket(std::string_view text) {
    char quote = 0;
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != 0) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '\'' || c == '"') {
            quote = c;
        } else if (c == '[') {
            ++depth;
        } else if (c == ']' && --depth == 0) {
            return i;
        }
    }
    return std::string_view::npos;
}

} // namespace

std::optional<JsonPath> JsonPath::parse(std::string_view text) {
    JsonPath path;
    text = trimmed(text);
    if (text.starts_with("$"))
        text.remove_prefix(1);
    while (!text.empty()) {
        Step step;
        if (text.front() == '[') {
            const std::size_t end = closingBracket(text);
            if (end == std::string_view::npos || !parseBracket(trimmed(text.substr(1, end - 1)), step))
                return std::nullopt;
            text.remove_prefix(end + 1);
        } else {
            if (text.front() != '.')
                return std::nullopt;
            text.remove_prefix(1);
            if (!text.empty() && text.front() == '[')
                continue; // ".items.[0]"
            step.name = takeName(text);
            if (step.name.empty())
                return std::nullopt; // ".." is beyond us.
            if (step.name == "*")
                step.kind = Step::Kind::All;
        }
        path.m_steps.push_back(std::move(step));
    }
    if (path.m_steps.empty())
        return std::nullopt;
    return path;
}

bool JsonPath::parseBracket(std::string_view inside, Step& step) {
    if (isQuoted(inside)) {
        step.name = inside.substr(1, inside.size() - 2);
        return true;
    }
    if (inside == "*") {
        step.kind = Step::Kind::All;
        return true;
    }
    if (inside.starts_with("?(") && inside.ends_with(")"))
        return parseFilter(trimmed(inside.substr(2, inside.size() - 3)), step);
    const auto index = base::parseNumber(inside);
    if (!index || *index > 1000000 || *index < -1000000)
        return false;
    step.kind = Step::Kind::Index;
    step.index = static_cast<int>(*index);
    return true;
}

bool JsonPath::parseFilter(std::string_view condition, Step& step) {
    if (!condition.starts_with("@"))
        return false;
    condition.remove_prefix(1);
    std::size_t op = condition.find("==");
    step.kind = Step::Kind::Equals;
    if (op == std::string_view::npos) {
        op = condition.find("!=");
        step.kind = Step::Kind::Differs;
    }
    std::string_view left = condition;
    if (op == std::string_view::npos) {
        step.kind = Step::Kind::Has;
        if (condition.find_first_of("<>=~") != std::string_view::npos)
            return false;
    } else {
        left = trimmed(condition.substr(0, op));
        std::string_view value = trimmed(condition.substr(op + 2));
        if (isQuoted(value))
            value = value.substr(1, value.size() - 2);
        step.value = value;
    }
    while (!left.empty()) {
        if (left.front() != '.')
            return false;
        left.remove_prefix(1);
        step.path.push_back(takeName(left));
    }
    return !step.path.empty();
}

bool JsonPath::holds(const element& item, const Step& filter) {
    element at = item;
    for (const std::string& name : filter.path) {
        simdjson::dom::object object;
        if (at.get(object) != simdjson::SUCCESS || object[name].get(at) != simdjson::SUCCESS)
            return false;
    }
    if (filter.kind == Step::Kind::Has)
        return true;
    std::string_view text;
    const std::string plain = at.get(text) == simdjson::SUCCESS ? std::string(text) : simdjson::minify(at);
    return (plain == filter.value) == (filter.kind == Step::Kind::Equals);
}

std::optional<std::string_view> JsonPath::follow(const element& at, std::size_t index) const {
    if (index == m_steps.size()) {
        std::string_view text;
        if (at.get(text) != simdjson::SUCCESS)
            return std::nullopt;
        return text;
    }
    const Step& step = m_steps[index];
    simdjson::dom::object object;
    simdjson::dom::array array;
    const bool isObject = at.get(object) == simdjson::SUCCESS;
    const bool isArray = at.get(array) == simdjson::SUCCESS;
    switch (step.kind) {
    case Step::Kind::Field: {
        element next;
        if (!isObject || object[step.name].get(next) != simdjson::SUCCESS)
            return std::nullopt;
        return follow(next, index + 1);
    }
    case Step::Kind::Index: {
        if (!isArray)
            return std::nullopt;
        const int size = static_cast<int>(array.size());
        const int wanted = step.index < 0 ? size + step.index : step.index;
        element next;
        if (wanted < 0 || array.at(static_cast<std::size_t>(wanted)).get(next) != simdjson::SUCCESS)
            return std::nullopt;
        return follow(next, index + 1);
    }
    case Step::Kind::All:
        if (isObject) {
            for (const auto member : object) {
                if (const auto found = follow(member.value, index + 1))
                    return found;
            }
        }
        [[fallthrough]];
    case Step::Kind::Equals:
    case Step::Kind::Differs:
    case Step::Kind::Has:
        if (!isArray)
            return std::nullopt;
        for (const element item : array) {
            if (step.kind != Step::Kind::All && !holds(item, step))
                continue;
            if (const auto found = follow(item, index + 1))
                return found;
        }
        return std::nullopt;
    }
    return std::nullopt;
}

std::optional<std::string_view> JsonPath::firstText(const element& root) const {
    return follow(root, 0);
}

} // namespace kube::decode
