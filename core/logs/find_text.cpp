// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/find_text.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

namespace logs {

namespace {

// Sixteen bytes side by side: an extension that GCC and clang share, one register on every machine we build for.
using Lane = std::uint8_t __attribute__((vector_size(16)));
constexpr std::size_t kLane = sizeof(Lane);
constexpr std::uint8_t kCase = 0x20;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

Lane laneOf(std::uint8_t byte) {
    return Lane{} + byte;
}

Lane load(const char* at) {
    Lane lane;
    std::memcpy(&lane, at, kLane);
    return lane;
}

// Letters in both cases become one; other bytes may, too: candidates are compared in full.
std::uint8_t folded(char c) {
    return static_cast<std::uint8_t>(static_cast<std::uint8_t>(c) | kCase);
}

} // namespace

TextFinder::TextFinder(std::string_view needle)
    : m_needle(needle) {
    std::transform(m_needle.begin(), m_needle.end(), m_needle.begin(), lower);
}

bool TextFinder::standsAt(const char* at) const {
    return std::equal(m_needle.begin(), m_needle.end(), at, [](char a, char b) { return a == lower(b); });
}

std::size_t TextFinder::find(std::string_view text, std::size_t from) const {
    const std::size_t size = m_needle.size();
    if (from > text.size() || text.size() - from < size)
        return std::string_view::npos;
    if (size == 0)
        return from;
    const char* const data = text.data();
    const std::size_t last = text.size() - size; // where it may stand last
    const Lane head = laneOf(folded(m_needle.front()));
    const Lane tail = laneOf(folded(m_needle.back()));
    const Lane fold = laneOf(kCase);
    std::size_t at = from;
    for (; at + kLane <= last + 1; at += kLane) {
        const auto fits = ((load(data + at) | fold) == head) & ((load(data + at + size - 1) | fold) == tail);
        std::uint64_t halves[2];
        std::memcpy(halves, &fits, sizeof(halves));
        if ((halves[0] | halves[1]) == 0)
            continue;
        for (std::size_t byte = 0; byte < kLane; ++byte) {
            if (standsAt(data + at + byte))
                return at + byte;
        }
    }
    for (; at <= last; ++at) {
        if (standsAt(data + at))
            return at;
    }
    return std::string_view::npos;
}

} // namespace logs
