// SPDX-License-Identifier: GPL-3.0-or-later
// What a server sends in a port-forward's tunnel, however it is cut. The first byte says in what steps it comes.
#include "core/kube/forward/spdy.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

struct Heard {
    std::string events; ///< Data of neighbouring pieces joined.
    std::string data;
    bool good = true;
};

Heard hear(std::string_view bytes, std::size_t step) {
    Heard heard;
    std::size_t sum = 0;
    kube::SpdyReader reader([&](const kube::SpdyEvent& event) {
        if (event.kind == kube::SpdyEvent::Kind::Data) {
            sum += event.data.size();
            heard.data += event.data;
            return;
        }
        heard.events += std::to_string(static_cast<int>(event.kind)) + ":" + std::to_string(event.stream) + ":" +
                        std::to_string(event.value) + "@" + std::to_string(sum) + " ";
    });
    while (!bytes.empty() && heard.good) {
        heard.good = reader.feed(bytes.substr(0, step));
        bytes.remove_prefix(std::min(step, bytes.size()));
    }
    if (heard.good != reader.why().empty())
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
    if (whole.good != split.good || whole.events != split.events || whole.data != split.data)
        std::abort();
    return 0;
}
