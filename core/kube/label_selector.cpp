// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/label_selector.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace kube {

namespace {

bool isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == '/';
}

std::optional<std::int64_t> toInteger(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

class SelectorParser {
public:
    explicit SelectorParser(std::string_view text)
        : m_text(text) {}

    base::Result<std::vector<LabelSelector::Requirement>> parse() {
        std::vector<LabelSelector::Requirement> requirements;
        skipBlanks();
        while (m_at < m_text.size()) {
            auto requirement = parseRequirement();
            if (!requirement)
                return base::fail(requirement.error());
            requirements.push_back(std::move(*requirement));
            skipBlanks();
            if (m_at == m_text.size())
                break;
            if (!take(","))
                return expected("a comma");
            skipBlanks();
            if (m_at == m_text.size())
                return expected("a label key");
        }
        return requirements;
    }

private:
    using Operator = LabelSelector::Operator;

    void skipBlanks() {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t'))
            ++m_at;
    }

    bool take(std::string_view token) {
        if (!m_text.substr(m_at).starts_with(token))
            return false;
        m_at += token.size();
        return true;
    }

    std::string_view takeName() {
        const std::size_t start = m_at;
        while (m_at < m_text.size() && isNameCharacter(m_text[m_at]))
            ++m_at;
        return m_text.substr(start, m_at - start);
    }

    tl::unexpected<base::Error> expected(std::string_view what) const {
        return base::fail(base::ErrorCode::BadInput, "label selector \"" + std::string(m_text) + "\": expected " +
                                                         std::string(what) + " at character " +
                                                         std::to_string(m_at + 1));
    }

    base::Result<LabelSelector::Requirement> parseRequirement() {
        LabelSelector::Requirement requirement;
        if (take("!")) {
            skipBlanks();
            requirement.op = Operator::Absent;
            requirement.key = takeName();
            if (requirement.key.empty())
                return expected("a label key");
            return requirement;
        }
        requirement.key = takeName();
        if (requirement.key.empty())
            return expected("a label key");
        skipBlanks();
        if (m_at == m_text.size() || m_text[m_at] == ',')
            return requirement;
        if (take("!=")) {
            requirement.op = Operator::NotIn;
        } else if (take("==") || take("=")) {
            requirement.op = Operator::In;
        } else if (take(">")) {
            requirement.op = Operator::Greater;
        } else if (take("<")) {
            requirement.op = Operator::Less;
        } else {
            return parseSet(std::move(requirement));
        }
        skipBlanks();
        requirement.values.emplace_back(takeName());
        if ((requirement.op == Operator::Greater || requirement.op == Operator::Less) &&
            !toInteger(requirement.values.front()))
            return expected("a whole number");
        return requirement;
    }

    base::Result<LabelSelector::Requirement> parseSet(LabelSelector::Requirement requirement) {
        const std::string_view word = takeName();
        if (word != "in" && word != "notin")
            return expected("one of = == != in notin > < and a comma");
        requirement.op = word == "in" ? Operator::In : Operator::NotIn;
        skipBlanks();
        if (!take("("))
            return expected("(");
        for (;;) {
            skipBlanks();
            requirement.values.emplace_back(takeName());
            skipBlanks();
            if (take(")"))
                return requirement;
            if (!take(","))
                return expected("a comma or )");
        }
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

bool holds(const LabelSelector::Requirement& requirement, std::string_view labels) {
    using Operator = LabelSelector::Operator;
    const LabelValue label = findLabel(labels, requirement.key);
    const auto isListed = [&] {
        return std::find(requirement.values.begin(), requirement.values.end(), label.value) != requirement.values.end();
    };
    switch (requirement.op) {
    case Operator::Exists:
        return label.found;
    case Operator::Absent:
        return !label.found;
    case Operator::In:
        return label.found && isListed();
    case Operator::NotIn:
        return !label.found || !isListed();
    case Operator::Greater:
    case Operator::Less: {
        const auto have = label.found ? toInteger(label.value) : std::nullopt;
        const auto bound = toInteger(requirement.values.front());
        if (!have || !bound)
            return false;
        return requirement.op == Operator::Greater ? *have > *bound : *have < *bound;
    }
    }
    return false;
}

} // namespace

LabelValue findLabel(std::string_view labels, std::string_view key) {
    while (!labels.empty()) {
        const std::size_t comma = labels.find(',');
        const std::string_view entry = labels.substr(0, comma);
        if (entry.size() > key.size() && entry[key.size()] == '=' && entry.starts_with(key))
            return {true, entry.substr(key.size() + 1)};
        labels = comma == std::string_view::npos ? std::string_view{} : labels.substr(comma + 1);
    }
    return {};
}

base::Result<LabelSelector> LabelSelector::parse(std::string_view text) {
    auto requirements = SelectorParser(text).parse();
    if (!requirements)
        return base::fail(requirements.error());
    LabelSelector selector;
    selector.m_requirements = std::move(*requirements);
    return selector;
}

bool LabelSelector::matches(std::string_view labels) const {
    return std::all_of(m_requirements.begin(), m_requirements.end(),
                       [labels](const Requirement& requirement) { return holds(requirement, labels); });
}

} // namespace kube
