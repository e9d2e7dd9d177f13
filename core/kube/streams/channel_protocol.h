// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The protocols v4.channel.k8s.io and v5.channel.k8s.io: each WebSocket message is a channel's number and bytes of it
// (https://pkg.go.dev/k8s.io/apimachinery/pkg/util/remotecommand). Pure.
namespace kube {

enum class Channel : std::uint8_t { Input = 0, Output = 1, ErrorOutput = 2, Error = 3, Resize = 4, Close = 255 };

enum class ChannelProtocol { V4, V5 };

/// As the handshake names them, best first.
[[nodiscard]] const std::vector<std::string>& channelProtocols();
[[nodiscard]] std::optional<ChannelProtocol> channelProtocolOf(std::string_view name);

struct TerminalSize {
    std::uint16_t width = 80; ///< In characters.
    std::uint16_t height = 24;

    bool operator==(const TerminalSize&) const = default;
};

[[nodiscard]] std::string channelMessage(Channel channel, std::string_view bytes);
[[nodiscard]] std::string resizeMessage(TerminalSize size);
/// Ends a channel; v5 alone knows it.
[[nodiscard]] std::string closeMessage(Channel channel);

/// How a command ended.
struct CommandEnd {
    int exitCode = 0;
    std::string message; ///< The server's words where the code is not 0.

    bool operator==(const CommandEnd&) const = default;
};

/// What the error channel says, a Status as JSON: the command's end, or why it could not run.
[[nodiscard]] base::Result<CommandEnd> commandEndOf(std::string_view status);

} // namespace kube
