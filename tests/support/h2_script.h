// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/lying_server.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

// Just enough HTTP/2 (RFC 9113) to lie in it. Requests are not decoded, only counted.
namespace testsupport::h2 {

enum class End { Open, Stream };

/// ":status: 200" and nothing else.
std::string head(std::uint32_t stream, End end = End::Open);
std::string data(std::uint32_t stream, std::string_view bytes, End end = End::Open);
std::string reset(std::uint32_t stream, std::uint32_t code);
std::string goAway(std::uint32_t lastStream);

/// Called for each new stream: its id and which one of this connection it is, from 1. Returns the frames to send at
/// once.
using OnStream = std::function<std::string(std::uint32_t stream, int number)>;

/// Speaks on `wire` until it is closed. For a server with Speech::Raw and protocol "h2".
void serve(Wire& wire, const OnStream& onStream);

} // namespace testsupport::h2
