// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/decode/frames.h"

#include "core/kube/decode/decoder.h"

#include <algorithm>
#include <cstring>

namespace kube::decode {

namespace {

constexpr std::size_t kLengthBytes = 4;
// Room after a frame that its parser may read.
constexpr std::size_t kSlack = 64;
// A buffer larger than this is given back once its frame is done.
constexpr std::size_t kKeptBuffer = std::size_t(256) << 10;

std::size_t announced(std::string_view bytes) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < kLengthBytes; ++i)
        length = (length << 8) | static_cast<unsigned char>(bytes[i]);
    return length;
}

auto tooLarge() {
    return base::fail(base::ErrorCode::BadResponse,
                      "a watch frame is larger than " + std::to_string(kMaxFrameBytes >> 20) + " MiB");
}

} // namespace

void Frames::begin(Kind kind) {
    m_kind = kind;
    m_pending = {};
    m_searched = 0;
}

// Bytes of the first frame with its head or line end; 0: not all of it is there.
base::Result<std::size_t> Frames::frameEnd(std::string_view bytes) const {
    if (m_kind == Kind::Lines) {
        const std::size_t from = std::min(m_searched, bytes.size());
        const void* end = std::memchr(bytes.data() + from, '\n', bytes.size() - from);
        const std::size_t size =
            end == nullptr ? bytes.size() : static_cast<std::size_t>(static_cast<const char*>(end) - bytes.data());
        if (size > kMaxFrameBytes)
            return tooLarge();
        return end == nullptr ? 0 : size + 1;
    }
    if (bytes.size() < kLengthBytes)
        return 0;
    const std::size_t length = announced(bytes);
    if (length > kMaxFrameBytes)
        return tooLarge();
    return bytes.size() < kLengthBytes + length ? 0 : kLengthBytes + length;
}

bool Frames::deliver(std::string_view frame, std::size_t slack, const OnFrame& onFrame) const {
    if (m_kind == Kind::Lengths)
        return onFrame(frame.substr(kLengthBytes), slack);
    frame.remove_suffix(1);
    const bool blank = frame.find_first_not_of(" \t\r") == std::string_view::npos;
    return blank || onFrame(frame, slack + 1);
}

base::Result<void> Frames::feed(std::string_view bytes, const OnFrame& onFrame) {
    // First the frame that earlier bytes began.
    while (!m_pending.empty() && !bytes.empty()) {
        std::size_t wanted = bytes.size();
        if (m_kind == Kind::Lines) {
            const std::size_t end = bytes.find('\n');
            wanted = end == std::string_view::npos ? bytes.size() : end + 1;
        } else {
            std::size_t missing = kLengthBytes > m_pending.size() ? kLengthBytes - m_pending.size() : 0;
            if (missing == 0)
                missing = kLengthBytes + announced(m_pending) - m_pending.size();
            wanted = std::min(missing, bytes.size());
        }
        if (m_pending.size() + wanted > kMaxFrameBytes + kLengthBytes)
            return tooLarge();
        m_searched = m_pending.size();
        if (m_pending.capacity() < m_pending.size() + wanted + kSlack)
            m_pending.reserve(std::max(m_pending.size() * 2, m_pending.size() + wanted + kSlack));
        m_pending.append(bytes.substr(0, wanted));
        bytes.remove_prefix(wanted);
        const auto end = frameEnd(m_pending);
        if (!end)
            return tl::unexpected(end.error());
        if (*end != 0) {
            const bool goOn = deliver(m_pending, m_pending.capacity() - m_pending.size(), onFrame);
            if (m_pending.capacity() > kKeptBuffer)
                m_pending = {};
            m_pending.clear();
            m_searched = 0;
            if (!goOn)
                return {};
        }
    }
    m_searched = 0;
    while (!bytes.empty()) {
        const auto end = frameEnd(bytes);
        if (!end)
            return tl::unexpected(end.error());
        if (*end == 0)
            break;
        if (!deliver(bytes.substr(0, *end), bytes.size() - *end, onFrame))
            return {};
        bytes.remove_prefix(*end);
    }
    if (!bytes.empty()) {
        m_pending.reserve(bytes.size() + kSlack);
        m_pending = bytes;
    }
    return {};
}

} // namespace kube::decode
