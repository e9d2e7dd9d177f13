// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/config/base64.h"

#include <algorithm>
#include <cstdint>

namespace kube {

std::string encodeBase64(std::string_view bytes) {
    static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto byte = [&](std::size_t at) {
            return at < bytes.size() ? static_cast<unsigned>(static_cast<unsigned char>(bytes[at])) : 0U;
        };
        const unsigned bits = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
        out.push_back(alphabet[bits >> 18]);
        out.push_back(alphabet[bits >> 12 & 63]);
        out.push_back(i + 1 < bytes.size() ? alphabet[bits >> 6 & 63] : '=');
        out.push_back(i + 2 < bytes.size() ? alphabet[bits & 63] : '=');
    }
    return out;
}

std::optional<std::string> decodeBase64(std::string_view text) {
    const auto valueOf = [](char c) -> int {
        if (c >= 'A' && c <= 'Z')
            return c - 'A';
        if (c >= 'a' && c <= 'z')
            return c - 'a' + 26;
        if (c >= '0' && c <= '9')
            return c - '0' + 52;
        return c == '+' ? 62 : c == '/' ? 63 : -1;
    };
    std::string out;
    out.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    int count = 0;
    int padding = 0;
    for (const char c : text) {
        if (c == '\r' || c == '\n')
            continue;
        if (c == '=') {
            if (++padding > 2)
                return std::nullopt;
            continue;
        }
        const int value = valueOf(c);
        if (value < 0 || padding > 0)
            return std::nullopt;
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        if (++count == 4) {
            out.push_back(static_cast<char>(bits >> 16));
            out.push_back(static_cast<char>(bits >> 8));
            out.push_back(static_cast<char>(bits));
            bits = 0;
            count = 0;
        }
    }
    if (count == 0)
        return padding == 0 ? std::optional(out) : std::nullopt;
    if (count + padding != 4 || count == 1)
        return std::nullopt;
    if (count == 2) {
        out.push_back(static_cast<char>(bits >> 4));
    } else {
        out.push_back(static_cast<char>(bits >> 10));
        out.push_back(static_cast<char>(bits >> 2));
    }
    return out;
}

std::optional<std::string> decodeBase64Url(std::string_view text) {
    std::string standard(text);
    std::replace(standard.begin(), standard.end(), '-', '+');
    std::replace(standard.begin(), standard.end(), '_', '/');
    standard.append((4 - standard.size() % 4) % 4, '=');
    return decodeBase64(standard);
}

} // namespace kube
