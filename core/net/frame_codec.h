// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/web_socket.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace net {

/// The client's side of RFC 6455 after the handshake, without any I/O: bytes in, messages out, and back. Pings are
/// answered, a close is answered, texts are checked for UTF-8. One thread.
class FrameCodec {
public:
    explicit FrameCodec(std::size_t maxMessage);
    ~FrameCodec();
    FrameCodec(const FrameCodec&) = delete;
    FrameCodec& operator=(const FrameCodec&) = delete;

    /// Appends what became whole to `messages`. False: the peer broke the protocol, and why() says how.
    bool feed(std::string_view bytes, std::vector<SocketMessage>& messages);
    [[nodiscard]] const std::string& why() const;

    /// One frame each.
    void queue(const SocketMessage& message);
    void queuePing();
    void queueClose(const SocketClose& farewell);
    /// Up to `size` bytes that are to be sent; 0: none are.
    std::size_t take(char* buffer, std::size_t size);

    [[nodiscard]] bool hasOutput() const;

    /// Pongs that came so far.
    [[nodiscard]] std::size_t pongs() const;
    /// The peer's farewell, once it came; what follows it is ignored.
    [[nodiscard]] const std::optional<SocketClose>& farewell() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace net
