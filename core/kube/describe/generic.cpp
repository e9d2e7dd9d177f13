// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/describe/writer.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace kube::describe {

namespace {

enum class Letters { Lower, Upper, Other };

Letters kindOf(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return std::islower(byte) != 0 ? Letters::Lower : std::isupper(byte) != 0 ? Letters::Upper : Letters::Other;
}

// "podCIDRs" -> "pod", "CID", "Rs": runs of one case, the last capital going with the small letters behind it
std::vector<std::string> splitWords(const std::string& field) {
    std::vector<std::string> words;
    for (const char c : field) {
        if (words.empty() || kindOf(words.back().back()) != kindOf(c))
            words.emplace_back();
        words.back() += c;
    }
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (kindOf(words[i].front()) == Letters::Upper && kindOf(words[i + 1].front()) == Letters::Lower) {
            words[i + 1].insert(words[i + 1].begin(), words[i].back());
            words[i].pop_back();
        }
    }
    std::erase_if(words, [](const std::string& word) { return word.empty(); });
    return words;
}

bool isAllUpper(const std::string& word) {
    return std::none_of(word.begin(), word.end(), [](char c) { return kindOf(c) == Letters::Lower; });
}

} // namespace

// "apiVersion" -> "API Version"; names with anything but letters and dashes stay as they are.
std::string labelFor(const std::string& field) {
    const bool plain = std::all_of(field.begin(), field.end(),
                                   [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '-'; });
    if (!plain)
        return field;
    const std::vector<std::string> words = splitWords(field);
    std::string label;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::string word = words[i];
        if (word.size() >= 2 && isAllUpper(word) && i + 1 < words.size() &&
            kindOf(words[i + 1].front()) == Letters::Upper)
            word += words[++i];
        std::string upper = word;
        std::transform(upper.begin(), upper.end(), upper.begin(),
                       [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        static constexpr std::array<std::string_view, 4> kAcronyms{"API", "URL", "UID", "GUID"};
        if (std::find(kAcronyms.begin(), kAcronyms.end(), upper) != kAcronyms.end())
            word = upper;
        else if (std::all_of(word.begin(), word.end(), [](char c) { return kindOf(c) != Letters::Upper; }))
            word.front() = upper.front();
        label += (label.empty() ? "" : " ") + word;
    }
    return label;
}

namespace {

void writeContent(Writer writer, const Json& content, const std::string& path) {
    static const std::array<std::string_view, 5> kShownElsewhere{".metadata.managedFields", ".metadata.name",
                                                                 ".metadata.namespace", ".metadata.labels",
                                                                 ".metadata.annotations"};
    for (const auto& [field, value] : content.items()) {
        const std::string here = path + "." + field;
        if (std::find(kShownElsewhere.begin(), kShownElsewhere.end(), here) != kShownElsewhere.end())
            continue;
        if (value.is_object()) {
            writeContent(writer.heading(labelFor(field)), value, here);
        } else if (value.is_array()) {
            const bool scalars =
                std::none_of(value.begin(), value.end(), [](const Json& entry) { return entry.is_object(); });
            if (scalars) {
                writer.add(labelFor(field), joined(value, "\n"));
                continue;
            }
            Writer below = writer.heading(labelFor(field));
            for (const Json& entry : value)
                writeContent(below.heading(textOr(at(entry, "name"), textOr(at(entry, "type"), ""))), entry, here);
        } else if (field.ends_with("Time") || field.ends_with("Timestamp")) {
            writer.addTime(labelFor(field), value);
        } else {
            writer.add(labelFor(field), value.is_null() ? "<nil>" : text(value));
        }
    }
}

} // namespace

void describeGeneric(Page& page) {
    writeNameAndNamespace(page);
    writeLabels(page.top(), "Labels", at(page.object, {"metadata", "labels"}));
    writeAnnotations(page.top(), "Annotations", at(page.object, {"metadata", "annotations"}));
    writeContent(page.top(), page.object, {});
}

} // namespace kube::describe
