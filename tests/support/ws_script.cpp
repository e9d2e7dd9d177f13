// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ws_script.h"

#include "core/net/socket_handshake.h"

namespace testsupport::ws {

namespace {

std::string head(Opcode opcode, std::size_t size, bool isLast, bool isMasked) {
    const unsigned mask = isMasked ? 0x80U : 0;
    std::string bytes(1, static_cast<char>(static_cast<unsigned>(opcode) | (isLast ? 0x80U : 0)));
    const int more = size < 126 ? 0 : size < 65536 ? 2 : 8;
    bytes += static_cast<char>(mask | (more == 0 ? size : more == 2 ? 126 : 127));
    for (int i = more; i-- > 0;)
        bytes += static_cast<char>(static_cast<std::uint64_t>(size) >> (8 * i) & 0xFF);
    return bytes;
}

} // namespace

std::string accept(const Exchange& exchange, std::string_view protocol) {
    std::string text = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       "Sec-WebSocket-Accept: " +
                       net::socketAcceptFor(exchange.header("Sec-WebSocket-Key")) + "\r\n";
    if (!protocol.empty())
        text += "Sec-WebSocket-Protocol: " + std::string(protocol) + "\r\n";
    return text + "\r\n";
}

std::string frame(Opcode opcode, std::string_view payload, bool isLast) {
    return head(opcode, payload.size(), isLast, false) + std::string(payload);
}

std::string maskedFrame(Opcode opcode, std::string_view payload) {
    return head(opcode, payload.size(), true, true) + std::string(4, '\0') + std::string(payload);
}

std::string closeFrame(int code, std::string_view reason) {
    const std::string number{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
    return frame(Opcode::Close, number + std::string(reason));
}

bool Reader::have(std::size_t size) {
    while (m_bytes.size() < size) {
        const std::string more = m_wire.read();
        if (more.empty())
            return false;
        m_bytes += more;
    }
    return true;
}

std::optional<Frame> Reader::next() {
    const auto byteAt = [this](std::size_t i) { return static_cast<unsigned char>(m_bytes[i]); };
    if (!have(2))
        return std::nullopt;
    Frame frame;
    frame.isLast = (byteAt(0) & 0x80U) != 0;
    frame.opcode = static_cast<Opcode>(byteAt(0) & 0x0FU);
    frame.isMasked = (byteAt(1) & 0x80U) != 0;
    std::size_t size = byteAt(1) & 0x7FU;
    std::size_t at = 2;
    if (size >= 126) {
        const std::size_t more = size == 126 ? 2 : 8;
        if (!have(at + more))
            return std::nullopt;
        size = 0;
        for (std::size_t i = 0; i < more; ++i)
            size = size << 8U | byteAt(at + i);
        at += more;
    }
    const std::size_t mask = at;
    at += frame.isMasked ? 4 : 0;
    if (!have(at + size))
        return std::nullopt;
    frame.payload = m_bytes.substr(at, size);
    for (std::size_t i = 0; frame.isMasked && i < size; ++i)
        frame.payload[i] = static_cast<char>(static_cast<unsigned char>(frame.payload[i]) ^ byteAt(mask + i % 4));
    m_bytes.erase(0, at + size);
    return frame;
}

} // namespace testsupport::ws
