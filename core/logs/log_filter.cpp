// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/log_filter.h"

#include "core/logs/filter_part.h"

#include <algorithm>
#include <utility>

namespace logs {

namespace {

class AndPart final : public FilterPart {
public:
    explicit AndPart(std::vector<FilterPartPtr> parts)
        : m_parts(std::move(parts)) {}
    void narrow(const LogBlock& block, const LogFilter::SourceOf& sourceOf, Hits& hits) const override {
        for (const FilterPartPtr& part : m_parts) {
            if (std::all_of(hits.begin(), hits.end(), [](std::uint64_t word) { return word == 0; }))
                return;
            part->narrow(block, sourceOf, hits);
        }
    }
    [[nodiscard]] bool mayMatch(const std::array<std::uint32_t, kLevels>& levels) const override {
        return std::all_of(m_parts.begin(), m_parts.end(), [&](const auto& part) { return part->mayMatch(levels); });
    }
    void mark(std::string_view line, Marks& marks) const override {
        for (const FilterPartPtr& part : m_parts)
            part->mark(line, marks);
    }

private:
    std::vector<FilterPartPtr> m_parts;
};

class OrPart final : public FilterPart {
public:
    explicit OrPart(std::vector<FilterPartPtr> parts)
        : m_parts(std::move(parts)) {}
    void narrow(const LogBlock& block, const LogFilter::SourceOf& sourceOf, Hits& hits) const override {
        Hits any(hits.size());
        for (const FilterPartPtr& part : m_parts) {
            Hits some = hits;
            part->narrow(block, sourceOf, some);
            for (std::size_t i = 0; i < any.size(); ++i)
                any[i] |= some[i];
        }
        hits = std::move(any);
    }
    [[nodiscard]] bool mayMatch(const std::array<std::uint32_t, kLevels>& levels) const override {
        return std::any_of(m_parts.begin(), m_parts.end(), [&](const auto& part) { return part->mayMatch(levels); });
    }
    void mark(std::string_view line, Marks& marks) const override {
        for (const FilterPartPtr& part : m_parts)
            part->mark(line, marks);
    }

private:
    std::vector<FilterPartPtr> m_parts;
};

class NotPart final : public FilterPart {
public:
    explicit NotPart(FilterPartPtr part)
        : m_part(std::move(part)) {}
    void narrow(const LogBlock& block, const LogFilter::SourceOf& sourceOf, Hits& hits) const override {
        Hits matching = hits;
        m_part->narrow(block, sourceOf, matching);
        for (std::size_t i = 0; i < hits.size(); ++i)
            hits[i] &= ~matching[i];
    }

private:
    FilterPartPtr m_part;
};

PartResult partOf(const fleet::FilterTerm& term, const fleet::FilterTerm** wrong) {
    using Kind = fleet::FilterTerm::Kind;
    std::vector<FilterPartPtr> parts;
    for (const fleet::FilterTerm& inner : term.parts) {
        PartResult part = partOf(inner, wrong);
        if (!part)
            return part;
        parts.push_back(std::move(*part));
    }
    PartResult part = FilterPartPtr{};
    switch (term.kind) {
    case Kind::Everything:
        break;
    case Kind::And:
        return std::make_unique<AndPart>(std::move(parts));
    case Kind::Or:
        return std::make_unique<OrPart>(std::move(parts));
    case Kind::Not:
        return std::make_unique<NotPart>(std::move(parts.front()));
    case Kind::Word:
        part = makeTextPart(term.value);
        break;
    case Kind::Regex:
        part = makeRegexPart(term.value);
        break;
    case Kind::Field:
        part = makeFieldPart(term.field, term.comparison, term.value);
        break;
    case Kind::FieldRegex:
        part = makeFieldRegexPart(term.field, term.value);
        break;
    case Kind::Selector:
        part = tl::unexpected<std::string>("a line has no labels: write pod:, container: or namespace:");
        break;
    }
    if (!part)
        *wrong = &term;
    return part;
}

} // namespace

LogFilter::LogFilter() = default;
LogFilter::~LogFilter() = default;
LogFilter::LogFilter(LogFilter&&) noexcept = default;
LogFilter& LogFilter::operator=(LogFilter&&) noexcept = default;

tl::expected<LogFilter, fleet::FilterError> LogFilter::parse(std::string_view text) {
    const auto root = fleet::parseFilterTerms(text);
    if (!root)
        return tl::unexpected<fleet::FilterError>(root.error());
    const fleet::FilterTerm* wrong = nullptr;
    PartResult part = partOf(*root, &wrong);
    if (!part)
        return tl::unexpected<fleet::FilterError>(
            fleet::filterErrorAt(text, wrong->at, wrong->length, std::move(part.error())));
    LogFilter filter;
    filter.m_root = std::move(*part);
    return filter;
}

bool LogFilter::isEmpty() const {
    return m_root == nullptr;
}

Hits LogFilter::match(const LogBlock& block, const SourceOf& sourceOf) const {
    Hits hits((block.lines() + 63) / 64, ~std::uint64_t(0));
    if (block.lines() % 64 != 0)
        hits.back() = (std::uint64_t(1) << (block.lines() % 64)) - 1;
    if (m_root && !hits.empty())
        m_root->narrow(block, sourceOf, hits);
    return hits;
}

bool LogFilter::mayMatch(const std::array<std::uint32_t, kLevels>& levels) const {
    return !m_root || m_root->mayMatch(levels);
}

std::vector<std::pair<std::size_t, std::size_t>> LogFilter::marks(std::string_view line) const {
    Marks marks;
    if (m_root)
        m_root->mark(line, marks);
    std::sort(marks.begin(), marks.end());
    return marks;
}

} // namespace logs
