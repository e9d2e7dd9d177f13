// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/socket_handshake.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>

namespace net {

namespace {

std::string base64(const unsigned char* bytes, std::size_t size) {
    std::string text((size + 2) / 3 * 4 + 1, '\0'); // EVP ends it with a NUL
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes, static_cast<int>(size));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

/// Whether a comma-separated header has this word.
bool lists(std::string_view value, std::string_view word) {
    while (!value.empty()) {
        const std::size_t comma = std::min(value.find(','), value.size());
        std::string_view item = value.substr(0, comma);
        while (!item.empty() && (item.front() == ' ' || item.front() == '\t'))
            item.remove_prefix(1);
        while (!item.empty() && (item.back() == ' ' || item.back() == '\t'))
            item.remove_suffix(1);
        if (equalsIgnoringCase(item, word))
            return true;
        value.remove_prefix(std::min(comma + 1, value.size()));
    }
    return false;
}

} // namespace

std::string makeSocketKey() {
    std::array<unsigned char, 16> bytes{};
    RAND_bytes(bytes.data(), static_cast<int>(bytes.size()));
    return base64(bytes.data(), bytes.size());
}

std::string socketAcceptFor(std::string_view key) {
    const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    return base64(digest.data(), digest.size());
}

Headers socketHeaders(const std::string& key, const std::vector<std::string>& protocols) {
    Headers headers{{"Connection", "Upgrade"},
                    {"Upgrade", "websocket"},
                    {"Sec-WebSocket-Version", "13"},
                    {"Sec-WebSocket-Key", key}};
    std::string offered;
    for (const std::string& protocol : protocols)
        offered += (offered.empty() ? "" : ", ") + protocol;
    if (!offered.empty())
        headers.emplace_back("Sec-WebSocket-Protocol", offered);
    return headers;
}

std::string whatIsWrongWith(const Response& answer, const std::string& key, const std::vector<std::string>& protocols) {
    if (!lists(header(answer.headers, "Upgrade"), "websocket") ||
        !lists(header(answer.headers, "Connection"), "upgrade"))
        return "switched to another protocol than WebSocket";
    if (header(answer.headers, "Sec-WebSocket-Accept") != socketAcceptFor(key))
        return "answered the WebSocket handshake with a wrong key";
    if (!header(answer.headers, "Sec-WebSocket-Extensions").empty())
        return "chose a WebSocket extension that was not offered";
    const std::string_view chosen = header(answer.headers, "Sec-WebSocket-Protocol");
    if (protocols.empty() ? !chosen.empty() : std::find(protocols.begin(), protocols.end(), chosen) == protocols.end())
        return "chose a WebSocket subprotocol that was not offered: \"" + std::string(chosen.substr(0, 100)) + "\"";
    return {};
}

} // namespace net
