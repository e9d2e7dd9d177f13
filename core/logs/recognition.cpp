// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/recognition.h"

#include "core/net/http.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <utility>

namespace logs {

namespace {

constexpr std::size_t kFront = 64;   // how far a level's word may stand from the start
constexpr std::size_t kReach = 2048; // how far a field "level" may
constexpr std::size_t kLongestWord = 11;

constexpr std::array<std::pair<std::string_view, Level>, 28> kWords{{
    {"trace", Level::Trace},  {"trc", Level::Trace},        {"verbose", Level::Trace}, {"finest", Level::Trace},
    {"debug", Level::Debug},  {"dbg", Level::Debug},        {"fine", Level::Debug},    {"info", Level::Info},
    {"inf", Level::Info},     {"information", Level::Info}, {"notice", Level::Info},   {"warn", Level::Warn},
    {"warning", Level::Warn}, {"wrn", Level::Warn},         {"error", Level::Error},   {"err", Level::Error},
    {"severe", Level::Error}, {"fatal", Level::Fatal},      {"ftl", Level::Fatal},     {"critical", Level::Fatal},
    {"crit", Level::Fatal},   {"alert", Level::Fatal},      {"emerg", Level::Fatal},   {"emergency", Level::Fatal},
    {"panic", Level::Fatal},  {"dpanic", Level::Fatal},     {"failure", Level::Error}, {"default", Level::None},
}};

bool isLetter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

// "I0102 15:04:05.000000"
Level klogLevel(std::string_view line) {
    if (line.size() < 6 || line[5] != ' ' || !std::all_of(line.begin() + 1, line.begin() + 5, isDigit))
        return Level::None;
    switch (line[0]) {
    case 'I':
        return Level::Info;
    case 'W':
        return Level::Warn;
    case 'E':
        return Level::Error;
    case 'F':
        return Level::Fatal;
    default:
        return Level::None;
    }
}

// What stands behind the name of a level field, at `at`: "=warn", "\": \"warn\"".
Level levelBehind(std::string_view line, std::size_t at) {
    std::size_t blanks = 0;
    while (at < line.size() && (line[at] == '"' || line[at] == ':' || line[at] == '=' || line[at] == ' ') &&
           blanks < 6) {
        ++at;
        ++blanks;
    }
    std::size_t end = at;
    while (end < line.size() && end - at <= kLongestWord && (isLetter(line[end]) || isDigit(line[end])))
        ++end;
    return blanks == 0 ? Level::None : levelNamed(line.substr(at, end - at));
}

Level statedLevel(std::string_view line) {
    static constexpr std::array<std::string_view, 4> kNames{"level", "severity", "lvl", "levelname"};
    for (const std::string_view name : kNames) {
        std::size_t at = line.find(name);
        for (int tries = 0; at != std::string_view::npos && tries < 4; ++tries) {
            const bool begins = at == 0 || !(isLetter(line[at - 1]) || line[at - 1] == '_');
            const std::size_t behind = at + name.size();
            if (begins && behind < line.size() && (line[behind] == '=' || line[behind] == '"')) {
                if (const Level level = levelBehind(line, behind); level != Level::None)
                    return level;
            }
            at = line.find(name, behind);
        }
    }
    return Level::None;
}

// A level's word in capitals, or any in brackets: "2026-01-31 ERROR [main] ...", "[warn] ...", "INFO:root:...".
Level wordLevel(std::string_view front) {
    for (std::size_t at = 0; at < front.size();) {
        if (!isLetter(front[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        bool capitals = true;
        while (end < front.size() && isLetter(front[end])) {
            capitals = capitals && front[end] <= 'Z';
            ++end;
        }
        const bool ends = end == front.size() || !(isDigit(front[end]) || front[end] == '_' || front[end] == '-');
        const bool begins = at == 0 || !(isDigit(front[at - 1]) || front[at - 1] == '_' || front[at - 1] == '-');
        const bool bracketed =
            at > 0 && (front[at - 1] == '[' || front[at - 1] == '<' || front[at - 1] == '(') && end < front.size();
        const bool leads = at == 0 && end < front.size() && front[end] == ':';
        if (begins && ends && end - at >= 3 && end - at <= kLongestWord && (capitals || bracketed || leads)) {
            if (const Level level = levelNamed(front.substr(at, end - at)); level != Level::None)
                return level;
        }
        at = end;
    }
    return Level::None;
}

class JsonFields {
public:
    explicit JsonFields(std::vector<Field>& fields)
        : m_fields(fields) {}

    void take(const simdjson::dom::object& object, const std::string& prefix, int depth) {
        for (const auto& [key, value] : object) {
            if (m_fields.size() == kMost)
                return;
            std::string name = prefix.empty() ? std::string(key) : prefix + '.' + std::string(key);
            simdjson::dom::object inner;
            if (depth < kDeepest && value.get_object().get(inner) == simdjson::SUCCESS && inner.size() > 0) {
                take(inner, name, depth + 1);
                continue;
            }
            std::string_view text;
            m_fields.push_back({std::move(name), value.get_string().get(text) == simdjson::SUCCESS
                                                     ? std::string(text)
                                                     : simdjson::minify(value)});
        }
    }

private:
    static constexpr std::size_t kMost = 1000;
    static constexpr int kDeepest = 16;
    std::vector<Field>& m_fields;
};

bool readJson(std::string_view line, Recognized& result) {
    thread_local simdjson::dom::parser parser;
    simdjson::dom::object object;
    if (parser.parse(line.data(), line.size()).get_object().get(object) != simdjson::SUCCESS)
        return false;
    JsonFields(result.fields).take(object, {}, 0);
    result.form = Recognized::Form::Json;
    return true;
}

bool isKeyCharacter(char c) {
    return isLetter(c) || isDigit(c) || c == '_' || c == '.' || c == '-' || c == '/' || c == '@';
}

// A quoted value at `at`; moves that behind it. False if it is not closed.
bool takeQuoted(std::string_view line, std::size_t& at, std::string& value) {
    for (std::size_t i = at + 1; i < line.size(); ++i) {
        if (line[i] == '"') {
            at = i + 1;
            return true;
        }
        if (line[i] == '\\' && i + 1 < line.size()) {
            ++i;
            value.push_back(line[i] == 'n' ? '\n' : line[i] == 't' ? '\t' : line[i]);
            continue;
        }
        value.push_back(line[i]);
    }
    return false;
}

// All "key=value" in the line; what stands between them goes to `rest`.
void readPairs(std::string_view line, std::vector<Field>& fields, std::string& rest) {
    constexpr std::size_t kMost = 1000;
    std::size_t at = 0;
    while (at < line.size() && fields.size() < kMost) {
        const std::size_t start = at;
        while (at < line.size() && isKeyCharacter(line[at]))
            ++at;
        if (at > start && at + 1 < line.size() && line[at] == '=' && line[at + 1] != ' ' && line[at + 1] != '=') {
            Field field{std::string(line.substr(start, at - start)), {}};
            ++at;
            if (line[at] != '"' || !takeQuoted(line, at, field.value)) {
                const std::size_t end = std::min(line.find(' ', at), line.size());
                field.value = line.substr(at, end - at);
                at = end;
            }
            fields.push_back(std::move(field));
        } else {
            at = std::min(line.find(' ', at), line.size());
            rest.append(rest.empty() ? "" : " ").append(line.substr(start, at - start));
        }
        while (at < line.size() && line[at] == ' ')
            ++at;
    }
}

// "I0102 15:04:05.000000   1234 file.go:12] message" and, from structured klog, pairs behind a quoted message.
void readKlog(std::string_view line, Recognized& result) {
    const std::size_t bracket = line.find("] ");
    if (bracket == std::string_view::npos)
        return;
    const std::string_view head = line.substr(0, bracket);
    const std::size_t place = head.rfind(' ');
    if (place == std::string_view::npos || place < 6)
        return;
    result.form = Recognized::Form::Klog;
    result.fields.push_back({"level", std::string(levelName(klogLevel(line)))});
    result.fields.push_back({"time", std::string(head.substr(1, std::min<std::size_t>(20, head.size() - 1)))});
    result.fields.push_back({"caller", std::string(head.substr(place + 1))});
    std::string_view text = line.substr(bracket + 2);
    std::size_t end = 0;
    if (!text.starts_with('"') || !takeQuoted(text, end, result.message)) {
        result.message = text;
        return;
    }
    std::string rest;
    readPairs(text.substr(end), result.fields, rest);
}

} // namespace

std::string_view levelName(Level level) {
    static constexpr std::array<std::string_view, kLevels> kNames{"",     "trace", "debug", "info",
                                                                  "warn", "error", "fatal"};
    const auto index = static_cast<std::size_t>(level);
    return index < kLevels ? kNames[index] : std::string_view();
}

Level levelNamed(std::string_view word) {
    if (word.size() < 2 || word.size() > kLongestWord)
        return Level::None;
    if (word.size() == 2) { // pino and bunyan count in tens
        const bool isTen = word[1] == '0' && word[0] >= '1' && word[0] <= '6';
        return isTen ? static_cast<Level>(word[0] - '0') : Level::None;
    }
    std::array<char, kLongestWord> small{};
    std::transform(word.begin(), word.end(), small.begin(), lower);
    const std::string_view name(small.data(), word.size());
    const auto* const found =
        std::find_if(kWords.begin(), kWords.end(), [name](const auto& known) { return known.first == name; });
    return found == kWords.end() ? Level::None : found->second;
}

Level levelOf(std::string_view line) {
    while (!line.empty() && line.front() == ' ')
        line.remove_prefix(1);
    if (line.empty())
        return Level::None;
    if (const Level level = klogLevel(line); level != Level::None)
        return level;
    const std::string_view reach = line.substr(0, kReach);
    if (line.front() == '{')
        return statedLevel(reach);
    if (const Level level = wordLevel(line.substr(0, kFront)); level != Level::None)
        return level;
    return reach.find('=') == std::string_view::npos ? Level::None : statedLevel(reach);
}

Recognized recognize(std::string_view line) {
    Recognized result;
    const std::size_t start = std::min(line.find_first_not_of(' '), line.size());
    const std::string_view text = line.substr(start);
    if (text.starts_with('{') && readJson(text, result)) {
        for (const char* name : {"msg", "message", "@message", "event", "log"}) {
            if (const std::string* message = findField(result, name)) {
                result.message = *message;
                break;
            }
        }
        return result;
    }
    if (klogLevel(text) != Level::None)
        readKlog(text, result);
    if (result.form != Recognized::Form::Plain || text.find('=') == std::string_view::npos)
        return result;
    std::string rest;
    readPairs(text, result.fields, rest);
    // One pair in a sentence is none; a line of pairs is.
    if (result.fields.size() < 2) {
        result.fields.clear();
        return result;
    }
    result.form = Recognized::Form::Logfmt;
    const std::string* message = findField(result, "msg");
    if (!message)
        message = findField(result, "message");
    result.message = message ? *message : std::move(rest);
    return result;
}

const std::string* findField(const Recognized& line, std::string_view name) {
    const auto isNamed = [name](const Field& field) { return net::equalsIgnoringCase(field.name, name); };
    auto found = std::find_if(line.fields.begin(), line.fields.end(), isNamed);
    if (found == line.fields.end()) {
        found = std::find_if(line.fields.begin(), line.fields.end(), [name](const Field& field) {
            const std::size_t dot = field.name.rfind('.');
            return dot != std::string::npos &&
                   net::equalsIgnoringCase(std::string_view(field.name).substr(dot + 1), name);
        });
    }
    return found == line.fields.end() ? nullptr : &found->value;
}

} // namespace logs
