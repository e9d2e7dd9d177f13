// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/yaml_spans.h"

#include "core/kube/yaml_scalar.h"

#include <yaml.h>

#include <algorithm>
#include <array>

namespace kube::manifest {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kMostNested = 1000;

class Parser {
public:
    explicit Parser(std::string_view text)
        : m_isReady(yaml_parser_initialize(&m_parser) != 0) {
        if (m_isReady)
            yaml_parser_set_input_string(&m_parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;
    ~Parser() {
        if (m_isReady)
            yaml_parser_delete(&m_parser);
    }
    [[nodiscard]] bool isReady() const { return m_isReady; }
    yaml_parser_t* operator->() { return &m_parser; }
    yaml_parser_t* get() { return &m_parser; }

private:
    yaml_parser_t m_parser{};
    bool m_isReady;
};

/// libyaml counts characters, and no byte order mark.
std::vector<std::size_t> byteOffsets(std::string_view text) {
    std::vector<std::size_t> offsets;
    offsets.reserve(text.size() + 1);
    for (std::size_t at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0; at < text.size();
         at += yaml::characterLength(text[at]))
        offsets.push_back(at);
    offsets.push_back(text.size());
    return offsets;
}

bool saysNull(std::string_view plain) {
    constexpr std::array words{"", "~", "null", "Null", "NULL"};
    return std::find(words.begin(), words.end(), plain) != words.end();
}

class SpanReader {
public:
    explicit SpanReader(std::string_view text)
        : m_text(text)
        , m_offsets(byteOffsets(text)) {}

    base::Result<SpanDocument> run() {
        if (!readEvents() || !readTokens())
            return base::fail(base::ErrorCode::BadInput, std::move(m_problem));
        if (m_document.root != nullptr)
            closeSpans(*m_document.root);
        return std::move(m_document);
    }

private:
    [[nodiscard]] std::size_t offset(const yaml_mark_t& mark) const {
        return m_offsets[std::min(mark.index, m_offsets.size() - 1)];
    }

    bool fail(std::string problem) {
        m_problem = std::move(problem);
        return false;
    }

    bool failAs(Parser& parser) {
        const char* what = parser->problem == nullptr ? "out of memory" : parser->problem;
        return fail("line " + std::to_string(parser->problem_mark.line + 1) + ": " + what);
    }

    bool readEvents() {
        Parser parser(m_text);
        std::size_t documents = 0;
        while (parser.isReady()) {
            yaml_event_t event;
            if (yaml_parser_parse(parser.get(), &event) == 0)
                return failAs(parser);
            const yaml_event_type_t type = event.type;
            documents += type == YAML_DOCUMENT_START_EVENT ? 1U : 0U;
            const bool isTaken = documents > 1 ? fail("there is more than one document") : take(event);
            yaml_event_delete(&event);
            if (!isTaken || type == YAML_STREAM_END_EVENT)
                return isTaken;
        }
        return fail("out of memory");
    }

    bool take(const yaml_event_t& event) {
        switch (event.type) {
        case YAML_SCALAR_EVENT:
            takeScalar(event);
            return true;
        case YAML_ALIAS_EVENT:
            add(Span::Type::Alias, event);
            return true;
        case YAML_SEQUENCE_START_EVENT:
            open(Span::Type::Sequence, event, event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
            break;
        case YAML_MAPPING_START_EVENT:
            open(Span::Type::Mapping, event, event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
            break;
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            m_open.back()->end = offset(event.end_mark);
            m_open.pop_back();
            break;
        default:
            break;
        }
        return m_open.size() <= kMostNested || fail("this is nested more than 1000 levels deep");
    }

    Span& add(Span::Type type, const yaml_event_t& event) {
        Span& span = m_document.spans.emplace_back();
        span.type = type;
        span.start = offset(event.start_mark);
        span.end = offset(event.end_mark);
        span.isFlow = !m_open.empty() && m_open.back()->isFlow;
        if (m_open.empty())
            m_document.root = &span;
        else
            m_open.back()->children.push_back(&span);
        return span;
    }

    void open(Span::Type type, const yaml_event_t& event, bool isFlow) {
        Span& span = add(type, event);
        span.isFlow = isFlow;
        m_open.push_back(&span);
    }

    void takeScalar(const yaml_event_t& event) {
        Span& span = add(Span::Type::Scalar, event);
        const auto& scalar = event.data.scalar;
        span.text.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
        span.isEmpty = span.start == span.end;
        span.isNull = scalar.style == YAML_PLAIN_SCALAR_STYLE && saysNull(span.text);
        if (scalar.style == YAML_LITERAL_SCALAR_STYLE || scalar.style == YAML_FOLDED_SCALAR_STYLE)
            span.end = endOfBlock(span);
    }

    // Blank lines at the end are no part of the text, unless the head of the block says so.
    [[nodiscard]] std::size_t endOfBlock(const Span& span) const {
        const std::string_view block = m_text.substr(span.start, span.end - span.start);
        const std::string_view head = block.substr(0, block.find_first_of("\n#"));
        const std::size_t last = block.find_last_not_of(" \t\r\n");
        if (head.find('+') != std::string_view::npos && block.ends_with('\n'))
            return span.end - 1;
        return last == std::string_view::npos ? span.end : span.start + last + 1;
    }

    // libyaml ends a block where the next token starts, behind blank lines and comments.
    void closeSpans(Span& span) {
        for (Span* child : span.children)
            closeSpans(*child);
        const bool isBlock = (span.type == Span::Type::Sequence || span.type == Span::Type::Mapping) && !span.isFlow;
        if (!isBlock)
            return;
        span.end = span.start;
        for (const Span* child : span.children)
            span.end = std::max(span.end, child->end);
    }

    bool readTokens() {
        Parser parser(m_text);
        while (parser.isReady()) {
            yaml_token_t token;
            if (yaml_parser_scan(parser.get(), &token) == 0)
                return failAs(parser);
            const yaml_token_type_t type = token.type;
            if (type == YAML_BLOCK_ENTRY_TOKEN)
                m_document.dashes.push_back(offset(token.start_mark));
            // What starts a value without a colon is of no length.
            if (type == YAML_VALUE_TOKEN && token.start_mark.index < token.end_mark.index)
                m_document.colons.push_back(offset(token.start_mark));
            yaml_token_delete(&token);
            if (type == YAML_STREAM_END_TOKEN)
                return true;
        }
        return fail("out of memory");
    }

    std::string_view m_text;
    std::vector<std::size_t> m_offsets; ///< The byte where each character starts.
    SpanDocument m_document;
    std::vector<Span*> m_open;
    std::string m_problem;
};

} // namespace

std::optional<std::size_t> SpanDocument::dashOf(const Span& item) const {
    const auto after = std::lower_bound(dashes.begin(), dashes.end(), item.start);
    return after == dashes.begin() ? std::nullopt : std::optional(*(after - 1));
}

std::optional<std::size_t> SpanDocument::colonOf(const Span& key, std::size_t limit) const {
    const auto at = std::lower_bound(colons.begin(), colons.end(), key.end);
    return at == colons.end() || *at >= limit ? std::nullopt : std::optional(*at);
}

base::Result<SpanDocument> readSpans(std::string_view text) {
    return SpanReader(text).run();
}

} // namespace kube::manifest
