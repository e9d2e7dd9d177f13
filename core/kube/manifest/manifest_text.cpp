// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/manifest/manifest_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace kube::manifest {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

unsigned byteAt(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U;
}

struct Character {
    std::size_t length; ///< Of an invalid one, its longest part that could have been a beginning.
    bool isValid;
};

Character characterAt(std::string_view text, std::size_t at) {
    const unsigned first = byteAt(text, at);
    if (first < 0x80)
        return {1, true};
    if (first < 0xC2 || first > 0xF4)
        return {1, false};
    const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    const unsigned least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    for (std::size_t i = 1; i < length; ++i) {
        const unsigned next = byteAt(text, at + i);
        if (at + i >= text.size() || next < (i == 1 ? least : 0x80U) || next > (i == 1 ? most : 0xBFU))
            return {i, false};
    }
    return {length, true};
}

FileText fromUtf8(std::string_view bytes) {
    FileText out;
    out.text.reserve(bytes.size());
    std::size_t copied = 0;
    for (std::size_t i = 0; i < bytes.size();) {
        const Character character = characterAt(bytes, i);
        if (!character.isValid) {
            out.text.append(bytes, copied, i - copied);
            if (!out.replaced)
                out.replaced = out.text.size();
            out.text += kReplacement;
            copied = i + character.length;
        }
        i += character.length;
    }
    out.text.append(bytes, copied);
    return out;
}

FileText fromUtf16(std::string_view bytes, std::size_t low) {
    FileText out;
    out.text.reserve(bytes.size());
    const auto unit = [&](std::size_t at) { return byteAt(bytes, at + low) | (byteAt(bytes, at + 1 - low) << 8U); };
    const auto replace = [&] {
        if (!out.replaced)
            out.replaced = out.text.size();
        out.text += kReplacement;
    };
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        if (i + 1 == bytes.size()) {
            replace();
            break;
        }
        const std::uint32_t code = unit(i);
        if (code < 0xD800 || code > 0xDFFF) {
            appendUtf8(out.text, code);
            continue;
        }
        const std::uint32_t next = code < 0xDC00 && i + 3 < bytes.size() ? unit(i + 2) : 0;
        if (next < 0xDC00 || next > 0xDFFF) {
            replace();
            continue;
        }
        appendUtf8(out.text, 0x10000U + ((code - 0xD800U) << 10U) + (next - 0xDC00U));
        i += 2;
    }
    return out;
}

} // namespace

void appendUtf8(std::string& out, std::uint32_t code) {
    const auto add = [&](std::uint32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    const auto rest = [&](int shift) { add(0x80U | ((code >> shift) & 0x3FU)); };
    if (code < 0x80) {
        add(code);
    } else if (code < 0x800) {
        add(0xC0U | (code >> 6));
        rest(0);
    } else if (code < 0x10000) {
        add(0xE0U | (code >> 12));
        rest(6);
        rest(0);
    } else {
        add(0xF0U | (code >> 18));
        rest(12);
        rest(6);
        rest(0);
    }
}

std::string replaceInvalid(std::string_view bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes.size();) {
        const Character character = characterAt(bytes, i);
        out += character.isValid ? bytes.substr(i, character.length) : kReplacement;
        i += character.isValid ? character.length : 1;
    }
    return out;
}

std::string replaceCut(std::string_view bytes) {
    return fromUtf8(bytes).text;
}

FileText readFileText(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE"))
        return fromUtf16(bytes.substr(2), 0);
    if (bytes.starts_with("\xFE\xFF"))
        return fromUtf16(bytes.substr(2), 1);
    if (bytes.starts_with("\xEF\xBB\xBF"))
        return {std::string(bytes.substr(3)), {}};
    return fromUtf8(bytes);
}

std::size_t blankLength(std::string_view text) {
    if (text.empty())
        return 0;
    if (std::string_view(" \t\n\v\f\r").find(text.front()) != std::string_view::npos)
        return 1;
    static constexpr std::array<std::string_view, 19> kWide = {
        "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", "\xE2\x80\x80", "\xE2\x80\x81", "\xE2\x80\x82", "\xE2\x80\x83",
        "\xE2\x80\x84", "\xE2\x80\x85", "\xE2\x80\x86", "\xE2\x80\x87", "\xE2\x80\x88", "\xE2\x80\x89", "\xE2\x80\x8A",
        "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80"};
    const auto* found = std::find_if(kWide.begin(), kWide.end(), [&](auto blank) { return text.starts_with(blank); });
    return found == kWide.end() ? 0 : found->size();
}

Position PositionCounter::at(std::size_t offset) {
    for (; m_offset < std::min(offset, m_text.size()); ++m_offset) {
        const char c = m_text[m_offset];
        if (c == '\n')
            m_position = {m_position.line + 1, 1};
        else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U)
            ++m_position.column;
    }
    return m_position;
}

} // namespace kube::manifest
