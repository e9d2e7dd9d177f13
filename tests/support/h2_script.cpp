// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/h2_script.h"

namespace testsupport::h2 {

namespace {

enum Type : unsigned char { Data = 0, Headers = 1, ResetStream = 3, Settings = 4, Ping = 6, GoAway = 7 };
constexpr unsigned char ack = 1;
constexpr unsigned char endStream = 1;
constexpr unsigned char endHeaders = 4;
constexpr std::size_t frameHead = 9;
constexpr std::size_t prefaceSize = 24;

std::string number(std::uint32_t value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(value >> shift & 0xff);
    return bytes;
}

std::string frame(Type type, unsigned char flags, std::uint32_t stream, std::string_view payload) {
    return number(static_cast<std::uint32_t>(payload.size())).substr(1) + static_cast<char>(type) +
           static_cast<char>(flags) + number(stream) + std::string(payload);
}

std::uint32_t readNumber(std::string_view bytes) {
    std::uint32_t value = 0;
    for (const char byte : bytes)
        value = value << 8 | static_cast<unsigned char>(byte);
    return value;
}

} // namespace

std::string head(std::uint32_t stream, End end) {
    // 0x88 is the entry of HPACK's static table for ":status: 200".
    return frame(Headers, static_cast<unsigned char>(endHeaders | (end == End::Stream ? endStream : 0)), stream,
                 "\x88");
}

std::string data(std::uint32_t stream, std::string_view bytes, End end) {
    return frame(Data, end == End::Stream ? endStream : 0, stream, bytes);
}

std::string reset(std::uint32_t stream, std::uint32_t code) {
    return frame(ResetStream, 0, stream, number(code));
}

std::string goAway(std::uint32_t lastStream) {
    return frame(GoAway, 0, 0, number(lastStream) + number(0));
}

void serve(Wire& wire, const OnStream& onStream) {
    std::string input;
    const auto need = [&](std::size_t size) {
        while (input.size() < size) {
            const std::string more = wire.read();
            if (more.empty())
                return false;
            input += more;
        }
        return true;
    };
    if (!need(prefaceSize) || !wire.write(frame(Settings, 0, 0, {})))
        return;
    input.erase(0, prefaceSize);
    int streams = 0;
    while (need(frameHead)) {
        const std::size_t size = readNumber(std::string_view(input).substr(0, 3));
        if (!need(frameHead + size))
            return;
        const auto type = static_cast<unsigned char>(input[3]);
        const bool isAck = (static_cast<unsigned char>(input[4]) & ack) != 0;
        const std::uint32_t stream = readNumber(std::string_view(input).substr(5, 4));
        const std::string payload = input.substr(frameHead, size);
        input.erase(0, frameHead + size);
        std::string reply;
        if (type == Settings && !isAck)
            reply = frame(Settings, ack, 0, {});
        else if (type == Ping && !isAck)
            reply = frame(Ping, ack, 0, payload);
        else if (type == Headers)
            reply = onStream(stream, ++streams);
        if (!reply.empty() && !wire.write(reply))
            return;
    }
}

} // namespace testsupport::h2
