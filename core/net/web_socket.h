// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/base/unique_function.h"
#include "core/net/http.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace net {

class SocketLink;

struct SocketMessage {
    enum class Kind { Text, Binary };
    Kind kind = Kind::Binary;
    std::string data;

    bool operator==(const SocketMessage&) const = default;
};

/// How the other side ended a WebSocket (RFC 6455, section 7.4).
struct SocketClose {
    int code = 1005; ///< 1005: it named none; 1006: it left our close unanswered.
    std::string reason;

    bool operator==(const SocketClose&) const = default;
};

struct SocketOptions {
    std::vector<std::string> protocols;            ///< Offered, best first. The server has to choose one, if any.
    std::size_t maxMessage = std::size_t(4) << 20; ///< A larger message ends the socket with BadResponse.
    std::chrono::milliseconds closePatience{3000}; ///< How long the answer to our close may take.
    /// When a message counts as handled, so that more is read: once the sink has returned, or once it was told so, for
    /// those who pass on what they hear and have to wait for another.
    enum class Handled { OnReturn, WhenTold };
    Handled handled = Handled::OnReturn;
};

/// Receives what comes over a WebSocket. All run on the executor given to Engine::connect, in order: opened once,
/// message any number of times, and as the last one refused or closed, once. After the Cancel was used none runs.
struct SocketSink {
    /// The answer 101. The subprotocol chosen is its header Sec-WebSocket-Protocol.
    base::UniqueFunction<void(Response)> opened;
    /// Whole messages, however they were split into frames.
    base::UniqueFunction<void(SocketMessage)> message;
    /// There is room again after send() said no.
    base::UniqueFunction<void()> drained;
    /// Instead of opened and closed: the server's answer was another one than 101. Has its body.
    base::UniqueFunction<void(Response)> refused;
    /// The other side's farewell, or why there was none: the connection never stood, was cut or died.
    base::UniqueFunction<void(base::Result<SocketClose>)> closed;
};

/// Our end of a WebSocket that Engine::connect opened. Destroying it cuts the connection and gives up the sink. Any
/// thread may call; calls before the opening are kept for it, calls after the end do nothing.
///
/// Both ways are bounded. What was sent and is not yet on its way is at most kMostBuffered and one message. What has
/// come and was not handled by the sink is at most that, too: then no more is read until the sink has caught up.
class WebSocket {
public:
    static constexpr std::size_t kMostBuffered = std::size_t(1) << 20;

    WebSocket() = default;
    WebSocket(base::Cancel cancel, std::shared_ptr<SocketLink> link)
        : m_cancel(std::move(cancel))
        , m_link(std::move(link)) {}

    /// False: there is no room, nothing was taken, and SocketSink::drained runs once there is.
    [[nodiscard]] bool send(SocketMessage message);
    /// A message of so many bytes is done with; for SocketOptions::Handled::WhenTold.
    void handled(std::size_t size);
    /// Says farewell after what was sent, and ends once the other side did the same.
    void close(int code = 1000, std::string reason = {});
    void cancel() { m_cancel.cancel(); }
    /// Hands over what cuts the connection: from now on that does, and destroying the socket does not.
    [[nodiscard]] base::Cancel takeCancel() { return std::move(m_cancel); }

private:
    base::Cancel m_cancel;
    std::shared_ptr<SocketLink> m_link;
};

} // namespace net
