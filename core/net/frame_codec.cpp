// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/frame_codec.h"

#include <openssl/rand.h>
#include <sys/types.h>
#include <wslay/wslay.h>

#include <algorithm>
#include <utility>

namespace net {

namespace {

const std::uint8_t* bytesOf(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

} // namespace

struct FrameCodec::State {
    wslay_event_context_ptr context = nullptr;
    std::string_view input; // of the feed under way
    std::vector<SocketMessage>* messages = nullptr;
    std::string output; // made by wslay, not yet taken
    std::size_t taken = 0;
    std::size_t pongs = 0;
    std::size_t maxMessage = 0;
    std::optional<SocketClose> farewell;
    std::string why;

    static ssize_t onRecv(wslay_event_context_ptr context, std::uint8_t* buffer, std::size_t size, int, void* self) {
        State& state = *static_cast<State*>(self);
        const std::size_t count = std::min(size, state.input.size());
        if (count == 0) {
            wslay_event_set_error(context, WSLAY_ERR_WOULDBLOCK);
            return -1;
        }
        std::copy_n(bytesOf(state.input), count, buffer);
        state.input.remove_prefix(count);
        return static_cast<ssize_t>(count);
    }
    static ssize_t onSend(wslay_event_context_ptr, const std::uint8_t* data, std::size_t size, int, void* self) {
        static_cast<State*>(self)->output.append(reinterpret_cast<const char*>(data), size);
        return static_cast<ssize_t>(size);
    }
    static int onMask(wslay_event_context_ptr, std::uint8_t* buffer, std::size_t size, void*) {
        return RAND_bytes(buffer, static_cast<int>(size)) == 1 ? 0 : -1;
    }
    static void onMessage(wslay_event_context_ptr, const wslay_event_on_msg_recv_arg* arg, void* self) {
        State& state = *static_cast<State*>(self);
        const std::string_view data(reinterpret_cast<const char*>(arg->msg), arg->msg_length);
        switch (arg->opcode) {
        case WSLAY_TEXT_FRAME:
        case WSLAY_BINARY_FRAME:
            state.messages->push_back(
                {arg->opcode == WSLAY_TEXT_FRAME ? SocketMessage::Kind::Text : SocketMessage::Kind::Binary,
                 std::string(data)});
            break;
        case WSLAY_PONG:
            ++state.pongs;
            break;
        case WSLAY_CONNECTION_CLOSE: {
            SocketClose farewell;
            if (arg->status_code != 0) {
                farewell.code = arg->status_code;
                farewell.reason = data.substr(std::min<std::size_t>(2, data.size())); // after the code
            }
            state.farewell = std::move(farewell);
            break;
        }
        default:
            break;
        }
    }
};

FrameCodec::FrameCodec(std::size_t maxMessage)
    : m_state(std::make_unique<State>()) {
    wslay_event_callbacks callbacks{};
    callbacks.recv_callback = &State::onRecv;
    callbacks.send_callback = &State::onSend;
    callbacks.genmask_callback = &State::onMask;
    callbacks.on_msg_recv_callback = &State::onMessage;
    wslay_event_context_client_init(&m_state->context, &callbacks, m_state.get());
    wslay_event_config_set_max_recv_msg_length(m_state->context, maxMessage);
    m_state->maxMessage = maxMessage;
}

FrameCodec::~FrameCodec() {
    wslay_event_context_free(m_state->context);
}

bool FrameCodec::feed(std::string_view bytes, std::vector<SocketMessage>& messages) {
    State& state = *m_state;
    state.input = bytes;
    state.messages = &messages;
    // It may ask for less than there is and come back before all is read.
    while (state.why.empty() && !state.farewell && !state.input.empty()) {
        const bool good = wslay_event_recv(state.context) == 0 &&
                          (state.farewell || wslay_event_get_read_enabled(state.context) != 0);
        if (good)
            continue;
        // wslay has queued the close that tells the peer what it did; once that is made it tells us, too.
        if (wslay_event_get_write_enabled(state.context) != 0)
            wslay_event_send(state.context);
        state.why = wslay_event_get_status_code_sent(state.context) == WSLAY_CODE_MESSAGE_TOO_BIG
                        ? "sent a message of more than the " + std::to_string(state.maxMessage) + " bytes allowed"
                        : "broke the WebSocket protocol";
    }
    state.input = {};
    state.messages = nullptr;
    return state.why.empty();
}

const std::string& FrameCodec::why() const {
    return m_state->why;
}

void FrameCodec::queue(const SocketMessage& message) {
    wslay_event_msg frame{};
    frame.opcode = message.kind == SocketMessage::Kind::Text ? WSLAY_TEXT_FRAME : WSLAY_BINARY_FRAME;
    frame.msg = bytesOf(message.data);
    frame.msg_length = message.data.size();
    wslay_event_queue_msg(m_state->context, &frame);
}

void FrameCodec::queuePing() {
    wslay_event_msg frame{};
    frame.opcode = WSLAY_PING;
    wslay_event_queue_msg(m_state->context, &frame);
}

void FrameCodec::queueClose(const SocketClose& farewell) {
    wslay_event_queue_close(m_state->context, static_cast<std::uint16_t>(farewell.code), bytesOf(farewell.reason),
                            std::min<std::size_t>(farewell.reason.size(), 123));
}

std::size_t FrameCodec::take(char* buffer, std::size_t size) {
    State& state = *m_state;
    if (state.taken == state.output.size()) {
        state.output.clear();
        state.taken = 0;
        if (wslay_event_want_write(state.context) && wslay_event_send(state.context) != 0)
            state.output.clear();
    }
    const std::size_t count = std::min(size, state.output.size() - state.taken);
    std::copy_n(state.output.data() + state.taken, count, buffer);
    state.taken += count;
    return count;
}

bool FrameCodec::hasOutput() const {
    return m_state->taken < m_state->output.size() || wslay_event_want_write(m_state->context) != 0;
}

std::size_t FrameCodec::pongs() const {
    return m_state->pongs;
}

const std::optional<SocketClose>& FrameCodec::farewell() const {
    return m_state->farewell;
}

} // namespace net
