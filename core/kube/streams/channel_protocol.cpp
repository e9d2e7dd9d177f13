// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/channel_protocol.h"

#include "core/kube/status.h"

#include <charconv>
#include <string>
#include <utility>

namespace kube {

const std::vector<std::string>& channelProtocols() {
    static const std::vector<std::string> names{"v5.channel.k8s.io", "v4.channel.k8s.io"};
    return names;
}

std::optional<ChannelProtocol> channelProtocolOf(std::string_view name) {
    if (name == channelProtocols()[0])
        return ChannelProtocol::V5;
    if (name == channelProtocols()[1])
        return ChannelProtocol::V4;
    return std::nullopt;
}

std::string channelMessage(Channel channel, std::string_view bytes) {
    std::string message;
    message.reserve(bytes.size() + 1);
    message += static_cast<char>(channel);
    message += bytes;
    return message;
}

std::string resizeMessage(TerminalSize size) {
    return channelMessage(Channel::Resize, R"({"Width":)" + std::to_string(size.width) + R"(,"Height":)" +
                                               std::to_string(size.height) + "}");
}

std::string closeMessage(Channel channel) {
    return channelMessage(Channel::Close, std::string(1, static_cast<char>(channel)));
}

base::Result<CommandEnd> commandEndOf(std::string_view text) {
    const std::optional<Status> status = parseUntypedStatus(text);
    if (!status)
        return base::fail(base::ErrorCode::BadResponse, "the server's word on how the command ended is no Status");
    if (status->isSuccess)
        return CommandEnd{};
    if (status->reason == "NonZeroExitCode") {
        for (const base::ErrorCause& cause : status->causes) {
            int code = 0;
            const char* end = cause.message.data() + cause.message.size();
            if (cause.reason == "ExitCode" && std::from_chars(cause.message.data(), end, code).ptr == end)
                return CommandEnd{code, status->message};
        }
        return base::fail(base::ErrorCode::BadResponse, "the command failed, but its exit code cannot be read");
    }
    base::Error error = errorFromStatus(*status, {});
    // What API servers make of the -1 that a node tells where a signal ended the command.
    if (status->message.find("invalid exit code value \"-1\"") != std::string::npos)
        error.message = "the command ended without an exit code (the node says -1), as when a signal ends it";
    return base::fail(std::move(error));
}

} // namespace kube
