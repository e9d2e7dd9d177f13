// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/yaml_edit.h"

#include "core/kube/go_json.h"
#include "core/kube/manifest/manifest.h"
#include "core/kube/manifest/yaml_pieces.h"
#include "core/kube/manifest/yaml_spans.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace kube {

namespace {

using Json = nlohmann::json;
using manifest::Span;
using manifest::SpanDocument;
constexpr std::size_t npos = std::string_view::npos;

tl::unexpected<base::Error> refuse(std::string why) {
    return base::fail(base::ErrorCode::BadInput, std::move(why));
}

std::size_t keyIndex(const Span& mapping, const std::string& key) {
    // The last of equal keys is the one that counts.
    for (std::size_t i = mapping.children.size(); i >= 2; i -= 2) {
        const Span& at = *mapping.children[i - 2];
        if (at.type == Span::Type::Scalar && at.text == key)
            return i - 2;
    }
    return npos;
}

/// A value on the way to a field: which child of which span.
struct Found {
    Span* holder = nullptr; ///< Null: the root.
    std::size_t child = 0;  ///< Of a mapping the key's.
    Span* value = nullptr;
};

class TextEdit {
public:
    TextEdit(std::string_view text, SpanDocument document, bool quotesLines)
        : m_text(text)
        , m_document(std::move(document)) {
        m_layout.quotesLines = quotesLines;
        m_layout.lineBreak = text.find("\r\n") == npos ? "\n" : "\r\n";
        if (m_document.root != nullptr)
            learnDash(*m_document.root);
    }

    base::Result<std::string> set(const FieldSteps& path, Json value) {
        std::vector<Found> way;
        if (auto failed = follow(path, way))
            return refuse(*failed);
        // What is missing is made around the value.
        const Span* last = way.back().value;
        const bool isAdded = last != nullptr && last->type == Span::Type::Sequence && !last->children.empty();
        for (std::size_t i = path.size(); i >= way.size(); --i) {
            const FieldStep& step = path[i - 1];
            if (step.isIndex() && step.index > 0 && (i > way.size() || !isAdded))
                return refuse("there is no list with so many items at " + toString(path));
            value = step.isIndex() ? Json::array({value}) : Json{{step.key, value}};
        }
        if (way.size() == path.size() + 1) {
            replace(way.back(), value);
            return std::move(m_out);
        }
        const Found& holder = way.back();
        Span* into = holder.value;
        if (into == nullptr || into->isNull || (into->type != Span::Type::Scalar && into->children.empty()))
            replace(holder, value);
        else if (into->isFlow)
            addToFlow(*into, value);
        else
            addToBlock(*into, value);
        return std::move(m_out);
    }

    base::Result<std::string> remove(const FieldSteps& path) {
        std::vector<Found> way;
        if (auto failed = follow(path, way))
            return refuse(*failed);
        if (way.size() != path.size() + 1)
            return std::string(m_text);
        const Found& found = way.back();
        const std::size_t step = found.holder->type == Span::Type::Mapping ? 2 : 1;
        if (found.holder->children.size() == step)
            replace(way[way.size() - 2], found.holder->type == Span::Type::Mapping ? Json::object() : Json::array());
        else if (found.holder->isFlow)
            removeFromFlow(*found.holder, found.child, step);
        else
            removeFromBlock(found);
        return std::move(m_out);
    }

private:
    // Fills `way` with what is there, from the root on; a sentence where the rest cannot be made.
    std::optional<std::string> follow(const FieldSteps& path, std::vector<Found>& way) {
        way.push_back({nullptr, 0, m_document.root});
        for (const FieldStep& step : path) {
            Span* at = way.back().value;
            if (at == nullptr || at->isNull)
                return std::nullopt;
            if (at->type == Span::Type::Alias)
                return toString(path) + " is within an alias of another place: change it there";
            if (at->type != (step.isIndex() ? Span::Type::Sequence : Span::Type::Mapping)) {
                // An empty one is nothing yet, whatever its brackets.
                if (at->type != Span::Type::Scalar && at->children.empty())
                    return std::nullopt;
                return toString(path) + " would be within something that is no " + (step.isIndex() ? "list" : "object");
            }
            const auto count = at->children.size();
            const std::size_t child = step.isIndex() ? static_cast<std::size_t>(step.index) : keyIndex(*at, step.key);
            if (step.isIndex() && child > count)
                return "there is no list with so many items at " + toString(path);
            if (child == npos || child == count)
                return std::nullopt;
            way.push_back({at, child, at->children[step.isIndex() ? child : child + 1]});
        }
        return std::nullopt;
    }

    // The first list below a key tells how the text indents lists.
    bool learnDash(const Span& span) {
        for (std::size_t i = 0; i < span.children.size(); ++i) {
            const Span& child = *span.children[i];
            if (span.type == Span::Type::Mapping && i % 2 == 1 && child.type == Span::Type::Sequence && !child.isFlow) {
                const std::size_t key = column(span.children[i - 1]->start);
                const std::size_t dash = column(child.start);
                m_layout.dash =
                    dash > key && lineStart(child.start) != lineStart(span.children[i - 1]->start) ? dash - key : 0;
                return true;
            }
            if (learnDash(child))
                return true;
        }
        return false;
    }

    [[nodiscard]] std::size_t lineStart(std::size_t at) const {
        return at == 0 ? 0 : m_text.rfind('\n', at - 1) + 1; // npos + 1 is 0
    }
    /// Before the break.
    [[nodiscard]] std::size_t lineEnd(std::size_t at) const {
        const std::size_t end = std::min(m_text.find('\n', at), m_text.size());
        return end > at && end < m_text.size() && m_text[end - 1] == '\r' ? end - 1 : end;
    }
    /// Of the next line, or the end of the text.
    [[nodiscard]] std::size_t nextLine(std::size_t at) const {
        return std::min(m_text.find('\n', at), m_text.size() - 1) + 1;
    }
    /// In bytes: what stands before a block on its line is an indent, dashes or a key.
    [[nodiscard]] std::size_t column(std::size_t at) const {
        std::size_t count = 0;
        for (std::size_t i = lineStart(at); i < at; ++i)
            count += (static_cast<unsigned char>(m_text[i]) & 0xC0U) == 0x80U ? 0U : 1U;
        return count;
    }
    [[nodiscard]] bool isFirstOnLine(std::size_t at) const {
        const std::size_t start = lineStart(at);
        return m_text.substr(start, at - start).find_first_not_of(' ') == npos;
    }

    [[nodiscard]] bool isCommentWithin(std::size_t line, std::size_t indent) const {
        const std::size_t at = m_text.find_first_not_of(' ', line);
        return at != npos && m_text[at] == '#' && at - line > indent;
    }

    void put(std::size_t from, std::size_t to, std::string_view text) {
        m_out = std::string(m_text.substr(0, from)).append(text).append(m_text.substr(to));
    }

    /// As put(), for text that may have several lines: what follows on the line, a comment, stays with the first.
    void putAtLineEnd(std::size_t from, std::size_t to, const std::string& text) {
        const std::size_t end = lineEnd(to);
        const std::size_t first = std::min(text.find(m_layout.lineBreak), text.size());
        put(from, end, text.substr(0, first).append(m_text.substr(to, end - to)).append(text, first));
    }

    /// New lines behind the line where `at` is.
    void putLines(std::size_t at, std::size_t indent, const std::string& text) {
        const std::size_t end = lineEnd(at);
        put(end, end, m_layout.lineBreak + std::string(indent, ' ') + text);
    }

    void replace(const Found& found, const Json& value) {
        if (found.holder == nullptr)
            replaceRoot(value);
        else if (found.holder->isFlow)
            replaceInFlow(found, value);
        else if (found.holder->type == Span::Type::Sequence)
            replaceItem(found, value);
        else
            replaceValue(found, value);
    }

    void replaceRoot(const Json& value) {
        const std::string text =
            manifest::isBlock(value) ? blockText(value, 0, m_layout) : inlineText(value, 0, m_layout);
        if (m_document.root != nullptr && !m_document.root->isEmpty) {
            putAtLineEnd(m_document.root->start, m_document.root->end, text);
            return;
        }
        const bool isOpen = !m_text.empty() && !m_text.ends_with('\n');
        put(m_text.size(), m_text.size(), (isOpen ? m_layout.lineBreak : std::string()) + text + m_layout.lineBreak);
    }

    void replaceInFlow(const Found& found, const Json& value) {
        const std::string text = manifest::flowText(value);
        if (!found.value->isEmpty) {
            put(found.value->start, found.value->end, text);
            return;
        }
        const Span& key = *found.holder->children[found.child];
        const std::size_t next = found.child + 2 < found.holder->children.size()
                                     ? found.holder->children[found.child + 2]->start
                                     : found.holder->end;
        const auto colon = m_document.colonOf(key, next);
        const std::size_t at = colon ? *colon + 1 : key.end;
        put(at, at, (colon ? " " : ": ") + text);
    }

    void replaceItem(const Found& found, const Json& value) {
        const auto dash = m_document.dashOf(*found.value);
        const std::size_t at = dash ? column(*dash) : 0;
        const Span& old = *found.value;
        if (old.isEmpty) {
            putAtLineEnd(old.start, old.start, itemText(value, at, m_layout).substr(1));
            return;
        }
        putAtLineEnd(old.start, old.end,
                     manifest::isBlock(value) ? blockText(value, column(old.start), m_layout)
                                              : inlineText(value, at, m_layout));
    }

    void replaceValue(const Found& found, const Json& value) {
        const Span& key = *found.holder->children[found.child];
        const Span& old = *found.value;
        const std::size_t at = column(key.start);
        const std::size_t colon = m_document.colonOf(key, old.isEmpty ? old.end + 1 : old.start + 1).value_or(key.end);
        const bool isBelow = !old.isEmpty && lineStart(old.start) > colon;
        if (!manifest::isBlock(value)) {
            const std::string text = inlineText(value, at, m_layout);
            if (isBelow) {
                const std::size_t end = lineEnd(colon);
                const std::size_t from = lineStart(old.start);
                const std::size_t first = std::min(text.find(m_layout.lineBreak), text.size());
                m_out = std::string(m_text.substr(0, colon + 1)) + ' ' + text.substr(0, first) +
                        std::string(m_text.substr(colon + 1, end - colon - 1)) + text.substr(first) +
                        std::string(m_text.substr(end, from - end)) + std::string(m_text.substr(nextLine(old.end)));
            } else {
                putAtLineEnd(old.isEmpty ? colon + 1 : old.start, old.isEmpty ? colon + 1 : old.end,
                             (old.isEmpty ? " " : "") + text);
            }
            return;
        }
        const std::size_t least = at + (value.is_array() ? 0U : 1U);
        if (isBelow) {
            const bool fits = column(old.start) >= least;
            const std::size_t indent = fits ? column(old.start) : at + 2;
            putAtLineEnd(lineStart(old.start), old.end, std::string(indent, ' ') + blockText(value, indent, m_layout));
            return;
        }
        // The rest of the key's line stays, if it says anything.
        const std::size_t end = lineEnd(old.end);
        const std::string_view rest = m_text.substr(old.end, end - old.end);
        const std::size_t indent = at + (value.is_array() ? m_layout.dash : 2);
        m_out = std::string(m_text.substr(0, colon + 1))
                    .append(rest.find_first_not_of(" \t") == npos ? std::string_view() : rest)
                    .append(m_layout.lineBreak)
                    .append(indent, ' ')
                    .append(blockText(value, indent, m_layout))
                    .append(m_text.substr(end));
    }

    // `value` is an object of one field, or a list of one item.
    void addToFlow(const Span& into, const Json& value) {
        const std::string text = manifest::flowText(value);
        const std::size_t at = into.children.back()->end;
        put(at, at, ", " + text.substr(1, text.size() - 2));
    }

    void addToBlock(const Span& into, const Json& value) {
        std::size_t at = column(into.children.front()->start);
        if (into.type == Span::Type::Sequence)
            at = column(m_document.dashOf(*into.children.front()).value_or(into.start));
        putLines(into.end, at, blockText(value, at, m_layout));
    }

    void removeFromFlow(const Span& holder, std::size_t child, std::size_t step) {
        if (child + step < holder.children.size())
            put(holder.children[child]->start, holder.children[child + step]->start, "");
        else
            put(holder.children[child - 1]->end, std::max(holder.children[child + step - 1]->end, colonEnd(holder)),
                "");
    }

    // Of a last key with a colon and no value.
    [[nodiscard]] std::size_t colonEnd(const Span& holder) const {
        if (holder.type != Span::Type::Mapping)
            return 0;
        const auto colon = m_document.colonOf(**(holder.children.end() - 2), holder.end);
        return colon ? *colon + 1 : 0;
    }

    void removeFromBlock(const Found& found) {
        const bool isItem = found.holder->type == Span::Type::Sequence;
        const std::size_t step = isItem ? 1 : 2;
        const auto startOf = [&](std::size_t child) {
            const Span& span = *found.holder->children[child];
            return isItem ? m_document.dashOf(span).value_or(span.start) : span.start;
        };
        const std::size_t from = startOf(found.child);
        const std::size_t end = std::max(found.value->end, from);
        if (isFirstOnLine(from)) {
            std::size_t next = nextLine(end);
            // Comments below it go as well where they would become a part of the text above it.
            while (m_layout.quotesLines && isCommentWithin(next, column(from)))
                next = nextLine(next);
            put(lineStart(from), next, "");
            return;
        }
        // It stands behind a dash, or a tag, which what follows now does.
        const std::size_t next = startOf(found.child + step);
        const std::string_view between = m_text.substr(lineEnd(end), next - lineEnd(end));
        if (between.find_first_not_of(" \r\n") == npos)
            put(from, next, "");
        else
            put(m_text.substr(0, from).find_last_not_of(' ') + 1, lineEnd(end), "");
    }

    std::string_view m_text;
    SpanDocument m_document;
    manifest::YamlLayout m_layout;
    std::string m_out;
};

base::Result<Json> meaningOf(std::string_view text) {
    const base::Result<std::string> json = yamlToJson(text, "text");
    return json ? parseGoJson(*json) : base::Result<Json>(base::fail(json.error()));
}

/// The change made in the object that the text stands for.
void setIn(Json& object, const FieldSteps& path, Json value) {
    Json* at = &object;
    for (const FieldStep& step : path) {
        if (at->is_null() || (at->is_structured() && at->empty()))
            *at = step.isIndex() ? Json::array() : Json::object();
        if (!step.isIndex())
            at = &(*at)[step.key];
        else if (static_cast<std::size_t>(step.index) < at->size())
            at = &(*at)[static_cast<std::size_t>(step.index)];
        else
            at = &at->emplace_back();
    }
    *at = std::move(value);
}

void removeIn(Json& object, const FieldSteps& path) {
    Json* at = &object;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const FieldStep& step = path[i];
        const auto index = static_cast<std::size_t>(step.index);
        const bool isThere =
            step.isIndex() ? at->is_array() && index < at->size() : at->is_object() && at->contains(step.key);
        if (!isThere)
            return;
        if (i + 1 == path.size() && step.isIndex())
            at->erase(index);
        else if (i + 1 == path.size())
            at->erase(step.key);
        else
            at = step.isIndex() ? &(*at)[index] : &(*at)[step.key];
    }
}

/// `make` edits the text, `wanted` the object it stands for.
template <typename Make, typename Wanted>
base::Result<std::string> edit(std::string_view text, const FieldSteps& path, Make make, Wanted wanted) {
    base::Result<Json> object = meaningOf(text);
    if (!object)
        return base::fail(std::move(object.error()));
    bool isWanted = false;
    for (const bool quotesLines : {false, true}) {
        base::Result<SpanDocument> document = manifest::readSpans(text);
        if (!document)
            return base::fail(std::move(document.error()));
        TextEdit edit(text, *std::move(document), quotesLines);
        base::Result<std::string> edited = make(edit);
        if (!edited)
            return edited;
        if (!std::exchange(isWanted, true))
            wanted(*object);
        if (const base::Result<Json> now = meaningOf(*edited); now && *now == *object)
            return edited;
    }
    return refuse("the form of the text around " + toString(path) + " does not allow this change: make it by hand");
}

} // namespace

base::Result<std::string> setYamlValue(std::string_view text, const FieldSteps& path, std::string_view json) {
    base::Result<Json> value = parseGoJson(json);
    if (!value)
        return base::fail(std::move(value.error()));
    return edit(
        text, path, [&](TextEdit& in) { return in.set(path, *value); },
        [&](Json& object) { setIn(object, path, *value); });
}

base::Result<std::string> removeYamlValue(std::string_view text, const FieldSteps& path) {
    if (path.empty())
        return refuse("a whole document is no field");
    return edit(
        text, path, [&](TextEdit& in) { return in.remove(path); }, [&](Json& object) { removeIn(object, path); });
}

} // namespace kube
