// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/filter_part.h"

#include "core/fleet/filter/regex.h"
#include "core/fleet/filter/value.h"
#include "core/logs/find_text.h"
#include "core/logs/recognition.h"

#include <re2/re2.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace logs {

namespace {

bool anyOf(const Hits& hits) {
    return std::any_of(hits.begin(), hits.end(), [](std::uint64_t word) { return word != 0; });
}

bool has(const Hits& hits, std::size_t line) {
    return (hits[line / 64] >> (line % 64) & 1U) != 0;
}

void set(Hits& hits, std::size_t line) {
    hits[line / 64] |= std::uint64_t(1) << (line % 64);
}

void keepBoth(Hits& hits, const Hits& found) {
    for (std::size_t i = 0; i < hits.size(); ++i)
        hits[i] &= found[i];
}

// Keeps the lines of which `keep(line)` says so.
template <typename Keep>
void keepLines(const LogBlock& block, Hits& hits, const Keep& keep) {
    for (std::size_t word = 0; word < hits.size(); ++word) {
        if (hits[word] == 0)
            continue;
        std::uint64_t kept = 0;
        for (std::size_t line = word * 64; line < std::min(word * 64 + 64, block.lines()); ++line) {
            if (has(hits, line) && keep(line))
                kept |= std::uint64_t(1) << (line % 64);
        }
        hits[word] = kept;
    }
}

// The lines in which next(from) finds something in the block's text: each once, whatever else it holds.
template <typename Next>
Hits linesOf(const LogBlock& block, const Next& next) {
    Hits found((block.lines() + 63) / 64);
    std::size_t line = 0;
    std::size_t at = next(0);
    while (at < block.text.size()) {
        line = static_cast<std::size_t>(std::upper_bound(block.ends.begin() + static_cast<std::ptrdiff_t>(line),
                                                         block.ends.end(), static_cast<std::uint32_t>(at)) -
                                        block.ends.begin());
        if (line >= block.lines())
            break;
        set(found, line);
        at = next(block.ends[line]);
    }
    return found;
}

class TextPart final : public FilterPart {
public:
    explicit TextPart(std::string_view text)
        : m_finder(text) {}

    void narrow(const LogBlock& block, const LogFilter::SourceOf& /*sourceOf*/, Hits& hits) const override {
        if (m_finder.size() > 0)
            keepBoth(hits, linesOf(block, [&](std::size_t from) { return m_finder.find(block.text, from); }));
    }
    void mark(std::string_view line, Marks& marks) const override {
        if (m_finder.size() == 0)
            return;
        for (std::size_t at = m_finder.find(line); at < line.size(); at = m_finder.find(line, at + m_finder.size()))
            marks.emplace_back(at, m_finder.size());
    }

private:
    TextFinder m_finder;
};

class RegexPart final : public FilterPart {
public:
    explicit RegexPart(std::unique_ptr<RE2> regex)
        : m_regex(std::move(regex)) {}

    void narrow(const LogBlock& block, const LogFilter::SourceOf& /*sourceOf*/, Hits& hits) const override {
        const re2::StringPiece text(block.text.data(), block.text.size());
        keepBoth(hits, linesOf(block, [&](std::size_t from) {
                     re2::StringPiece match;
                     const bool found =
                         from < text.size() && m_regex->Match(text, from, text.size(), RE2::UNANCHORED, &match, 1);
                     return found ? static_cast<std::size_t>(match.data() - text.data()) : text.size();
                 }));
    }
    void mark(std::string_view line, Marks& marks) const override {
        constexpr std::size_t kMost = 100;
        const re2::StringPiece text(line.data(), line.size());
        std::size_t from = 0;
        re2::StringPiece match;
        while (marks.size() < kMost && from < text.size() &&
               m_regex->Match(text, from, text.size(), RE2::UNANCHORED, &match, 1)) {
            const auto at = static_cast<std::size_t>(match.data() - text.data());
            if (!match.empty())
                marks.emplace_back(at, match.size());
            from = at + std::max<std::size_t>(match.size(), 1);
        }
    }

private:
    std::unique_ptr<RE2> m_regex;
};

// How the value of a field is judged.
using Judge = std::function<bool(std::string_view)>;

bool holds(fleet::Comparison comparison, int order) {
    switch (comparison) {
    case fleet::Comparison::Less:
        return order < 0;
    case fleet::Comparison::LessOrEqual:
        return order <= 0;
    case fleet::Comparison::Greater:
        return order > 0;
    case fleet::Comparison::GreaterOrEqual:
        return order >= 0;
    case fleet::Comparison::NotEqual:
        return order != 0;
    default:
        return order == 0;
    }
}

// "12.5ms", "3s" in milliseconds, a plain number as it is.
std::optional<double> measureOf(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, double>, 3> kShort{
        {{"ns", 1e-6}, {"us", 1e-3}, {"ms", 1.0}}};
    for (const auto& [unit, factor] : kShort) {
        if (text.ends_with(unit)) {
            const auto number = fleet::parseAmount(text.substr(0, text.size() - unit.size()));
            return number ? std::optional(*number / 1000 * factor) : std::nullopt;
        }
    }
    if (const auto amount = fleet::parseAmount(text))
        return *amount / 1000;
    if (const auto duration = fleet::parseDurationMs(text))
        return static_cast<double>(*duration);
    return std::nullopt;
}

Judge judgeOf(fleet::Comparison comparison, const std::string& value) {
    if (comparison == fleet::Comparison::Contains)
        return
            [finder = TextFinder(value)](std::string_view text) { return finder.find(text) != std::string_view::npos; };
    if (comparison == fleet::Comparison::Equal || comparison == fleet::Comparison::NotEqual)
        return [value, comparison](std::string_view text) {
            return fleet::equalsIgnoringCase(text, value) == (comparison == fleet::Comparison::Equal);
        };
    return [value, comparison, wanted = measureOf(value)](std::string_view text) {
        if (const auto measure = wanted ? measureOf(text) : std::nullopt)
            return holds(comparison, *measure < *wanted ? -1 : *measure > *wanted ? 1 : 0);
        return holds(comparison, fleet::compareNatural(text, value));
    };
}

class LevelPart final : public FilterPart {
public:
    LevelPart(fleet::Comparison comparison, Level level) {
        for (std::size_t i = 0; i < kLevels; ++i)
            m_wanted[i] = holds(comparison, int(i) - int(level)) &&
                          (i > 0 || level == Level::None || comparison == fleet::Comparison::NotEqual);
    }
    void narrow(const LogBlock& block, const LogFilter::SourceOf& /*sourceOf*/, Hits& hits) const override {
        keepLines(block, hits,
                  [&](std::size_t line) { return m_wanted[static_cast<std::size_t>(block.levels[line])]; });
    }
    [[nodiscard]] bool mayMatch(const std::array<std::uint32_t, kLevels>& levels) const override {
        for (std::size_t i = 0; i < kLevels; ++i) {
            if (m_wanted[i] && levels[i] > 0)
                return true;
        }
        return false;
    }

private:
    std::array<bool, kLevels> m_wanted{};
};

class SourcePart final : public FilterPart {
public:
    SourcePart(std::string SourceInfo::* member, Judge judge)
        : m_member(member)
        , m_judge(std::move(judge)) {}
    void narrow(const LogBlock& block, const LogFilter::SourceOf& sourceOf, Hits& hits) const override {
        std::vector<signed char> known; // by source: -1 not yet asked
        keepLines(block, hits, [&](std::size_t line) {
            const SourceId id = block.sources[line];
            if (id >= known.size())
                known.resize(id + 1U, -1);
            if (known[id] < 0)
                known[id] = m_judge(sourceOf(id).*m_member) ? 1 : 0;
            return known[id] == 1;
        });
    }

private:
    std::string SourceInfo::* m_member;
    Judge m_judge;
};

class FieldPart final : public FilterPart {
public:
    // `needed`: what every matching line holds as it is, empty where that cannot be told.
    FieldPart(std::string field, Judge judge, std::string_view needed, bool matchesAbsent)
        : m_field(std::move(field))
        , m_judge(std::move(judge))
        , m_name(m_field.substr(m_field.rfind('.') == std::string::npos ? 0 : m_field.rfind('.') + 1))
        , m_needed(needed)
        , m_matchesAbsent(matchesAbsent) {}

    void narrow(const LogBlock& block, const LogFilter::SourceOf& /*sourceOf*/, Hits& hits) const override {
        if (!m_matchesAbsent) {
            keepBoth(hits, linesOf(block, [&](std::size_t from) { return m_name.find(block.text, from); }));
            if (m_needed.size() > 0 && anyOf(hits))
                keepBoth(hits, linesOf(block, [&](std::size_t from) { return m_needed.find(block.text, from); }));
        }
        keepLines(block, hits, [&](std::size_t line) {
            const Recognized recognized = recognize(block.line(line));
            const std::string* value = findField(recognized, m_field);
            return value ? m_judge(*value) : m_matchesAbsent;
        });
    }

private:
    std::string m_field;
    Judge m_judge;
    TextFinder m_name;
    TextFinder m_needed;
    bool m_matchesAbsent;
};

std::string SourceInfo::* sourceMember(std::string_view field) {
    if (field == "pod")
        return &SourceInfo::pod;
    if (field == "container")
        return &SourceInfo::container;
    if (field == "ns" || field == "namespace")
        return &SourceInfo::ns;
    return field == "cluster" ? &SourceInfo::cluster : nullptr;
}

// What JSON and logfmt write as it is.
bool isPlain(std::string_view value) {
    return std::all_of(value.begin(), value.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.' || c == ' ' || c == ':';
    });
}

} // namespace

PartResult makeTextPart(const std::string& text) {
    return std::make_unique<TextPart>(text);
}

PartResult makeRegexPart(const std::string& pattern) {
    RE2::Options options(RE2::Quiet);
    options.set_case_sensitive(false);
    options.set_never_nl(true); // a match never goes beyond its line, though the whole block is looked at
    options.set_max_mem(std::int64_t(8) << 20);
    auto regex = std::make_unique<RE2>("(?m)" + pattern, options);
    if (!regex->ok())
        return tl::unexpected<std::string>("the regular expression is not valid: " + regex->error());
    return std::make_unique<RegexPart>(std::move(regex));
}

PartResult makeFieldPart(const std::string& field, fleet::Comparison comparison, const std::string& value) {
    if (field == "level") {
        const bool isNone = fleet::equalsIgnoringCase(value, "none") || value.empty();
        const Level level = isNone ? Level::None : levelNamed(value);
        if (level == Level::None && !isNone)
            return tl::unexpected<std::string>("a level is one of trace, debug, info, warn, error, fatal, none");
        return std::make_unique<LevelPart>(comparison, level);
    }
    if (const auto member = sourceMember(field))
        return std::make_unique<SourcePart>(member, judgeOf(comparison, value));
    const bool isSame = comparison == fleet::Comparison::Contains || comparison == fleet::Comparison::Equal;
    return std::make_unique<FieldPart>(field, judgeOf(comparison, value),
                                       isSame && isPlain(value) ? std::string_view(value) : std::string_view(),
                                       comparison == fleet::Comparison::NotEqual);
}

PartResult makeFieldRegexPart(const std::string& field, const std::string& pattern) {
    auto regex = fleet::compileRegex(pattern);
    if (!regex)
        return tl::unexpected<std::string>(std::move(regex.error()));
    Judge judge = [shared = std::shared_ptr<RE2>(std::move(*regex))](std::string_view text) {
        return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *shared);
    };
    if (const auto member = sourceMember(field))
        return std::make_unique<SourcePart>(member, std::move(judge));
    return std::make_unique<FieldPart>(field, std::move(judge), std::string_view(), false);
}

} // namespace logs
