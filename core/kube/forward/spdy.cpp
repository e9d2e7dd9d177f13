// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/forward/spdy.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>

namespace kube {

namespace {

constexpr std::size_t kHead = 8;
constexpr std::size_t kMostKept = 16; // of a control frame: head, stream and status
constexpr std::uint32_t kControl = 0x80000000U;
constexpr std::uint32_t kVersion = 3;
constexpr std::uint32_t kFlagFin = 1;

enum Type : std::uint32_t { SynStream = 1, SynReply = 2, RstStream = 3, Ping = 6, GoAway = 7 };

void append(std::string& bytes, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += static_cast<char>(number >> static_cast<unsigned>(shift) & 0xFFU);
}

std::string controlHead(Type type, std::size_t length) {
    std::string bytes;
    append(bytes, kControl | kVersion << 16U | type);
    append(bytes, static_cast<std::uint32_t>(length));
    return bytes;
}

} // namespace

bool SpdyReader::feed(std::string_view bytes) {
    while (!bytes.empty() && m_why.empty()) {
        if (m_head.size() < m_keep) {
            const std::string_view piece = bytes.substr(0, m_keep - m_head.size());
            m_head += piece;
            bytes.remove_prefix(piece.size());
            if (m_head.size() < m_keep)
                break;
            if (!m_inFrame)
                takeHead();
            else
                takeControl();
            continue;
        }
        const std::string_view piece = bytes.substr(0, m_left);
        bytes.remove_prefix(piece.size());
        m_left -= piece.size();
        if (!m_isControl)
            tell(SpdyEvent::Kind::Data, m_stream, 0, piece);
        if (m_left > 0)
            continue;
        if (!m_isControl && m_isLast)
            tell(SpdyEvent::Kind::End, m_stream);
        m_inFrame = false;
        m_keep = kHead;
        m_head.clear();
    }
    return m_why.empty();
}

std::uint32_t SpdyReader::number(std::size_t at) const {
    std::uint32_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i)
        value = value << 8U | static_cast<unsigned char>(m_head[i]);
    return value;
}

// The eight bytes that each frame begins with.
void SpdyReader::takeHead() {
    const std::uint32_t first = number(0);
    const std::uint32_t second = number(4);
    m_isControl = (first & kControl) != 0;
    m_isLast = (second >> 24U & kFlagFin) != 0;
    m_left = second & 0xFFFFFFU;
    m_inFrame = true;
    if (m_isControl) {
        if ((first >> 16U & 0x7FFFU) != kVersion) {
            fail("a frame of another version than SPDY/3.1");
            return;
        }
        const std::size_t kept = std::min(m_left, kMostKept - kHead);
        m_keep = kHead + kept;
        m_left -= kept;
        if (kept == 0)
            takeControl();
        return;
    }
    m_stream = first;
    if (m_left > 0)
        return;
    if (m_isLast)
        tell(SpdyEvent::Kind::End, m_stream);
    m_inFrame = false;
    m_head.clear();
}

void SpdyReader::takeControl() {
    const std::uint32_t type = number(0) & 0xFFFFU;
    const std::size_t least = type == RstStream ? 16 : type == SynReply || type == Ping || type == GoAway ? 12 : 8;
    if (m_head.size() < least) {
        fail("a frame too short for what it is");
        return;
    }
    switch (type) {
    case SynReply:
        tell(SpdyEvent::Kind::Reply, number(8) & ~kControl);
        if (m_isLast)
            tell(SpdyEvent::Kind::End, number(8) & ~kControl);
        break;
    case RstStream:
        tell(SpdyEvent::Kind::Reset, number(8) & ~kControl, number(12));
        break;
    case Ping:
        tell(SpdyEvent::Kind::Ping, 0, number(8));
        break;
    case GoAway:
        tell(SpdyEvent::Kind::GoAway, 0);
        break;
    default: // settings, headers, windows, and streams that the server would open: nothing that is asked of us
        break;
    }
    if (m_left > 0)
        return;
    m_inFrame = false;
    m_keep = kHead;
    m_head.clear();
}

void SpdyReader::tell(SpdyEvent::Kind kind, std::uint32_t stream, std::uint32_t value, std::string_view data) const {
    m_handler(SpdyEvent{kind, stream, value, data});
}

void SpdyReader::fail(std::string why) {
    m_why = std::move(why);
}

struct SpdyWriter::State {
    State() {
        if (deflateInit(&stream, Z_DEFAULT_COMPRESSION) != Z_OK)
            throw std::bad_alloc();
    }
    ~State() { deflateEnd(&stream); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    z_stream stream{};
};

SpdyWriter::SpdyWriter()
    : m_state(std::make_unique<State>()) {}

SpdyWriter::~SpdyWriter() = default;

// The protocol names a dictionary for the headers. zlib's format says in its first bytes whether one was used, every
// reader goes by that, and headers as few as ours gain nothing by it.
std::string SpdyWriter::open(std::uint32_t stream, const std::vector<std::pair<std::string, std::string>>& headers) {
    std::string plain;
    append(plain, static_cast<std::uint32_t>(headers.size()));
    for (const auto& [name, value] : headers) {
        for (const std::string* text : {&name, &value}) {
            append(plain, static_cast<std::uint32_t>(text->size()));
            plain += *text;
        }
    }
    z_stream& zip = m_state->stream;
    zip.next_in = reinterpret_cast<Bytef*>(plain.data());
    zip.avail_in = static_cast<uInt>(plain.size());
    std::string packed;
    std::array<char, 512> buffer{};
    do {
        zip.next_out = reinterpret_cast<Bytef*>(buffer.data());
        zip.avail_out = static_cast<uInt>(buffer.size());
        deflate(&zip, Z_SYNC_FLUSH);
        packed.append(buffer.data(), buffer.size() - zip.avail_out);
    } while (zip.avail_out == 0);
    std::string bytes = controlHead(SynStream, packed.size() + 10);
    append(bytes, stream);
    append(bytes, 0); // it belongs to no other stream
    bytes.append(2, '\0');
    return bytes + packed;
}

std::string SpdyWriter::data(std::uint32_t stream, std::string_view bytes, Last last) {
    std::string frame;
    frame.reserve(kHead + bytes.size());
    append(frame, stream);
    append(frame, (last == Last::Yes ? kFlagFin << 24U : 0U) | static_cast<std::uint32_t>(bytes.size()));
    frame += bytes;
    return frame;
}

std::string SpdyWriter::ping(std::uint32_t id) {
    std::string frame = controlHead(Ping, 4);
    append(frame, id);
    return frame;
}

} // namespace kube
