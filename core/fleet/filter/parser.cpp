// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/filter/node.h"
#include "core/fleet/filter/term.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace fleet {

namespace {

struct Failure {
    std::size_t at = 0; // byte offsets; turned into characters at the end
    std::size_t length = 1;
    std::string message;
};

using Parsed = tl::expected<FilterTerm, Failure>;

class FilterParser {
public:
    explicit FilterParser(std::string_view text)
        : m_text(text) {}

    Parsed parse() {
        skipBlanks();
        if (atEnd())
            return FilterTerm{};
        Parsed node = parseOr();
        if (node && !atEnd())
            return failure(m_at, 1, "this ) closes nothing");
        return node;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char current() const { return m_text[m_at]; }
    static bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

    void skipBlanks() {
        while (!atEnd() && isBlank(current()))
            ++m_at;
    }

    static tl::unexpected<Failure> failure(std::size_t at, std::size_t length, std::string message) {
        return tl::unexpected<Failure>({at, std::max<std::size_t>(length, 1), std::move(message)});
    }

    [[nodiscard]] FilterTerm termAt(FilterTerm::Kind kind, std::size_t start) const {
        FilterTerm term;
        term.kind = kind;
        term.at = start;
        term.length = m_at - start;
        return term;
    }

    static FilterTerm joined(FilterTerm::Kind kind, std::vector<FilterTerm> parts) {
        if (parts.size() == 1)
            return std::move(parts.front());
        FilterTerm term;
        term.kind = kind;
        term.parts = std::move(parts);
        return term;
    }

    // An upper-case word that stands alone.
    [[nodiscard]] bool sees(std::string_view keyword) const {
        if (!m_text.substr(m_at).starts_with(keyword))
            return false;
        const std::size_t after = m_at + keyword.size();
        return after == m_text.size() || isBlank(m_text[after]) || m_text[after] == '(' || m_text[after] == ')';
    }

    bool take(std::string_view keyword) {
        if (!sees(keyword))
            return false;
        m_at += keyword.size();
        skipBlanks();
        return true;
    }

    Parsed parseOr() {
        std::vector<FilterTerm> parts;
        do {
            Parsed part = parseAnd();
            if (!part)
                return part;
            parts.push_back(std::move(*part));
        } while (take("OR"));
        return joined(FilterTerm::Kind::Or, std::move(parts));
    }

    Parsed parseAnd() {
        std::vector<FilterTerm> parts;
        bool goesOn = true;
        while (goesOn) {
            Parsed part = parseUnary();
            if (!part)
                return part;
            parts.push_back(std::move(*part));
            skipBlanks();
            goesOn = take("AND") || (!atEnd() && current() != ')' && !sees("OR"));
        }
        return joined(FilterTerm::Kind::And, std::move(parts));
    }

    // Each level of NOT and parentheses is a level of calls, here and when rows are matched.
    static constexpr std::size_t kMostNested = 100;

    Parsed parseUnary() {
        if (m_depth == kMostNested)
            return failure(std::min(m_at, m_text.size() - 1), 1, "this is nested too deep");
        ++m_depth;
        Parsed node = parseNested();
        --m_depth;
        return node;
    }

    Parsed parseNested() {
        if (atEnd())
            return failure(m_text.empty() ? 0 : m_text.size() - 1, 1, "something to look for is missing here");
        const std::size_t start = m_at;
        if (sees("AND") || sees("OR"))
            return failure(start, sees("AND") ? 3U : 2U,
                           "something to look for is missing before this word (quote it to look for the word itself)");
        if (sees("-l"))
            return parseSelector();
        const bool negates = sees("NOT") || ((current() == '-' || current() == '!') && m_at + 1 < m_text.size() &&
                                             !isBlank(m_text[m_at + 1]));
        if (negates) {
            m_at += sees("NOT") ? 3U : 1U;
            skipBlanks();
            Parsed part = parseUnary();
            if (!part)
                return part;
            FilterTerm term = termAt(FilterTerm::Kind::Not, start);
            term.parts.push_back(std::move(*part));
            return term;
        }
        return parsePrimary();
    }

    Parsed parsePrimary() {
        const std::size_t start = m_at;
        if (current() == '(') {
            ++m_at;
            skipBlanks();
            Parsed inner = parseOr();
            if (!inner)
                return inner;
            if (atEnd() || current() != ')')
                return failure(start, 1, "this ( is not closed");
            ++m_at;
            skipBlanks();
            return inner;
        }
        if (current() == ')')
            return failure(start, 1, "this ) closes nothing");
        if (current() == '/')
            return parseRegex(std::nullopt);
        if (current() == '"' || current() == '\'') {
            auto text = takeQuoted();
            if (!text)
                return tl::unexpected<Failure>(text.error());
            FilterTerm term = termAt(FilterTerm::Kind::Word, start);
            term.value = std::move(*text);
            skipBlanks();
            return term;
        }
        return parseTerm();
    }

    // word, or field followed by an operator and a value
    Parsed parseTerm() {
        const std::size_t start = m_at;
        while (!atEnd() && !isBlank(current()) && current() != '(' && current() != ')' && !isOperator(current()))
            ++m_at;
        const std::string_view name = m_text.substr(start, m_at - start);
        if (atEnd() || !isOperator(current())) {
            FilterTerm term = termAt(FilterTerm::Kind::Word, start);
            term.value = name;
            skipBlanks();
            return term;
        }
        if (name.empty())
            return failure(start, 1, "the name of a field is missing before this");
        const std::size_t operatorAt = m_at;
        const std::optional<Comparison> comparison = takeComparison();
        if (!comparison)
            return failure(operatorAt, 1, "expected one of : = != > >= < <=");
        const std::size_t valueAt = m_at;
        if (!atEnd() && current() == '/' && *comparison == Comparison::Contains)
            return parseRegex(std::string(name));
        auto value = takeValue();
        if (!value)
            return tl::unexpected<Failure>(value.error());
        FilterTerm term = termAt(FilterTerm::Kind::Field, valueAt);
        skipBlanks();
        if (value->empty() && *comparison != Comparison::Equal && *comparison != Comparison::NotEqual)
            return failure(std::min(valueAt, m_text.size() - 1), 1, "a value is missing behind " + std::string(name));
        if ((name == "label" || name == "labels") && *comparison == Comparison::Contains)
            term.kind = FilterTerm::Kind::Selector;
        term.field = name;
        term.comparison = *comparison;
        term.value = std::move(*value);
        return term;
    }

    static bool isOperator(char c) { return c == ':' || c == '=' || c == '!' || c == '<' || c == '>'; }

    std::optional<Comparison> takeComparison() {
        static constexpr std::array<std::pair<std::string_view, Comparison>, 8> kOperators{{
            {"!=", Comparison::NotEqual},
            {">=", Comparison::GreaterOrEqual},
            {"<=", Comparison::LessOrEqual},
            {"==", Comparison::Equal},
            {":", Comparison::Contains},
            {"=", Comparison::Equal},
            {">", Comparison::Greater},
            {"<", Comparison::Less},
        }};
        for (const auto& [text, comparison] : kOperators) {
            if (m_text.substr(m_at).starts_with(text)) {
                m_at += text.size();
                return comparison;
            }
        }
        return std::nullopt;
    }

    tl::expected<std::string, Failure> takeValue() {
        if (!atEnd() && (current() == '"' || current() == '\''))
            return takeQuoted();
        const std::size_t start = m_at;
        while (!atEnd() && !isBlank(current()) && current() != ')')
            ++m_at;
        return std::string(m_text.substr(start, m_at - start));
    }

    tl::expected<std::string, Failure> takeQuoted() {
        const std::size_t start = m_at;
        const char quote = current();
        std::string text;
        for (++m_at; !atEnd(); ++m_at) {
            if (current() == quote) {
                ++m_at;
                return text;
            }
            if (current() == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            text.push_back(current());
        }
        return failure(start, 1, "this quotation mark is not closed");
    }

    Parsed parseRegex(std::optional<std::string> field) {
        const std::size_t start = m_at;
        std::string pattern;
        for (++m_at; !atEnd() && current() != '/'; ++m_at) {
            if (current() == '\\' && m_at + 1 < m_text.size() && m_text[m_at + 1] == '/')
                ++m_at;
            else if (current() == '\\' && m_at + 1 < m_text.size())
                pattern.push_back(m_text[m_at++]);
            pattern.push_back(current());
        }
        if (atEnd())
            return failure(start, 1, "this regular expression is not closed with / (quote a text that starts with /)");
        ++m_at;
        FilterTerm term = termAt(field ? FilterTerm::Kind::FieldRegex : FilterTerm::Kind::Regex, start);
        skipBlanks();
        term.field = std::move(field).value_or(std::string());
        term.value = std::move(pattern);
        return term;
    }

    // -l SELECTOR: up to the next blank that is neither inside parentheses nor around "in" and "notin"
    Parsed parseSelector() {
        const std::size_t optionAt = m_at;
        m_at += 2;
        skipBlanks();
        if (atEnd())
            return failure(optionAt, 2, "a label selector is missing behind -l");
        const std::size_t start = m_at;
        std::string selector;
        if (current() == '"' || current() == '\'') {
            auto quoted = takeQuoted();
            if (!quoted)
                return tl::unexpected<Failure>(quoted.error());
            selector = std::move(*quoted);
        } else {
            takeSelectorPart();
            for (;;) {
                const std::size_t before = m_at;
                skipBlanks();
                const bool goesOn =
                    !atEnd() &&
                    (m_text.substr(m_at).starts_with("in (") || m_text.substr(m_at).starts_with("in(") ||
                     m_text.substr(m_at).starts_with("notin (") || m_text.substr(m_at).starts_with("notin("));
                if (!goesOn) {
                    m_at = before;
                    break;
                }
                m_at = m_text.find('(', m_at);
                takeSelectorPart();
            }
            selector = m_text.substr(start, m_at - start);
        }
        FilterTerm term = termAt(FilterTerm::Kind::Selector, start);
        skipBlanks();
        term.value = std::move(selector);
        return term;
    }

    void takeSelectorPart() {
        int depth = 0;
        while (!atEnd() && (depth > 0 || (!isBlank(current()) && current() != ')'))) {
            depth += current() == '(' ? 1 : current() == ')' ? -1 : 0;
            ++m_at;
        }
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_depth = 0;
};

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

NodeResult nodeOf(const FilterTerm& term, const FilterTerm** wrong) {
    std::vector<FilterNodePtr> parts;
    for (const FilterTerm& part : term.parts) {
        NodeResult node = nodeOf(part, wrong);
        if (!node)
            return node;
        parts.push_back(std::move(*node));
    }
    NodeResult node = FilterNodePtr{};
    switch (term.kind) {
    case FilterTerm::Kind::Everything:
        break;
    case FilterTerm::Kind::And:
        return makeAnd(std::move(parts));
    case FilterTerm::Kind::Or:
        return makeOr(std::move(parts));
    case FilterTerm::Kind::Not:
        return makeNot(std::move(parts.front()));
    case FilterTerm::Kind::Word:
        return makeWord(term.value);
    case FilterTerm::Kind::Regex:
        node = makeRegex(term.value);
        break;
    case FilterTerm::Kind::Field:
        node = makeField(term.field, term.comparison, term.value);
        break;
    case FilterTerm::Kind::FieldRegex:
        node = makeFieldRegex(term.field, term.value);
        break;
    case FilterTerm::Kind::Selector:
        node = makeSelector(term.value);
        break;
    }
    if (!node)
        *wrong = &term;
    return node;
}

} // namespace

FilterError filterErrorAt(std::string_view text, std::size_t at, std::size_t length, std::string message) {
    at = std::min(at, text.size());
    FilterError error;
    error.column = characters(text.substr(0, at));
    error.length = std::max<std::size_t>(1, characters(text.substr(at, length)));
    error.message = std::move(message);
    return error;
}

tl::expected<FilterTerm, FilterError> parseFilterTerms(std::string_view text) {
    Parsed root = FilterParser(text).parse();
    if (root)
        return std::move(*root);
    return tl::unexpected<FilterError>(
        filterErrorAt(text, root.error().at, root.error().length, std::move(root.error().message)));
}

tl::expected<Filter, FilterError> Filter::parse(std::string_view text) {
    const auto root = parseFilterTerms(text);
    if (!root)
        return tl::unexpected<FilterError>(root.error());
    const FilterTerm* wrong = nullptr;
    NodeResult node = nodeOf(*root, &wrong);
    if (!node)
        return tl::unexpected<FilterError>(filterErrorAt(text, wrong->at, wrong->length, std::move(node.error())));
    return Filter(std::move(*node));
}

Filter::Filter() = default;
Filter::Filter(std::unique_ptr<FilterNode> root)
    : m_root(std::move(root)) {}
Filter::~Filter() = default;
Filter::Filter(Filter&&) noexcept = default;
Filter& Filter::operator=(Filter&&) noexcept = default;

bool Filter::isEmpty() const {
    return m_root == nullptr;
}

bool Filter::matches(const FilterSubject& subject) const {
    return !m_root || m_root->matches(subject);
}

bool Filter::dependsOnTime() const {
    return m_root && m_root->dependsOnTime();
}

} // namespace fleet
