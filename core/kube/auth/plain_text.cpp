// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/auth/plain_text.h"

#include <algorithm>
#include <cstddef>

namespace kube {

namespace {

constexpr const char* hidden = "[hidden]";

/// Length of the escape sequence that starts at raw[0] == ESC.
std::size_t escapeLength(std::string_view raw) {
    if (raw.size() < 2)
        return raw.size();
    std::size_t at = 2;
    if (raw[1] == '[') {
        while (at < raw.size() && (raw[at] < '@' || raw[at] > '~'))
            ++at;
        return std::min(at + 1, raw.size());
    }
    if (raw[1] == ']' || raw[1] == 'P' || raw[1] == '_' || raw[1] == '^' || raw[1] == 'X') {
        // Up to BEL or ESC '\'.
        for (; at < raw.size(); ++at) {
            if (raw[at] == '\a')
                return at + 1;
            if (raw[at] == '\x1b')
                return std::min(at + 2, raw.size());
        }
        return raw.size();
    }
    if (raw[1] >= ' ' && raw[1] <= '/') {
        while (at < raw.size() && raw[at] >= ' ' && raw[at] <= '/')
            ++at;
        return std::min(at + 1, raw.size());
    }
    return 2;
}

/// Length of the well-formed UTF-8 sequence at the start, 0 if there is none.
std::size_t sequenceLength(std::string_view raw) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(raw[i]); };
    const auto continues = [&](std::size_t i) { return i < raw.size() && (byte(i) & 0xc0) == 0x80; };
    if (byte(0) < 0x80)
        return 1;
    if (byte(0) >= 0xc2 && byte(0) <= 0xdf)
        return continues(1) ? 2 : 0;
    if (byte(0) >= 0xe0 && byte(0) <= 0xef) {
        if (!continues(1) || !continues(2) || (byte(0) == 0xe0 && byte(1) < 0xa0) ||
            (byte(0) == 0xed && byte(1) > 0x9f))
            return 0;
        return 3;
    }
    if (byte(0) >= 0xf0 && byte(0) <= 0xf4) {
        if (!continues(1) || !continues(2) || !continues(3) || (byte(0) == 0xf0 && byte(1) < 0x90) ||
            (byte(0) == 0xf4 && byte(1) > 0x8f))
            return 0;
        return 4;
    }
    return 0;
}

bool isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == '=' || c == '+' || c == '/';
}

} // namespace

std::string plainText(std::string_view raw) {
    std::string out;
    out.reserve(raw.size());
    while (!raw.empty()) {
        const char first = raw.front();
        std::size_t length = 1;
        if (first == '\x1b') {
            length = escapeLength(raw);
        } else if (first == '\n' || first == '\t') {
            out.push_back(first);
        } else if (static_cast<unsigned char>(first) < 0x20 || first == 0x7f) {
            // Dropped: bells, carriage returns of progress bars.
        } else if (const std::size_t sequence = sequenceLength(raw); sequence > 0) {
            length = sequence;
            // U+0080 to U+009F are control characters, too.
            if (!(sequence == 2 && first == '\xc2' && static_cast<unsigned char>(raw[1]) < 0xa0))
                out.append(raw.substr(0, sequence));
        } else {
            out.push_back('?');
        }
        raw.remove_prefix(length);
    }
    return out;
}

std::string withoutSecrets(std::string text, const std::vector<std::string>& secrets) {
    for (const std::string& secret : secrets) {
        if (secret.size() < 6)
            continue;
        for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
            text.replace(at, secret.size(), hidden);
    }
    // JSON Web Tokens, the tokens of AWS, and bearer headers.
    for (const std::string_view start : {"eyJ", "k8s-aws-v1.", "Bearer "}) {
        for (auto at = text.find(start); at != std::string::npos; at = text.find(start, at + 1)) {
            auto end = at + start.size();
            while (end < text.size() && isTokenCharacter(text[end]))
                ++end;
            if (end - at >= 16)
                text.replace(at, end - at, hidden);
        }
    }
    return text;
}

} // namespace kube
