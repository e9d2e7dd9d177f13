// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/journal_search.h"

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <utility>

namespace change {

namespace {

/// More make no candidate less.
constexpr std::size_t kMostTrigrams = 40;

struct Word {
    std::string text;
    bool isNot = false;
};

std::vector<Word> wordsOf(const JournalQuery& query) {
    std::vector<Word> all;
    std::istringstream words(query.words);
    for (std::string word; words >> word;) {
        const bool isNot = word.size() > 1 && word.front() == '-';
        all.push_back({isNot ? word.substr(1) : word, isNot});
    }
    return all;
}

// As SQLite's lower() does it, and LIKE.
std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

/// Where characters begin, and the end.
std::vector<std::size_t> characters(std::string_view text) {
    std::vector<std::size_t> begins;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U)
            begins.push_back(i);
    }
    begins.push_back(text.size());
    return begins;
}

std::string inQuotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

void addTrigrams(std::string_view text, std::vector<std::string>& out) {
    const std::vector<std::size_t> begins = characters(text);
    for (std::size_t i = 0; i + 3 < begins.size() && out.size() < kMostTrigrams; ++i) {
        std::string trigram = inQuotes(text.substr(begins[i], begins[i + 3] - begins[i]));
        if (std::find(out.begin(), out.end(), trigram) == out.end())
            out.push_back(std::move(trigram));
    }
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? std::string() : std::string(between)) + part;
    return text;
}

std::string likeText(std::string_view word) {
    std::string text = "%";
    for (const char c : word) {
        if (c == '%' || c == '_' || c == '\\')
            text += '\\';
        text += c;
    }
    return text + "%";
}

} // namespace

std::string indexedTextWithoutIntent(std::string_view row) {
    std::string text = "lower(' '";
    for (const char* column :
         {"title", "cluster", "cluster_uid", "verb", "kind", "resource", "ns", "name", "message", "set_id", "person"}) {
        const bool endsWithSlash = std::string_view(column) == "ns";
        text += " || " + std::string(row) + "." + column + " || " + (endsWithSlash ? "'/'" : "' '");
    }
    // The last character, too, begins a trigram.
    return text + " || ' ')";
}

std::string indexedText(std::string_view row) {
    const std::string intent = std::string(row) + ".intent";
    return indexedTextWithoutIntent(row) + " || CASE " + intent + " WHEN '' THEN '' ELSE lower(" + intent +
           " || '  ') END";
}

std::string indexing(std::string_view condition) {
    return "INSERT INTO words(rowid, text) SELECT line, " + indexedText("entries") + " FROM entries WHERE " +
           std::string(condition);
}

std::string forgetting(std::string_view condition) {
    return "INSERT INTO words(words, rowid, text) SELECT 'delete', line, " + indexedText("entries") +
           " FROM entries WHERE " + std::string(condition);
}

std::string JournalConditions::bind(std::string text) {
    texts.push_back(std::move(text));
    return "?" + std::to_string(texts.size());
}

JournalConditions conditionsOf(const JournalQuery& query) {
    JournalConditions found;
    const auto equal = [&found](const char* column, const std::string& text) {
        if (!text.empty())
            found.all.push_back(std::string(column) + " = " + found.bind(text));
    };
    equal("set_id", query.set);
    equal("resource", query.resource);
    equal("ns", query.ns);
    equal("name", query.name);
    equal("verb", query.verb ? std::string(toString(*query.verb)) : std::string());
    if (!query.cluster.empty()) {
        const std::string parameter = found.bind(query.cluster);
        found.all.push_back("(cluster = " + parameter + " OR cluster_uid = " + parameter + ")");
    }
    if (query.outcome)
        found.all.push_back("outcome = " + std::to_string(static_cast<int>(*query.outcome)));
    if (query.fromMs > 0)
        found.all.push_back("set_ms >= " + std::to_string(query.fromMs));
    if (query.toMs > 0)
        found.all.push_back("set_ms < " + std::to_string(query.toMs));
    for (const Word& word : wordsOf(query))
        found.all.push_back(std::string(word.isNot ? "NOT " : "") +
                            "(title || ' ' || cluster || ' ' || verb || ' ' || kind || ' ' || resource || ' ' || ns ||"
                            " '/' || name || ' ' || message || ' ' || set_id || ' ' || person || ' ' || intent) LIKE " +
                            found.bind(likeText(word.text)) + " ESCAPE '\\'");
    return found;
}

std::string indexQuery(const JournalQuery& query) {
    std::vector<std::string> trigrams;
    // What is equal to a field is found with the ends of the field.
    const auto field = [&trigrams](std::string_view before, const std::string& text, std::string_view behind) {
        if (!text.empty())
            addTrigrams(lower(std::string(before) + text + std::string(behind)), trigrams);
    };
    field("/", query.name, " ");
    field(" ", query.ns, "/");
    field(" ", query.cluster, " ");
    field(" ", query.resource, " ");
    field(" ", query.verb ? std::string(toString(*query.verb)) : std::string(), " ");
    for (const Word& word : wordsOf(query)) {
        if (!word.isNot)
            addTrigrams(lower(word.text), trigrams);
    }
    return joined(trigrams, " AND ");
}

std::vector<std::string> shortWords(const JournalQuery& query) {
    std::vector<std::string> found;
    for (const Word& word : wordsOf(query)) {
        if (!word.isNot && characters(word.text).size() < 4)
            found.push_back(lower(word.text));
    }
    return found;
}

std::string anyOf(const std::vector<std::string>& trigrams) {
    std::vector<std::string> all;
    all.reserve(trigrams.size());
    for (const std::string& trigram : trigrams)
        all.push_back(inQuotes(trigram));
    return "(" + joined(all, " OR ") + ")";
}

} // namespace change
