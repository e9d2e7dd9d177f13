// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminal_filter.h"

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr char kEscape = '\x1b';
constexpr char kCancel = '\x18';
constexpr char kSubstitute = '\x1a';
constexpr char kBell = '\a';
constexpr std::size_t kMostControl = 256;
constexpr std::size_t kMostCommand = 2048;
constexpr int kMostNumber = 9999; // no screen is larger, no mode has a greater number

constexpr std::size_t kMostArguments = 16; // CSI_ARGS_MAX of libvterm
constexpr std::size_t kMostIntermediates = 4;

bool isC0(char byte) {
    return static_cast<unsigned char>(byte) < 0x20;
}

/// Character sets and double sizes. What comes after others, libvterm takes for a sequence of its own.
bool isKnownIntermediate(std::string_view intermediates) {
    return intermediates.empty() ||
           (intermediates.size() == 1 && std::string_view("()*+#").find(intermediates[0]) != std::string_view::npos);
}

std::size_t countArguments(std::string_view group) {
    return 1 + static_cast<std::size_t>(
                   std::count_if(group.begin(), group.end(), [](char byte) { return byte == ';' || byte == ':'; }));
}

std::string bounded(std::string_view parameter) {
    std::string all;
    for (std::size_t at = 0; at < parameter.size();) {
        const std::size_t end = std::min(parameter.find_first_not_of("0123456789", at), parameter.size());
        all += end > at + 4 ? std::to_string(kMostNumber) : std::string(parameter.substr(at, end - at));
        if (end < parameter.size())
            all += parameter[end];
        at = end + 1;
    }
    return all;
}

/// How many parameters after the colour's own belong to it: "38;5;n", "38;2;r;g;b".
std::size_t colorArguments(std::string_view parameter, std::string_view kind) {
    if (parameter != "38" && parameter != "48" && parameter != "58")
        return 0;
    return kind == "5" ? 2 : kind == "2" ? 4 : 0;
}

/// What must stay together: a parameter with its colons, an attribute with its colour.
std::vector<std::string> groups(std::string_view parameters, bool areAttributes) {
    std::vector<std::string> fields;
    for (std::size_t at = 0; at <= parameters.size();) {
        const std::size_t end = std::min(parameters.find(';', at), parameters.size());
        fields.push_back(bounded(parameters.substr(at, end - at)));
        at = end + 1;
    }
    if (!areAttributes)
        return fields;
    std::vector<std::string> all;
    for (std::size_t i = 0; i < fields.size();) {
        const std::size_t more = i + 1 < fields.size() ? colorArguments(fields[i], fields[i + 1]) : 0;
        const std::size_t end = std::min(i + more + 1, fields.size());
        std::string& group = all.emplace_back(fields[i++]);
        for (; i < end; ++i)
            group.append(";").append(fields[i]);
    }
    return all;
}

} // namespace

char ControlSequence::leader() const {
    return !parameters.empty() && parameters[0] >= '<' && parameters[0] <= '?' ? parameters[0] : '\0';
}

std::vector<int> ControlSequence::numbers() const {
    std::vector<int> all;
    int number = 0;
    for (const char byte : parameters) {
        if (byte >= '0' && byte <= '9') {
            number = std::min(number * 10 + (byte - '0'), kMostNumber);
        } else if (byte == ';' || byte == ':') {
            all.push_back(number);
            number = 0;
        }
    }
    all.push_back(number);
    return all;
}

std::string ControlSequence::bytes() const {
    const std::string_view start = parameters;
    const std::size_t leading = leader() != '\0' ? 1U : 0U;
    const bool isRepeatable = intermediates.empty() && (final == 'm' || final == 'h' || final == 'l');
    std::string all;
    std::string sequence;
    std::size_t count = 0;
    const auto end = [&] {
        all.append("\x1b[").append(start.substr(0, leading)).append(sequence).append(intermediates) += final;
        sequence.clear();
        count = 0;
    };
    for (const std::string& group : groups(start.substr(leading), final == 'm')) {
        const std::size_t more = countArguments(group);
        if (count > 0 && count + more > kMostArguments) {
            if (!isRepeatable)
                break;
            end();
        }
        if (more > kMostArguments)
            continue;
        if (count > 0)
            sequence += ';';
        sequence += group;
        count += more;
    }
    end();
    return all;
}

void TerminalFilter::feed(std::string_view bytes, Sink& sink) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        if (m_state != State::Ground) {
            step(bytes[at++], sink);
            continue;
        }
        const std::size_t escape = std::min(bytes.find(kEscape, at), bytes.size());
        if (escape > at)
            sink.pass(bytes.substr(at, escape - at));
        at = escape + 1;
        if (escape < bytes.size())
            beginEscape();
    }
}

void TerminalFilter::beginEscape() {
    m_state = State::Escape;
    m_held.clear();
}

void TerminalFilter::step(char byte, Sink& sink) {
    switch (m_state) {
    case State::Ground:
        return sink.pass({&byte, 1});
    case State::Escape:
        return stepEscape(byte, sink);
    case State::Control:
        return stepControl(byte, sink);
    case State::Command:
    case State::CommandEscape:
    case State::Ignored:
    case State::IgnoredEscape:
        return stepString(byte, sink);
    }
}

// Whole or not at all: what libvterm saw begin, an opening bracket after it could turn into a sequence read by no one.
void TerminalFilter::stepEscape(char byte, Sink& sink) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == kEscape)
        return beginEscape();
    if (isC0(byte) && byte != kCancel && byte != kSubstitute)
        return sink.pass({&byte, 1});
    if (code == 0x7F)
        return;
    if (code >= 0x20 && code < 0x30) {
        if (m_held.size() < kMostIntermediates)
            m_held += byte;
        return;
    }
    m_state = State::Ground;
    if (code > 0x7F)
        return sink.pass({&byte, 1});
    if (byte == kCancel || byte == kSubstitute)
        return;
    const bool isString = std::string_view("[]PX^_k\\").find(byte) != std::string_view::npos;
    if (!isString && isKnownIntermediate(m_held))
        return sink.escape("\x1b" + m_held + byte);
    if (!m_held.empty() || byte == '\\')
        return;
    m_isTooLong = false;
    m_state = byte == '[' ? State::Control : byte == ']' ? State::Command : State::Ignored;
}

void TerminalFilter::stepControl(char byte, Sink& sink) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == kEscape) {
        beginEscape();
    } else if (byte == kCancel || byte == kSubstitute) {
        m_state = State::Ground;
    } else if (isC0(byte)) {
        sink.pass({&byte, 1}); // acts in the midst of a sequence, too
    } else if (code < 0x40) {
        if (m_held.size() < kMostControl)
            m_held += byte;
        else
            m_isTooLong = true;
    } else if (code < 0x7F) {
        m_state = State::Ground;
        if (!m_isTooLong)
            endControl(byte, sink);
    } else if (code > 0x7F) {
        m_state = State::Ground;
        sink.pass({&byte, 1});
    }
}

void TerminalFilter::endControl(char final, Sink& sink) {
    ControlSequence sequence;
    const auto isIntermediate = [](char byte) { return byte < '0'; };
    const auto split = std::find_if(m_held.begin(), m_held.end(), isIntermediate);
    sequence.parameters.assign(m_held.begin(), split);
    sequence.intermediates.assign(split, m_held.end());
    sequence.final = final;
    if (std::all_of(split, m_held.end(), isIntermediate))
        sink.control(sequence);
}

void TerminalFilter::stepString(char byte, Sink& sink) {
    const bool isCommand = m_state == State::Command || m_state == State::CommandEscape;
    if (m_state == State::CommandEscape || m_state == State::IgnoredEscape) {
        if (isCommand)
            endCommand(sink);
        beginEscape();
        return stepEscape(byte, sink);
    }
    if (byte == kEscape) {
        m_state = isCommand ? State::CommandEscape : State::IgnoredEscape;
    } else if (byte == kCancel || byte == kSubstitute) {
        m_state = State::Ground;
    } else if (byte == kBell) {
        if (isCommand)
            endCommand(sink);
        m_state = State::Ground;
    } else if (isCommand && m_held.size() < kMostCommand) {
        m_held += byte;
    }
}

void TerminalFilter::endCommand(Sink& sink) {
    const std::string_view held = m_held;
    if (held.starts_with("0;") || held.starts_with("2;"))
        sink.title(held.substr(2));
}

} // namespace ui
