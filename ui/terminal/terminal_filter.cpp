// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminal_filter.h"

#include <algorithm>

namespace ui {

namespace {

constexpr char kEscape = '\x1b';
constexpr char kCancel = '\x18';
constexpr char kSubstitute = '\x1a';
constexpr char kBell = '\a';
constexpr std::size_t kMostControl = 256;
constexpr std::size_t kMostCommand = 2048;
constexpr int kMostNumber = 9999; // no screen is larger, no mode has a greater number

bool isC0(char byte) {
    return static_cast<unsigned char>(byte) < 0x20;
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
    std::string all = "\x1b[";
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        std::size_t end = i;
        while (end < parameters.size() && parameters[end] >= '0' && parameters[end] <= '9')
            ++end;
        if (end > i + 4) {
            all += std::to_string(kMostNumber);
            i = end - 1;
        } else {
            all += parameters[i];
        }
    }
    return all + intermediates + final;
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
            m_state = State::Escape;
    }
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

void TerminalFilter::stepEscape(char byte, Sink& sink) {
    m_held.clear();
    m_isTooLong = false;
    if (byte == kEscape)
        return;
    m_state = State::Ground;
    if (byte == '[') {
        m_state = State::Control;
    } else if (byte == ']') {
        m_state = State::Command;
    } else if (byte == 'P' || byte == 'X' || byte == '^' || byte == '_' || byte == 'k') {
        m_state = State::Ignored;
    } else if (byte != '\\') {
        const char both[] = {kEscape, byte};
        sink.pass({both, 2});
    }
}

void TerminalFilter::stepControl(char byte, Sink& sink) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == kEscape) {
        m_state = State::Escape;
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
        m_state = State::Escape;
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
