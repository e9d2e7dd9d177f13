// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/yaml_tree.h"

#include "core/kube/manifest/manifest_text.h"
#include "core/kube/manifest/yaml_advice.h"
#include "core/kube/yaml_scalar.h"

#include <yaml.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace kube::manifest {

namespace {

/// libyaml looks at every open bracket for every token. This much takes some seconds, and nobody nests so much so deep.
constexpr std::size_t kMostLooks = 300'000'000;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

const unsigned char* bytesOf(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string_view viewOf(const unsigned char* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

class Event {
public:
    Event() = default;
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;
    ~Event() { yaml_event_delete(&m_event); }
    yaml_event_t* operator->() { return &m_event; }
    yaml_event_t* next() {
        yaml_event_delete(&m_event);
        m_event = {};
        return &m_event;
    }

private:
    yaml_event_t m_event{};
};

class YamlReader {
public:
    YamlReader(std::string_view text, int firstLine)
        : m_text(text)
        , m_firstLine(firstLine) {
        m_isReady = yaml_parser_initialize(&m_parser) != 0;
        if (m_isReady)
            yaml_parser_set_input_string(&m_parser, bytesOf(text), text.size());
    }
    YamlReader(const YamlReader&) = delete;
    YamlReader& operator=(const YamlReader&) = delete;
    ~YamlReader() {
        if (m_isReady)
            yaml_parser_delete(&m_parser);
    }

    Read<YamlDocument> run() {
        if (!m_isReady)
            return fail({m_firstLine, 1}, "out of memory: close something and try again");
        if (const auto mark = markWithin())
            return fail(PositionCounter(m_text, m_firstLine).at(*mark),
                        "a byte order mark starts this line: remove this invisible character");
        Event event;
        while (true) {
            if (yaml_parser_parse(&m_parser, event.next()) == 0)
                return tl::unexpected<Problem>(problem());
            if (event->type == YAML_STREAM_END_EVENT)
                return std::move(m_document);
            if (event->type == YAML_DOCUMENT_END_EVENT)
                break;
            if (!take(event))
                return tl::unexpected<Problem>(std::move(m_problem));
        }
        // Go's reader never looks behind the first document: neither a second one nor garbage is an error there.
        if (yaml_parser_parse(&m_parser, event.next()) == 0)
            m_document.unread = problem().at;
        else if (event->type != YAML_STREAM_END_EVENT)
            m_document.unread = position(event->start_mark);
        return std::move(m_document);
    }

private:
    [[nodiscard]] Position position(const yaml_mark_t& mark) const {
        return {m_firstLine + static_cast<int>(mark.line), static_cast<int>(mark.column) + 1};
    }

    bool stop(Position at, std::string message) {
        m_problem = {at, std::move(message)};
        return false;
    }

    [[nodiscard]] Problem problem() const {
        const std::string_view what = m_parser.problem == nullptr ? "out of memory" : m_parser.problem;
        Problem problem;
        std::string_view culprit;
        if (m_parser.error == YAML_READER_ERROR) {
            problem.at = PositionCounter(m_text, m_firstLine).at(m_parser.problem_offset);
        } else {
            problem.at = position(m_parser.problem_mark);
            culprit = textAt(m_parser.problem_mark);
        }
        problem.message = std::string(what);
        if (m_parser.context != nullptr && m_parser.context_mark.line != m_parser.problem_mark.line)
            problem.message += " (" + std::string(m_parser.context) + " that starts in line " +
                               std::to_string(position(m_parser.context_mark).line) + ')';
        problem.message += ": " + std::string(yamlAdvice(what, culprit));
        return problem;
    }

    // The rest of the line. For messages alone, so that other breaks than \n do not matter.
    [[nodiscard]] std::string_view textAt(const yaml_mark_t& mark) const {
        std::string_view rest = m_text;
        for (std::size_t line = 0; line < mark.line && !rest.empty(); ++line)
            rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
        rest = rest.substr(0, rest.find('\n'));
        for (std::size_t column = 0; column < mark.column && !rest.empty(); ++column)
            rest.remove_prefix(std::min(yaml::characterLength(rest.front()), rest.size()));
        return rest;
    }

    bool take(Event& event) {
        m_looks += m_flowDepth;
        if (m_looks > kMostLooks)
            return stop(position(event->start_mark),
                        "too much stands within brackets this deep: write it without brackets, by indentation");
        switch (event->type) {
        case YAML_SCALAR_EVENT:
            return takeScalar(event);
        case YAML_ALIAS_EVENT:
            return takeAlias(event);
        case YAML_SEQUENCE_START_EVENT:
            return open(NodeType::Sequence, viewOf(event->data.sequence_start.anchor), event,
                        event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
        case YAML_MAPPING_START_EVENT:
            return open(NodeType::Mapping, viewOf(event->data.mapping_start.anchor), event,
                        event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            m_open.pop_back();
            m_flowDepth -= m_flowDepth > 0 ? 1 : 0;
            return true;
        default:
            return true;
        }
    }

    Node& add(NodeType type, std::string_view anchor, Event& event) {
        Node& node = m_document.tree.add(type, position(event->start_mark));
        if (m_open.empty())
            m_document.tree.root = &node;
        else
            m_open.back()->children.push_back(&node);
        if (!anchor.empty())
            m_anchors[std::string(anchor)] = &node;
        return node;
    }

    bool open(NodeType type, std::string_view anchor, Event& event, bool isFlow) {
        Node& node = add(type, anchor, event);
        m_open.push_back(&node);
        m_flowDepth += isFlow ? 1 : 0; // within brackets all is
        return m_open.size() <= static_cast<std::size_t>(kMostNested) ||
               stop(node.at, "this is nested more than 1000 levels deep, which no kind is: flatten it");
    }

    bool takeScalar(Event& event) {
        const auto& scalar = event->data.scalar;
        const bool isPlain = scalar.plain_implicit != 0 || scalar.tag != nullptr;
        Node& node = add(isPlain ? NodeType::Plain : NodeType::Text, viewOf(scalar.anchor), event);
        node.text.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
        if (scalar.tag != nullptr)
            node.tag = m_document.tree.keep(std::string(viewOf(scalar.tag)));
        return isReadByGo(node, event);
    }

    // Spellings that libyaml has learnt to read since Go's port of it was made, which refuses the first two and takes
    // the comma of the third for a part of the tag.
    bool isReadByGo(const Node& node, Event& event) {
        const yaml_scalar_style_t style = event->data.scalar.style;
        if (style == YAML_PLAIN_SCALAR_STYLE && m_flowDepth > 0 && node.text.find('?') != std::string::npos)
            return stop(node.at, "kubectl reads no '?' within brackets: put the text in quotes");
        if (style == YAML_DOUBLE_QUOTED_SCALAR_STYLE && node.text.find('/') != std::string::npos) {
            if (holdsEscapedSlash(source(event)))
                return stop(node.at, "kubectl reads \\/ in JSON alone: write the slash without a backslash");
        }
        const bool isEmpty = style == YAML_PLAIN_SCALAR_STYLE && node.text.empty();
        if (isEmpty && m_flowDepth > 0 && event->start_mark.index < event->end_mark.index) {
            const std::string_view written = source(event);
            if (written.find('!') != std::string_view::npos && m_text.substr(m_offset).starts_with(','))
                return stop(node.at, "kubectl takes the ',' for a part of the tag: put a blank before it");
        }
        return true;
    }

    static bool holdsEscapedSlash(std::string_view quoted) {
        for (std::size_t i = 0; i + 1 < quoted.size(); ++i) {
            if (quoted[i] == '\\' && quoted[++i] == '/')
                return true;
        }
        return false;
    }

    // Where a byte order mark starts another line than the first. libyaml skips it, Go's port of it takes it for a
    // letter.
    [[nodiscard]] std::optional<std::size_t> markWithin() const {
        std::size_t mark = m_text.find(kByteOrderMark, 1);
        while (mark != std::string_view::npos) {
            std::size_t before = mark - 1;
            while (before > 0 && (static_cast<unsigned char>(m_text[before]) & 0xC0U) == 0x80U)
                --before;
            if (yaml::isBreak(m_text, before))
                return mark;
            mark = m_text.find(kByteOrderMark, mark + 1);
        }
        return {};
    }

    std::string_view source(Event& event) {
        const std::size_t start = offset(event->start_mark);
        return m_text.substr(start, offset(event->end_mark) - start);
    }

    // Marks count characters, and are asked for in rising order.
    std::size_t offset(const yaml_mark_t& mark) {
        if (m_offset == 0 && m_text.starts_with(kByteOrderMark))
            m_offset = kByteOrderMark.size();
        for (; m_index < mark.index && m_offset < m_text.size(); ++m_index)
            m_offset += yaml::characterLength(m_text[m_offset]);
        return std::min(m_offset, m_text.size());
    }

    bool takeAlias(Event& event) {
        const std::string name(viewOf(event->data.alias.anchor));
        Node& node = add(NodeType::Alias, {}, event);
        node.text = name;
        const auto target = m_anchors.find(name);
        if (target == m_anchors.end())
            return stop(node.at,
                        "nothing above is named &" + name + " for this alias: name it, or put the text in quotes");
        node.target = target->second;
        return true;
    }

    std::string_view m_text;
    int m_firstLine;
    bool m_isReady = false;
    yaml_parser_t m_parser{};
    YamlDocument m_document;
    std::vector<Node*> m_open;
    std::map<std::string, Node*> m_anchors;
    std::size_t m_flowDepth = 0;
    std::size_t m_looks = 0;
    std::size_t m_index = 0;  ///< A character, and
    std::size_t m_offset = 0; ///< the byte where it starts.
    Problem m_problem;
};

} // namespace

Read<YamlDocument> readYamlTree(std::string_view text, int firstLine) {
    return YamlReader(text, firstLine).run();
}

} // namespace kube::manifest
