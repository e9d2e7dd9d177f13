// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/filter/node.h"
#include "core/fleet/filter/regex.h"
#include "core/fleet/filter/value.h"
#include "core/kube/label_selector.h"

#include <re2/re2.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

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

/// Whether a test fits any of the texts that a person sees in a row; times are left out, they are compared, not read.
/// Most texts stand in many rows: what was found out about one is remembered by its index, as long as the rows come of
/// the same pool.
class TextSearch {
public:
    template <typename Test>
    bool matches(const FilterSubject& subject, const Test& test) {
        const kube::RowRef& row = subject.row;
        if (test(row.name())) // No two are equal.
            return true;
        prepare(row);
        if (fits(row.textIndex(kube::kNamespaceField), row.strings(), test) || test(subject.cluster))
            return true;
        return std::any_of(m_fields.begin(), m_fields.end(),
                           [&](std::uint16_t field) { return fits(row.textIndex(field), row.strings(), test); });
    }

private:
    enum class Known : std::uint8_t { Nothing, Fits, DoesNot };

    void prepare(const kube::RowRef& row) {
        if (const std::uint64_t serial = row.layout().serial(); serial != m_layout) {
            m_layout = serial;
            m_fields.clear();
            for (const kube::Column& column : row.layout().columns()) {
                if (column.format == kube::CellFormat::Text && column.field < kube::kNameField)
                    m_fields.push_back(column.field);
            }
        }
        if (const std::uint64_t serial = row.strings().serial(); serial != m_pool) {
            m_pool = serial;
            m_known.clear();
        }
        if (m_known.size() < row.strings().size())
            m_known.resize(row.strings().size(), Known::Nothing);
    }

    template <typename Test>
    bool fits(std::uint32_t index, const kube::StringPool& strings, const Test& test) {
        Known& known = m_known[index];
        if (known == Known::Nothing)
            known = test(strings.text(index)) ? Known::Fits : Known::DoesNot;
        return known == Known::Fits;
    }

    std::uint64_t m_layout = 0;
    std::uint64_t m_pool = 0;
    std::vector<std::uint16_t> m_fields;
    std::vector<Known> m_known; // By index in the pool.
};

class WordNode final : public FilterNode {
public:
    explicit WordNode(std::string text)
        : m_text(std::move(text)) {
        std::transform(m_text.begin(), m_text.end(), m_text.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    }
    bool matches(const FilterSubject& subject) override {
        return m_search.matches(subject, [this](std::string_view text) { return containsIgnoringCase(text, m_text); });
    }

private:
    TextSearch m_search;
    std::string m_text;
};

class RegexNode final : public FilterNode {
public:
    explicit RegexNode(std::unique_ptr<RE2> regex)
        : m_regex(std::move(regex)) {}
    bool matches(const FilterSubject& subject) override {
        return m_search.matches(subject, [this](std::string_view text) {
            return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *m_regex);
        });
    }

private:
    TextSearch m_search;
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
