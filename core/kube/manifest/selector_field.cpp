// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/selector_field.h"

#include "core/kube/label_selector.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace kube {

namespace {

using Requirement = LabelSelector::Requirement;
using Requirements = std::vector<Requirement>;
using Operator = LabelSelector::Operator;

constexpr std::array<std::pair<Operator, const char*>, 6> kOperators{{{Operator::In, "In"},
                                                                      {Operator::NotIn, "NotIn"},
                                                                      {Operator::Exists, "Exists"},
                                                                      {Operator::Absent, "DoesNotExist"},
                                                                      {Operator::Greater, "Gt"},
                                                                      {Operator::Less, "Lt"}}};

const char* wordFor(Operator op) {
    return std::find_if(kOperators.begin(), kOperators.end(), [op](const auto& pair) { return pair.first == op; })
        ->second;
}

std::string toText(const Requirement& requirement) {
    std::string values;
    for (const std::string& value : requirement.values)
        values += (&value == &requirement.values.front() ? "" : ",") + value;
    const bool isOne = requirement.values.size() == 1;
    switch (requirement.op) {
    case Operator::In:
        return requirement.key + (isOne ? "=" + values : " in (" + values + ")");
    case Operator::NotIn:
        return requirement.key + (isOne ? "!=" + values : " notin (" + values + ")");
    case Operator::Exists:
        return requirement.key;
    case Operator::Absent:
        return "!" + requirement.key;
    case Operator::Greater:
        return requirement.key + ">" + values;
    case Operator::Less:
        return requirement.key + "<" + values;
    }
    return {};
}

std::optional<Requirement> readExpression(const YamlObject& object, const FieldSteps& at) {
    for (const std::string& key : object.keysAt(at)) {
        if (key != "key" && key != "operator" && key != "values")
            return std::nullopt;
    }
    const std::string word = object.textAt(at / "operator");
    const auto* const op =
        std::find_if(kOperators.begin(), kOperators.end(), [&word](const auto& pair) { return word == pair.second; });
    if (op == kOperators.end())
        return std::nullopt;
    Requirement requirement{object.textAt(at / "key"), op->first, {}};
    for (int i = 0; i < object.countAt(at / "values"); ++i) {
        if (object.formAt(at / "values" / i) != YamlObject::Form::Text)
            return std::nullopt;
        requirement.values.push_back(object.textAt(at / "values" / i));
    }
    return requirement;
}

std::optional<Requirements> readLabels(const YamlObject& object, const FieldSteps& at) {
    Requirements all;
    for (const std::string& key : object.keysAt(at)) {
        if (object.formAt(at / key) != YamlObject::Form::Text)
            return std::nullopt;
        all.push_back({key, Operator::In, {object.textAt(at / key)}});
    }
    return all;
}

/// Why a form of selector cannot have the text; nothing where it can.
base::Result<Requirements> parse(std::string_view text, SelectorForm form) {
    base::Result<LabelSelector> selector = LabelSelector::parse(text);
    if (!selector)
        return base::fail(std::move(selector.error()));
    for (const Requirement& requirement : selector->requirements()) {
        const bool isCompared = requirement.op == Operator::Greater || requirement.op == Operator::Less;
        if (form == SelectorForm::Labels && isCompared)
            return base::fail(base::ErrorCode::BadInput,
                              "only labels of nodes are compared with numbers: " + toText(requirement));
    }
    return selector->requirements();
}

base::Result<void> writeExpression(YamlObject& object, const FieldSteps& at, const Requirement& wanted) {
    if (object.textAt(at / "key") != wanted.key) {
        if (auto done = object.setText(at / "key", wanted.key); !done)
            return done;
    }
    if (const char* word = wordFor(wanted.op); object.textAt(at / "operator") != word) {
        if (auto done = object.setText(at / "operator", word); !done)
            return done;
    }
    if (wanted.values.empty())
        return object.removeEmptied(at / "values", at.size());
    const auto now = readExpression(object, at);
    return now && now->values == wanted.values ? base::Result<void>() : object.setTexts(at / "values", wanted.values);
}

/// One writing of a selector: what is there, and where each requirement goes.
class SelectorEdit {
public:
    SelectorEdit(YamlObject& object, const FieldSteps& path, Requirements wanted)
        : m_object(object)
        , m_labels(path / "matchLabels")
        , m_expressions(path / "matchExpressions")
        , m_isUsed(static_cast<std::size_t>(object.countAt(m_expressions)))
        , m_left(std::move(wanted)) {}

    void keepLabels() {
        takeWhere([this](const Requirement& wanted) {
            return isLabel(wanted) && m_object.formAt(m_labels / wanted.key) == YamlObject::Form::Text &&
                   m_object.textAt(m_labels / wanted.key) == wanted.values.front() && claimLabel(wanted);
        });
    }

    /// Expressions of the same key and operator stay where they are.
    base::Result<void> keepExpressions() {
        base::Result<void> result;
        takeWhere([&](const Requirement& wanted) {
            for (std::size_t i = 0; i < m_isUsed.size() && result; ++i) {
                const FieldSteps at = m_expressions / static_cast<int>(i);
                if (m_isUsed[i] || m_object.textAt(at / "key") != wanted.key ||
                    m_object.textAt(at / "operator") != wordFor(wanted.op))
                    continue;
                m_isUsed[i] = true;
                result = writeExpression(m_object, at, wanted);
                return true;
            }
            return false;
        });
        return result;
    }

    base::Result<void> addLabels() {
        base::Result<void> result;
        takeWhere([&](const Requirement& wanted) {
            if (!result || !isLabel(wanted) || !claimLabel(wanted))
                return false;
            result = m_object.setText(m_labels / wanted.key, wanted.values.front());
            return true;
        });
        return result;
    }

    /// What is left takes the places of expressions that are not wanted any more, then new ones.
    base::Result<void> addExpressions() {
        for (const Requirement& wanted : m_left) {
            const auto free = std::find(m_isUsed.begin(), m_isUsed.end(), false);
            const FieldSteps at = m_expressions / static_cast<int>(free - m_isUsed.begin());
            if (free == m_isUsed.end())
                m_isUsed.push_back(true);
            else
                *free = true;
            if (auto done = writeExpression(m_object, at, wanted); !done)
                return done;
        }
        return {};
    }

    base::Result<void> removeRest(std::size_t kept) {
        for (std::size_t i = m_isUsed.size(); i-- > 0;) {
            if (m_isUsed[i])
                continue;
            if (auto done = m_object.removeEmptied(m_expressions / static_cast<int>(i), kept); !done)
                return done;
        }
        for (const std::string& key : m_object.keysAt(m_labels)) {
            if (std::find(m_claimed.begin(), m_claimed.end(), key) != m_claimed.end())
                continue;
            if (auto done = m_object.removeEmptied(m_labels / key, kept); !done)
                return done;
        }
        return {};
    }

private:
    static bool isLabel(const Requirement& wanted) { return wanted.op == Operator::In && wanted.values.size() == 1; }

    bool claimLabel(const Requirement& wanted) {
        if (std::find(m_claimed.begin(), m_claimed.end(), wanted.key) != m_claimed.end())
            return false;
        m_claimed.push_back(wanted.key);
        return true;
    }

    template <typename Take>
    void takeWhere(Take take) {
        Requirements left;
        for (Requirement& wanted : m_left) {
            if (!take(wanted))
                left.push_back(std::move(wanted));
        }
        m_left = std::move(left);
    }

    YamlObject& m_object;
    FieldSteps m_labels;
    FieldSteps m_expressions;
    std::vector<bool> m_isUsed;
    std::vector<std::string> m_claimed;
    Requirements m_left;
};

base::Result<void> write(SelectorEdit& edit, SelectorForm form, std::size_t kept) {
    if (form == SelectorForm::Labels)
        edit.keepLabels();
    if (auto done = edit.keepExpressions(); !done)
        return done;
    if (form == SelectorForm::Labels) {
        if (auto done = edit.addLabels(); !done)
            return done;
    }
    if (auto done = edit.addExpressions(); !done)
        return done;
    return edit.removeRest(kept);
}

std::vector<std::string> sortedTexts(const Requirements& requirements) {
    std::vector<std::string> texts;
    for (const Requirement& requirement : requirements)
        texts.push_back(toText(requirement));
    std::sort(texts.begin(), texts.end());
    return texts;
}

} // namespace

std::optional<std::string> selectorAt(const YamlObject& object, const FieldSteps& path, SelectorForm form) {
    if (object.has(path) && object.formAt(path) != YamlObject::Form::Object)
        return std::nullopt;
    Requirements all;
    if (form == SelectorForm::Labels) {
        for (const std::string& key : object.keysAt(path)) {
            if (key != "matchLabels" && key != "matchExpressions")
                return std::nullopt;
        }
        std::optional<Requirements> labels = readLabels(object, path / "matchLabels");
        if (!labels)
            return std::nullopt;
        all = *std::move(labels);
    }
    for (int i = 0; i < object.countAt(path / "matchExpressions"); ++i) {
        std::optional<Requirement> requirement = readExpression(object, path / "matchExpressions" / i);
        if (!requirement)
            return std::nullopt;
        all.push_back(*std::move(requirement));
    }
    std::string text;
    for (const Requirement& requirement : all)
        text += (text.empty() ? "" : ", ") + toText(requirement);
    // Values that no label can have might read as something else.
    const base::Result<Requirements> back = parse(text, form);
    return back && *back == all ? std::optional(std::move(text)) : std::nullopt;
}

bool isSelector(std::string_view text, SelectorForm form) {
    return parse(text, form).has_value();
}

bool isSameSelector(std::string_view one, std::string_view other) {
    const base::Result<Requirements> first = parse(one, SelectorForm::NodeTerm);
    const base::Result<Requirements> second = parse(other, SelectorForm::NodeTerm);
    return first && second && sortedTexts(*first) == sortedTexts(*second);
}

base::Result<void> setSelector(YamlObject& object, const FieldSteps& path, SelectorForm form, std::string_view text,
                               std::size_t kept) {
    base::Result<Requirements> wanted = parse(text, form);
    if (!wanted)
        return base::fail(std::move(wanted.error()));
    if (wanted->empty())
        return object.removeEmptied(form == SelectorForm::Labels ? path : path / "matchExpressions", kept);
    YamlObject changed = object;
    SelectorEdit edit(changed, path, *std::move(wanted));
    if (auto done = write(edit, form, kept); !done)
        return done;
    object = std::move(changed);
    return {};
}

} // namespace kube
