// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/http.h"

#include <string>
#include <string_view>
#include <vector>

namespace net {

/// A fresh Sec-WebSocket-Key: 16 random bytes in base64.
[[nodiscard]] std::string makeSocketKey();

/// The Sec-WebSocket-Accept that answers a key (RFC 6455, section 4.2.2). Pure.
[[nodiscard]] std::string socketAcceptFor(std::string_view key);

/// What asks for a WebSocket, beside the request's own headers. Pure.
[[nodiscard]] Headers socketHeaders(const std::string& key, const std::vector<std::string>& protocols);

/// What is wrong with an answer 101, nothing if it is the one that was asked for. Pure.
[[nodiscard]] std::string whatIsWrongWith(const Response& answer, const std::string& key,
                                          const std::vector<std::string>& protocols);

} // namespace net
