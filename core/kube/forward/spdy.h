// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/unique_function.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// SPDY/3.1 as far as a port-forward needs it (https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1):
// streams that the client opens, data, and their ends. Windows are not used: the server's library knows none.
namespace kube {

struct SpdyEvent {
    enum class Kind {
        Reply, ///< The stream was accepted.
        Data,  ///< `data`, a piece of a frame.
        End,   ///< The stream ends from the peer's side.
        Reset, ///< The stream is given up; `value` is the status.
        Ping,  ///< To be answered with the same `value`.
        GoAway ///< Nothing more will be accepted.
    };
    Kind kind = Kind::Data;
    std::uint32_t stream = 0;
    std::uint32_t value = 0;
    std::string_view data; ///< As long as the call lasts.
};

/// Reads frames however they are cut. What headers say is passed over; it holds at most a control frame's start.
class SpdyReader {
public:
    using Handler = base::UniqueFunction<void(const SpdyEvent&)>;

    explicit SpdyReader(Handler handler)
        : m_handler(std::move(handler)) {}

    /// False: the peer does not speak SPDY/3.1; nothing more is read then.
    [[nodiscard]] bool feed(std::string_view bytes);
    [[nodiscard]] const std::string& why() const { return m_why; }

private:
    void takeHead();
    void takeControl();
    [[nodiscard]] std::uint32_t number(std::size_t at) const;
    void tell(SpdyEvent::Kind kind, std::uint32_t stream, std::uint32_t value = 0, std::string_view data = {}) const;
    void fail(std::string why);

    const Handler m_handler;
    std::string m_head;     // of the frame that is being read, and what is kept of a control frame
    std::size_t m_keep = 8; // how much m_head shall hold
    std::size_t m_left = 0; // of the frame behind m_head
    std::uint32_t m_stream = 0;
    bool m_isControl = false;
    bool m_inFrame = false;
    bool m_isLast = false;
    std::string m_why;
};

/// Makes frames. Headers are compressed over all streams together, so one writer serves one connection.
class SpdyWriter {
public:
    SpdyWriter();
    ~SpdyWriter();
    SpdyWriter(const SpdyWriter&) = delete;
    SpdyWriter& operator=(const SpdyWriter&) = delete;

    /// SYN_STREAM; names in lower case.
    [[nodiscard]] std::string open(std::uint32_t stream,
                                   const std::vector<std::pair<std::string, std::string>>& headers);

    enum class Last { No, Yes };
    [[nodiscard]] static std::string data(std::uint32_t stream, std::string_view bytes, Last last = Last::No);
    [[nodiscard]] static std::string ping(std::uint32_t id);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kube
