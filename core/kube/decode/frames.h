// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace kube::decode {

/// Cuts a stream into frames: lines, or what a 4-byte big-endian length announces. Keeps the unfinished frame, never
/// more than kMaxFrameBytes of it.
class Frames {
public:
    enum class Kind : std::uint8_t { Lines, Lengths };

    /// Called for a whole frame; `slack` bytes after it may be read, too. Returning false drops the rest of the stream.
    using OnFrame = std::function<bool(std::string_view frame, std::size_t slack)>;

    void begin(Kind kind);
    base::Result<void> feed(std::string_view bytes, const OnFrame& onFrame);
    /// Whether nothing of an unfinished frame is left.
    [[nodiscard]] bool isBetweenFrames() const { return m_pending.empty(); }

private:
    base::Result<std::size_t> frameEnd(std::string_view bytes) const;
    bool deliver(std::string_view frame, std::size_t slack, const OnFrame& onFrame) const;

    Kind m_kind = Kind::Lines;
    std::string m_pending;
    std::size_t m_searched = 0; // Bytes of m_pending known to hold no end of line.
};

} // namespace kube::decode
