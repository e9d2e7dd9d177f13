// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/filter/node.h"
#include "core/fleet/filter/regex.h"
#include "core/fleet/filter/value.h"
#include "core/kube/label_selector.h"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

namespace fleet {

namespace {

class AndNode final : public FilterNode {
public:
    explicit AndNode(std::vector<FilterNodePtr> parts)
        : m_parts(std::move(parts)) {}
    bool matches(const FilterSubject& subject) override {
        return std::all_of(m_parts.begin(), m_parts.end(), [&](const auto& part) { return part->matches(subject); });
    }
    [[nodiscard]] bool dependsOnTime() const override {
        return std::any_of(m_parts.begin(), m_parts.end(), [](const auto& part) { return part->dependsOnTime(); });
    }

private:
    std::vector<FilterNodePtr> m_parts;
};

class OrNode final : public FilterNode {
public:
    explicit OrNode(std::vector<FilterNodePtr> parts)
        : m_parts(std::move(parts)) {}
    bool matches(const FilterSubject& subject) override {
        return std::any_of(m_parts.begin(), m_parts.end(), [&](const auto& part) { return part->matches(subject); });
    }
    [[nodiscard]] bool dependsOnTime() const override {
        return std::any_of(m_parts.begin(), m_parts.end(), [](const auto& part) { return part->dependsOnTime(); });
    }

private:
    std::vector<FilterNodePtr> m_parts;
};

class NotNode final : public FilterNode {
public:
    explicit NotNode(FilterNodePtr part)
        : m_part(std::move(part)) {}
    bool matches(const FilterSubject& subject) override { return !m_part->matches(subject); }
    [[nodiscard]] bool dependsOnTime() const override { return m_part->dependsOnTime(); }

private:
    FilterNodePtr m_part;
};

// Calls test for the texts a person sees in a row until one fits; times are left out, they are compared, not read.
template <typename Test>
bool anyText(const FilterSubject& subject, const Test& test) {
    const kube::RowRef& row = subject.row;
    if (test(row.name()) || test(row.ns()) || test(subject.cluster))
        return true;
    for (const kube::Column& column : row.layout().columns()) {
        if (column.format == kube::CellFormat::Text && column.field < kube::kNameField && test(row.text(column.field)))
            return true;
    }
    return false;
}

class WordNode final : public FilterNode {
public:
    explicit WordNode(std::string text)
        : m_text(std::move(text)) {
        std::transform(m_text.begin(), m_text.end(), m_text.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    }
    bool matches(const FilterSubject& subject) override {
        return anyText(subject, [this](std::string_view text) { return containsIgnoringCase(text, m_text); });
    }

private:
    std::string m_text;
};

class RegexNode final : public FilterNode {
public:
    explicit RegexNode(std::unique_ptr<RE2> regex)
        : m_regex(std::move(regex)) {}
    bool matches(const FilterSubject& subject) override {
        return anyText(subject, [this](std::string_view text) {
            return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *m_regex);
        });
    }

private:
    std::unique_ptr<RE2> m_regex;
};

class SelectorNode final : public FilterNode {
public:
    explicit SelectorNode(kube::LabelSelector selector)
        : m_selector(std::move(selector)) {}
    bool matches(const FilterSubject& subject) override { return m_selector.matches(subject.row.labels()); }

private:
    kube::LabelSelector m_selector;
};

} // namespace

FilterNodePtr makeAnd(std::vector<FilterNodePtr> parts) {
    return std::make_unique<AndNode>(std::move(parts));
}

FilterNodePtr makeOr(std::vector<FilterNodePtr> parts) {
    return std::make_unique<OrNode>(std::move(parts));
}

FilterNodePtr makeNot(FilterNodePtr part) {
    return std::make_unique<NotNode>(std::move(part));
}

FilterNodePtr makeWord(std::string text) {
    return std::make_unique<WordNode>(std::move(text));
}

NodeResult makeRegex(const std::string& pattern) {
    auto regex = compileRegex(pattern);
    if (!regex)
        return tl::unexpected<std::string>(std::move(regex.error()));
    return std::make_unique<RegexNode>(std::move(*regex));
}

NodeResult makeSelector(const std::string& selector) {
    auto parsed = kube::LabelSelector::parse(selector);
    if (!parsed)
        return tl::unexpected<std::string>(std::move(parsed.error().message));
    return std::make_unique<SelectorNode>(std::move(*parsed));
}

} // namespace fleet
