// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/remote_command.h"

#include "core/kube/watch_requests.h"
#include "core/net/http.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace kube {

namespace {

constexpr std::size_t kPiece = 32768; // of input in one message, as kubectl cuts it
constexpr std::size_t kMostStatus = std::size_t(64) << 10;

} // namespace

struct RemoteCommand::State : std::enable_shared_from_this<RemoteCommand::State> {
    RemoteCommandSink sink;
    std::unique_ptr<Socket> socket;
    ChannelProtocol protocol = ChannelProtocol::V5;
    bool isOpen = false;
    std::string status; // what came over the error channel
    std::optional<TerminalSize> size;
    bool wantsInputClosed = false;

    void onOpened(const net::Response& head) {
        // The engine let only those pass that were offered.
        protocol = channelProtocolOf(net::header(head.headers, "Sec-WebSocket-Protocol")).value_or(protocol);
        isOpen = true;
        if (size)
            say(resizeMessage(*size));
        if (sink.opened)
            sink.opened();
    }

    // A small message, which there is always room for but in the midst of a flood: then it follows.
    void say(std::string message) {
        if (waiting.empty() && socket && socket->send({net::SocketMessage::Kind::Binary, message}))
            return;
        waiting.push_back(std::move(message));
    }

    void onDrained() {
        while (!waiting.empty() && socket->send({net::SocketMessage::Kind::Binary, waiting.front()}))
            waiting.erase(waiting.begin());
        if (waiting.empty() && sink.drained)
            sink.drained();
    }

    void onMessage(std::string data) {
        if (data.size() < 2) // an empty one only says that the session stands
            return;
        const auto channel = static_cast<Channel>(data[0]);
        data.erase(0, 1);
        if (channel == Channel::Output && sink.output) {
            sink.output(std::move(data));
        } else if (channel == Channel::ErrorOutput && sink.errorOutput) {
            sink.errorOutput(std::move(data));
        } else if (channel == Channel::Error && status.size() < kMostStatus) {
            status += data;
            auto end = commandEndOf(status);
            if (!end && end.error().code == base::ErrorCode::BadResponse)
                return; // the rest of it may follow
            // All output is before it. Old servers wait for us to go.
            isOpen = false;
            socket->close();
            finish(std::move(end));
        }
    }

    void finish(base::Result<CommandEnd> end) {
        const auto ended = std::move(sink.ended);
        if (ended)
            ended(std::move(end));
    }

    void onClosed(base::Result<net::SocketClose> farewell) {
        isOpen = false;
        if (!status.empty())
            finish(commandEndOf(status));
        else if (!farewell)
            finish(base::fail(std::move(farewell.error())));
        else
            finish(base::fail(base::ErrorCode::Unreachable,
                              "the session was closed before the command's end was known" +
                                  (farewell->reason.empty() ? std::string() : ": " + farewell->reason)));
    }

    std::vector<std::string> waiting;
};

RemoteCommand::RemoteCommand(std::shared_ptr<State> state)
    : m_state(std::move(state)) {}

RemoteCommand::~RemoteCommand() {
    m_state->socket.reset();
}

ApiRequest remoteCommandRequest(const RemoteCommandSpec& spec) {
    const bool exec = spec.kind == RemoteCommandSpec::Kind::Exec;
    const bool tty = spec.terminal == RemoteCommandSpec::Terminal::Wanted;
    ApiRequest request;
    request.verb = "get";
    request.resource = exec ? "pods/exec" : "pods/attach";
    request.accept = "*/*";
    request.deadline = spec.deadline;
    request.target = "/api/v1/namespaces/" + queryEscape(spec.ns) + "/pods/" + queryEscape(spec.pod) +
                     (exec ? "/exec" : "/attach") + "?stdout=true";
    if (!spec.container.empty())
        request.target += "&container=" + queryEscape(spec.container);
    if (spec.hasInput)
        request.target += "&stdin=true";
    request.target += tty ? "&tty=true" : "&stderr=true";
    for (const std::string& word : spec.command)
        request.target += "&command=" + queryEscape(word);
    return request;
}

std::unique_ptr<RemoteCommand> RemoteCommand::start(Transport& transport, const RemoteCommandSpec& spec,
                                                    base::Executor& executor, RemoteCommandSink sink) {
    auto state = std::make_shared<State>();
    state->sink = std::move(sink);
    net::SocketOptions options;
    options.protocols = channelProtocols();
    net::SocketSink heard;
    // Held weakly: the state owns the socket, which owns these.
    const std::weak_ptr<State> weak = state;
    heard.opened = [weak](net::Response head) {
        if (const auto held = weak.lock())
            held->onOpened(head);
    };
    heard.message = [weak](net::SocketMessage message) {
        if (const auto held = weak.lock())
            held->onMessage(std::move(message.data));
    };
    heard.drained = [weak] {
        if (const auto held = weak.lock())
            held->onDrained();
    };
    heard.closed = [weak](base::Result<net::SocketClose> farewell) {
        if (const auto held = weak.lock())
            held->onClosed(std::move(farewell));
    };
    state->socket = transport.connect(remoteCommandRequest(spec), std::move(options), executor, std::move(heard));
    return std::unique_ptr<RemoteCommand>(new RemoteCommand(std::move(state)));
}

std::size_t RemoteCommand::write(std::string_view input) {
    State& state = *m_state;
    std::size_t taken = 0;
    while (state.isOpen && state.waiting.empty() && taken < input.size()) {
        const std::string_view piece = input.substr(taken, kPiece);
        if (!state.socket->send({net::SocketMessage::Kind::Binary, channelMessage(Channel::Input, piece)}))
            break;
        taken += piece.size();
    }
    return taken;
}

bool RemoteCommand::closeInput() {
    if (m_state->protocol != ChannelProtocol::V5)
        return false;
    if (m_state->isOpen)
        m_state->say(closeMessage(Channel::Input));
    return true;
}

void RemoteCommand::resize(TerminalSize size) {
    m_state->size = size;
    if (m_state->isOpen)
        m_state->say(resizeMessage(size));
}

} // namespace kube
