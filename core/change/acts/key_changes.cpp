// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/acts/key_changes.h"

#include <algorithm>
#include <cstddef>

namespace change {

namespace {

constexpr std::size_t kLongestName = 63;
constexpr std::size_t kLongestPrefix = 253;

bool isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// What apimachinery calls a qualified name's name part, and a label's value.
bool isWord(std::string_view text) {
    return !text.empty() && text.size() <= kLongestName && isAlphanumeric(text.front()) &&
           isAlphanumeric(text.back()) && std::all_of(text.begin(), text.end(), [](char c) {
               return isAlphanumeric(c) || c == '-' || c == '_' || c == '.';
           });
}

bool isDomain(std::string_view text) {
    if (text.empty() || text.size() > kLongestPrefix)
        return false;
    while (true) {
        const std::size_t dot = text.find('.');
        const std::string_view part = text.substr(0, dot);
        const bool fits = !part.empty() && part.front() != '-' && part.back() != '-' &&
                          std::all_of(part.begin(), part.end(), [](char c) {
                              return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
                          });
        if (!fits)
            return false;
        if (dot == std::string_view::npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

bool isKey(std::string_view key) {
    const std::size_t slash = key.find('/');
    if (slash == std::string_view::npos)
        return isWord(key);
    return isDomain(key.substr(0, slash)) && isWord(key.substr(slash + 1));
}

base::Result<KeyChange> parseOne(const std::string& word, KeysOf of) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos && !word.ends_with('-'))
        return base::fail(base::ErrorCode::BadInput,
                          "\"" + word + "\" is neither key=value nor key- (to take it away)");
    KeyChange change;
    change.key = equals == std::string::npos ? word.substr(0, word.size() - 1) : word.substr(0, equals);
    if (equals != std::string::npos)
        change.value = word.substr(equals + 1);
    if (!isKey(change.key))
        return base::fail(base::ErrorCode::BadInput,
                          "\"" + change.key + "\" is no key: letters, digits, - _ . (at most 63), a domain/ before it");
    if (of == KeysOf::Labels && change.value && !change.value->empty() && !isWord(*change.value))
        return base::fail(base::ErrorCode::BadInput, "\"" + *change.value +
                                                         "\" is no value of a label: letters, digits, - _ . (at most "
                                                         "63), beginning and ending with a letter or digit");
    return change;
}

} // namespace

base::Result<std::vector<KeyChange>> parseKeyChanges(const std::vector<std::string>& words, KeysOf of) {
    std::vector<KeyChange> changes;
    for (const std::string& word : words) {
        base::Result<KeyChange> change = parseOne(word, of);
        if (!change)
            return base::fail(std::move(change.error()));
        const bool known = std::any_of(changes.begin(), changes.end(),
                                       [&change](const KeyChange& other) { return other.key == change->key; });
        if (known)
            return base::fail(base::ErrorCode::BadInput, "\"" + change->key + "\" is named twice");
        changes.push_back(*std::move(change));
    }
    if (changes.empty())
        return base::fail(base::ErrorCode::BadInput, "name at least one: key=value, or key- to take it away");
    return changes;
}

} // namespace change
