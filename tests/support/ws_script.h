// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/lying_server.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// A WebSocket server's side, by hand, so that it may be done wrong.
namespace testsupport::ws {

enum class Opcode : std::uint8_t { More = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// The answer 101 to a handshake.
std::string accept(const Exchange& exchange, std::string_view protocol = {});

/// One frame, not masked, as servers send them.
std::string frame(Opcode opcode, std::string_view payload, bool isLast = true);
/// The same with a mask, as they must not.
std::string maskedFrame(Opcode opcode, std::string_view payload);
std::string closeFrame(int code, std::string_view reason = {});

struct Frame {
    Opcode opcode = Opcode::Binary;
    bool isLast = true;
    bool isMasked = false;
    std::string payload; ///< Unmasked.
};

/// Reads the client's frames.
class Reader {
public:
    explicit Reader(Wire& wire)
        : m_wire(wire) {}
    /// Nothing: the client closed the connection.
    std::optional<Frame> next();

private:
    bool have(std::size_t size);

    Wire& m_wire;
    std::string m_bytes;
};

} // namespace testsupport::ws
