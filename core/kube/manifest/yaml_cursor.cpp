// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/yaml_cursor.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace kube {

namespace {

constexpr std::size_t npos = std::string_view::npos;

std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t\r");
    if (from == npos)
        return {};
    return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

std::string unquoted(std::string_view text) {
    text = trimmed(text);
    const bool isQuoted =
        text.size() > 1 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
    return std::string(isQuoted ? text.substr(1, text.size() - 2) : text);
}

/// The colon that ends a key which starts at `at`; npos: there is no key.
std::size_t colonOf(std::string_view line, std::size_t at) {
    const char quote = at < line.size() && (line[at] == '"' || line[at] == '\'') ? line[at] : '\0';
    std::size_t i = at + (quote != '\0' ? 1 : 0);
    if (quote != '\0') {
        while (i < line.size() && line[i] != quote)
            i += std::size_t{quote == '"' && line[i] == '\\' ? 2U : 1U};
        ++i;
    } else if (at < line.size() && std::string_view("{[|>#&*!%@`").find(line[at]) != npos) {
        return npos;
    }
    for (; i < line.size(); ++i) {
        if (line[i] == '#' && i > at && line[i - 1] == ' ')
            return npos;
        if (line[i] == ':' &&
            (i + 1 == line.size() || line[i + 1] == ' ' || line[i + 1] == '\r' || line[i + 1] == '\t'))
            return i;
        if (quote != '\0')
            return npos;
    }
    return npos;
}

/// Whether a value starts a block of text: "|", ">-", "!!str |2".
bool startsBlock(std::string_view value) {
    value = trimmed(value);
    while (!value.empty() && (value.front() == '!' || value.front() == '&'))
        value = trimmed(value.substr(std::min(value.find(' '), value.size())));
    return !value.empty() && (value.front() == '|' || value.front() == '>');
}

/// Where the scan stands: the object or list at each indent.
struct Level {
    std::size_t column = 0;
    bool isList = false;
    int index = 0;
    std::string key = {};
    std::vector<std::string> keys = {};
};

class Scan {
public:
    Scan(std::string_view text, std::size_t offset)
        : m_text(text)
        , m_offset(std::min(offset, text.size())) {}

    YamlCursor run() {
        std::size_t start = 0;
        while (start <= m_text.size()) {
            const std::size_t end = std::min(m_text.find('\n', start), m_text.size());
            const std::string_view line = m_text.substr(start, end - start);
            const bool isHere = m_offset >= start && m_offset <= end;
            if (line.starts_with("---")) {
                if (m_isPast)
                    break;
                reset();
            } else if (isHere) {
                takeCursorLine(line, start);
                m_isPast = true;
            } else {
                takeLine(line);
            }
            if (isHere)
                m_isPast = true;
            start = end + 1;
        }
        m_out.apiVersion = m_apiVersion;
        m_out.kind = m_kind;
        return std::move(m_out);
    }

private:
    void reset() {
        m_levels.clear();
        m_block.reset();
        m_apiVersion.clear();
        m_kind.clear();
    }

    // Ends what stands further to the right, and what a key here ends.
    void closeTo(std::size_t column, bool isDash) {
        while (!m_levels.empty()) {
            const Level& last = m_levels.back();
            if (last.column < column || (last.column == column && (isDash || !last.isList)))
                break;
            m_levels.pop_back();
            if (m_isPast && m_levels.size() <= m_depth)
                m_isCollecting = false;
        }
    }

    /// What a line holds, from left to right.
    struct Line {
        std::size_t at = 0; ///< Behind all dashes.
        std::size_t colon = npos;
        bool isDashed = false;
    };

    Line enter(std::string_view line) {
        Line found;
        found.at = std::min(line.find_first_not_of(' '), line.size());
        while (found.at < line.size() && line[found.at] == '-' &&
               (found.at + 1 == line.size() || line[found.at + 1] == ' ' || line[found.at + 1] == '\r')) {
            closeTo(found.at, true);
            if (!m_levels.empty() && m_levels.back().isList && m_levels.back().column == found.at)
                ++m_levels.back().index;
            else
                m_levels.push_back({.column = found.at, .isList = true});
            found.isDashed = true;
            const std::size_t next = line.find_first_not_of(' ', found.at + 1);
            if (next == npos) {
                found.at = std::min(found.at + 2, line.size());
                return found;
            }
            found.at = next;
        }
        found.colon = colonOf(line, found.at);
        return found;
    }

    void takeKey(std::string_view line, const Line& found) {
        closeTo(found.at, false);
        if (m_levels.empty() || m_levels.back().isList || m_levels.back().column != found.at)
            m_levels.push_back({.column = found.at});
        Level& level = m_levels.back();
        level.key = unquoted(line.substr(found.at, found.colon - found.at));
        const std::string_view value = line.substr(std::min(found.colon + 1, line.size()));
        if (m_isCollecting && m_levels.size() == m_depth + 1)
            m_out.keys.push_back(level.key);
        level.keys.push_back(level.key);
        if (found.at == 0 && level.key == "apiVersion")
            m_apiVersion = unquoted(value.substr(0, value.find(" #")));
        if (found.at == 0 && level.key == "kind")
            m_kind = unquoted(value.substr(0, value.find(" #")));
        if (startsBlock(value))
            m_block = found.at;
    }

    [[nodiscard]] bool isInBlock(std::string_view line) {
        const std::size_t indent = line.find_first_not_of(" \r");
        if (!m_block)
            return false;
        if (indent == npos || indent > *m_block)
            return true;
        m_block.reset();
        return false;
    }

    void takeLine(std::string_view line) {
        const std::string_view content = trimmed(line);
        if (isInBlock(line) || content.empty() || content.front() == '#')
            return;
        const Line found = enter(line);
        if (found.colon != npos)
            takeKey(line, found);
        else if (found.isDashed && startsBlock(line.substr(found.at)))
            m_block = m_levels.back().column;
    }

    [[nodiscard]] FieldSteps steps(std::size_t count) const {
        FieldSteps steps;
        for (std::size_t i = 0; i < count; ++i)
            steps.push_back(m_levels[i].isList ? FieldStep{.index = m_levels[i].index} : FieldStep{m_levels[i].key});
        return steps;
    }

    void takeCursorLine(std::string_view line, std::size_t start) {
        const std::size_t column = m_offset - start;
        const std::string_view before = line.substr(0, column);
        const std::string_view content = trimmed(line);
        const bool isBlank = content.empty();
        if ((!isBlank || column > m_block.value_or(0)) && isInBlock(line)) {
            m_out.field = steps(m_levels.size());
            m_out.parent = m_out.field;
            return;
        }
        if (!isBlank && content.front() == '#')
            return;
        Line found = isBlank ? Line{.at = column} : enter(line);
        if (found.colon != npos && column > found.colon) {
            takeValue(line, found, start, column);
            return;
        }
        found.at = std::min(found.at, std::max(column, line.size()));
        if (found.colon != npos)
            takeKey(line, found);
        else
            closeTo(found.at, false);
        // The key at the place, if there is one, is the last level.
        const bool isSibling = !m_levels.empty() && !m_levels.back().isList && m_levels.back().column == found.at;
        m_depth = m_levels.size() - (isSibling ? 1 : 0);
        m_isCollecting = true;
        m_out.parent = steps(m_depth);
        m_out.field = found.colon != npos ? steps(m_levels.size()) : m_out.parent;
        m_out.where = YamlCursor::Where::Key;
        m_out.indent = static_cast<int>(found.at);
        m_out.typedFrom = start + std::min(found.at, column);
        m_out.typed = before.substr(std::min(found.at, column));
        if (isSibling) {
            m_out.keys = m_levels.back().keys;
            if (found.colon != npos && !m_out.keys.empty())
                m_out.keys.pop_back();
        }
    }

    void takeValue(std::string_view line, const Line& found, std::size_t start, std::size_t column) {
        takeKey(line, found);
        m_out.where = YamlCursor::Where::Value;
        m_out.field = steps(m_levels.size());
        m_out.parent = steps(m_levels.size() - 1);
        m_out.indent = static_cast<int>(found.at);
        const std::size_t from = std::min(line.find_first_not_of(' ', found.colon + 1), column);
        m_out.typedFrom = start + from;
        m_out.typed = line.substr(from, column - from);
    }

    std::string_view m_text;
    std::size_t m_offset;
    YamlCursor m_out;
    std::vector<Level> m_levels;
    std::optional<std::size_t> m_block; ///< The indent of what a block of text belongs to.
    bool m_isPast = false;              ///< The line of the place is read.
    bool m_isCollecting = false;        ///< The object at the place goes on.
    std::size_t m_depth = 0;            ///< How many levels are above the keys at the place.
    std::string m_apiVersion;
    std::string m_kind;
};

} // namespace

YamlCursor yamlCursorAt(std::string_view text, std::size_t offset) {
    return Scan(text, offset).run();
}

} // namespace kube
