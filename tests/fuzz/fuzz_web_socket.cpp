// SPDX-License-Identifier: GPL-3.0-or-later
// What a server sends after its 101: frames, and in them the messages of a remote command's channels. The first byte
// says in what steps the rest comes.
#include "core/kube/streams/channel_protocol.h"
#include "core/net/frame_codec.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t kMost = 4096;

struct Heard {
    std::vector<net::SocketMessage> messages;
    bool good = true;
    std::optional<net::SocketClose> farewell;
};

Heard hear(std::string_view bytes, std::size_t step) {
    net::FrameCodec codec(kMost);
    Heard heard;
    std::array<char, 100> out{};
    while (!bytes.empty() && heard.good) {
        heard.good = codec.feed(bytes.substr(0, step), heard.messages);
        bytes.remove_prefix(std::min(step, bytes.size()));
        // Answers to pings and farewells have an end.
        for (int i = 0; codec.take(out.data(), out.size()) > 0; ++i) {
            if (i > 10000)
                std::abort();
        }
    }
    heard.farewell = codec.farewell();
    if (heard.good != codec.why().empty())
        std::abort();
    return heard;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    const Heard whole = hear(bytes, std::max<std::size_t>(bytes.size(), 1));
    const Heard split = hear(bytes, std::size_t(data[0] % 37) + 1);
    // What is wrong with a frame may be seen sooner when more of it comes at once.
    const std::size_t both = std::min(whole.messages.size(), split.messages.size());
    const bool alike =
        std::equal(whole.messages.begin(), whole.messages.begin() + std::ptrdiff_t(both), split.messages.begin());
    if (!alike || (whole.good && split.good &&
                   (whole.messages.size() != split.messages.size() || !(whole.farewell == split.farewell))))
        std::abort();
    for (const net::SocketMessage& message : whole.messages) {
        if (message.data.size() > kMost)
            std::abort();
        static_cast<void>(kube::commandEndOf(std::string_view(message.data).substr(message.data.empty() ? 0 : 1)));
    }
    return 0;
}
