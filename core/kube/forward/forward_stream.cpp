// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/forward/forward_stream.h"

#include "core/kube/forward/spdy.h"
#include "core/kube/watch_requests.h"
#include "core/net/http.h"

#include <array>
#include <utility>

// Two protocols carry a port-forward over a WebSocket.
//
// SPDY/3.1+portforward.k8s.io (servers since 1.30): the messages are the bytes of a SPDY/3.1 connection, on which each
// TCP connection is a pair of streams, one for data and one for what went wrong. It has the end of either way by itself
// (a client that says all and then waits is answered), so it is asked for first.
//
// v4.channel.k8s.io (the kubelet's own, all versions): channel 0 has data, channel 1 what went wrong, the first message
// of each the port, little-endian. It knows no end of one way, hence it is what remains for servers before 1.30.
// Servers of 1.34 and 1.36 take both, and choose the first where both are offered
// (tests/core/kube/forward/tst_forward_real).
//
// Both could carry many connections. The server's SPDY library has no windows, so one client that does not read would
// hold up all others of the same WebSocket; and what breaks one of them would break all. Hence one each.
namespace kube {

namespace {

constexpr std::uint32_t kErrorStream = 1;
constexpr std::uint32_t kDataStream = 3;
constexpr std::size_t kPiece = std::size_t(64) << 10;
constexpr std::size_t kMostError = std::size_t(16) << 10;
constexpr const char* kTunnel = "SPDY/3.1+portforward.k8s.io";

net::SocketMessage binary(std::string bytes) {
    return {net::SocketMessage::Kind::Binary, std::move(bytes)};
}

} // namespace

struct ForwardStream::State : std::enable_shared_from_this<ForwardStream::State> {
    ForwardStreamSink sink;
    std::unique_ptr<Socket> socket;
    std::uint16_t port = 0;
    bool isTunnel = false;
    bool isOpen = false;    // bytes are taken
    bool isClosed = false;  // the sink has heard so
    bool dataEnded = false; // nothing more comes from the pod
    bool wasReset = false;
    bool errorEnded = false;          // the server has said all there is to say
    std::vector<std::string> waiting; // frames of the protocol's own for which there was no room
    std::string error;                // what came over the error stream
    std::array<std::string, 2> ports; // v4: the first two bytes of each channel
    SpdyWriter writer;
    SpdyReader reader{[this](const SpdyEvent& event) { onEvent(event); }};

    void onOpened(const net::Response& head) {
        isTunnel = net::header(head.headers, "Sec-WebSocket-Protocol") == kTunnel;
        if (!isTunnel) {
            becomeOpen();
            return;
        }
        const std::string number = std::to_string(port);
        say(writer.open(kErrorStream, {{"streamtype", "error"}, {"port", number}, {"requestid", "0"}}));
        say(SpdyWriter::data(kErrorStream, {}, SpdyWriter::Last::Yes));
        say(writer.open(kDataStream, {{"streamtype", "data"}, {"port", number}, {"requestid", "0"}}));
    }

    void becomeOpen() {
        isOpen = true;
        if (sink.opened)
            sink.opened();
    }

    // A small message, which there is always room for but in the midst of a flood: then it follows.
    void say(std::string bytes) {
        if (!waiting.empty() || !socket->send(binary(bytes)))
            waiting.push_back(std::move(bytes));
    }

    void onDrained() {
        while (!waiting.empty() && socket->send(binary(waiting.front())))
            waiting.erase(waiting.begin());
        if (waiting.empty() && isOpen && sink.drained)
            sink.drained();
    }

    void onMessage(const net::SocketMessage& message) {
        const std::size_t size = message.data.size();
        if (isClosed) {
            socket->handled(size);
            return;
        }
        if (!isTunnel)
            onChannel(message.data);
        else if (!reader.feed(message.data))
            fail(base::ErrorCode::BadResponse, "the server broke the port-forward's protocol: " + reader.why());
        if (isClosed)
            socket->handled(size);
        else if (sink.arrived)
            sink.arrived(size);
    }

    void onEvent(const SpdyEvent& event) {
        const bool isData = event.stream == kDataStream;
        switch (event.kind) {
        case SpdyEvent::Kind::Reply:
            if (isData && !isOpen && !isClosed)
                becomeOpen();
            break;
        case SpdyEvent::Kind::Data:
            if (isData)
                take(event.data);
            else if (event.stream == kErrorStream && error.size() < kMostError)
                error += event.data;
            break;
        case SpdyEvent::Kind::Reset:
        case SpdyEvent::Kind::End:
            onStreamEnd(event.stream, event.kind == SpdyEvent::Kind::Reset);
            break;
        case SpdyEvent::Kind::Ping:
            if (event.value % 2 == 0) // odd ones are answers to pings of ours
                say(SpdyWriter::ping(event.value));
            break;
        case SpdyEvent::Kind::GoAway:
            break;
        }
    }

    void take(std::string_view bytes) {
        if (!dataEnded && !isClosed && sink.data && !bytes.empty())
            sink.data(bytes);
    }

    // A reset stream of data says that something is wrong, and the error stream what.
    void onStreamEnd(std::uint32_t stream, bool isReset) {
        if (stream == kErrorStream)
            errorEnded = true;
        if (stream == kDataStream && isReset)
            wasReset = true;
        if (stream == kDataStream && !std::exchange(dataEnded, true) && !isReset && !isClosed && sink.ended)
            sink.ended();
        if (errorEnded && (dataEnded || !error.empty()))
            finish();
    }

    void onChannel(std::string_view message) {
        if (message.empty())
            return;
        const auto channel = static_cast<unsigned char>(message[0]);
        message.remove_prefix(1);
        if (channel > 1) {
            fail(base::ErrorCode::BadResponse, "the server wrote on a channel that nobody asked for");
            return;
        }
        std::string& first = ports[channel];
        if (first.size() < 2) {
            const std::string_view piece = message.substr(0, 2 - first.size());
            first += piece;
            message.remove_prefix(piece.size());
            if (first.size() < 2)
                return;
            const auto said = static_cast<unsigned char>(first[0]) | static_cast<unsigned char>(first[1]) << 8U;
            if (static_cast<std::uint16_t>(said) != port) {
                fail(base::ErrorCode::BadResponse, "the server forwards another port than the one asked for");
                return;
            }
        }
        if (channel == 0)
            take(message);
        else if (error.size() < kMostError)
            error += message;
    }

    void onSocketClosed(base::Result<net::SocketClose> farewell) {
        if (isClosed)
            return;
        if (!farewell && !isOpen && error.empty()) {
            close(base::fail(std::move(farewell.error())));
            return;
        }
        // v4 has no other end than this one.
        if (!isTunnel && farewell && isOpen && error.empty() && !std::exchange(dataEnded, true) && sink.ended)
            sink.ended();
        if (dataEnded || !error.empty())
            finish();
        else
            fail(base::ErrorCode::Unreachable,
                 "lost connection to pod" + (farewell ? std::string() : ": " + farewell.error().message));
    }

    void finish() {
        if (!error.empty())
            fail(base::ErrorCode::Refused, error);
        else if (wasReset)
            fail(base::ErrorCode::Unreachable, "the pod's side broke the connection off");
        else
            close({});
    }

    void fail(base::ErrorCode code, std::string message) { close(base::fail(code, std::move(message))); }

    void close(base::Result<void> result) {
        isOpen = false;
        if (std::exchange(isClosed, true))
            return;
        if (socket)
            socket->close();
        const auto closed = std::move(sink.closed);
        if (closed)
            closed(std::move(result));
    }
};

ForwardStream::ForwardStream(std::shared_ptr<State> state)
    : m_state(std::move(state)) {}

ForwardStream::~ForwardStream() {
    m_state->isClosed = true;
    m_state->socket.reset();
}

ApiRequest forwardRequest(const ForwardStreamSpec& spec) {
    ApiRequest request;
    request.verb = "get";
    request.resource = "pods/portforward";
    request.accept = "*/*";
    request.deadline = spec.deadline;
    // SPDY's streams say the port themselves.
    request.target = "/api/v1/namespaces/" + queryEscape(spec.ns) + "/pods/" + queryEscape(spec.pod) +
                     "/portforward?ports=" + std::to_string(spec.port);
    return request;
}

std::unique_ptr<ForwardStream> ForwardStream::open(Transport& transport, const ForwardStreamSpec& spec,
                                                   base::Executor& executor, ForwardStreamSink sink) {
    auto state = std::make_shared<State>();
    state->sink = std::move(sink);
    state->port = spec.port;
    net::SocketOptions options;
    options.protocols = spec.protocols;
    options.handled = net::SocketOptions::Handled::WhenTold;
    net::SocketSink heard;
    // Held weakly: the state owns the socket, which owns these.
    const std::weak_ptr<State> weak = state;
    heard.opened = [weak](const net::Response& head) {
        if (const auto held = weak.lock())
            held->onOpened(head);
    };
    heard.message = [weak](const net::SocketMessage& message) {
        if (const auto held = weak.lock())
            held->onMessage(message);
    };
    heard.drained = [weak] {
        if (const auto held = weak.lock())
            held->onDrained();
    };
    heard.closed = [weak](base::Result<net::SocketClose> farewell) {
        if (const auto held = weak.lock())
            held->onSocketClosed(std::move(farewell));
    };
    state->socket = transport.connect(forwardRequest(spec), std::move(options), executor, std::move(heard));
    return std::unique_ptr<ForwardStream>(new ForwardStream(std::move(state)));
}

std::size_t ForwardStream::write(std::string_view bytes) {
    State& state = *m_state;
    std::size_t taken = 0;
    while (state.isOpen && state.waiting.empty() && taken < bytes.size()) {
        const std::string_view piece = bytes.substr(taken, kPiece);
        std::string message =
            state.isTunnel ? SpdyWriter::data(kDataStream, piece) : std::string(1, '\0').append(piece);
        if (!state.socket->send(binary(std::move(message))))
            break;
        taken += piece.size();
    }
    return taken;
}

bool ForwardStream::closeWriting() {
    State& state = *m_state;
    if (state.isOpen && !state.isTunnel)
        return false;
    if (state.isOpen)
        state.say(SpdyWriter::data(kDataStream, {}, SpdyWriter::Last::Yes));
    return true;
}

void ForwardStream::handled(std::size_t size) {
    if (m_state->socket)
        m_state->socket->handled(size);
}

} // namespace kube
