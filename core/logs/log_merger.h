// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/streams/log_lines.h"
#include "core/logs/line_sink.h"
#include "core/logs/log_line.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logs {

/// Nanoseconds since 1970 of an RFC 3339 time as container runtimes write it; nothing for anything else.
[[nodiscard]] std::optional<std::int64_t> timeNsOf(std::string_view timestamp);

/// Puts the lines of many sources into one order by time, as far as they arrive within a short window, and into a
/// sink. Lines of one source never change places. What waits is bounded: beyond, the earliest goes on at once. One
/// thread.
class LogMerger {
public:
    static constexpr std::size_t kMostBytes = std::size_t(24) << 20;

    explicit LogMerger(std::shared_ptr<LineSink> sink, std::size_t mostBytes = kMostBytes)
        : m_sink(std::move(sink))
        , m_mostBytes(mostBytes) {}

    /// `arrivedMs`: when they came, by a clock that never goes back. `nowMs`: the time of lines that have none.
    void add(SourceId source, std::vector<kube::LogLine> lines, std::int64_t arrivedMs, std::int64_t nowMs);
    /// Passes on what came before `arrivedMs` and all that is earlier than that; true if there was something.
    bool flush(std::int64_t arrivedMs);
    [[nodiscard]] bool isEmpty() const { return m_bytes == 0; }

private:
    struct Held {
        std::string text;
        std::string timestamp;
        std::int64_t timeNs = 0;
        std::int64_t arrivedMs = 0;
        bool startsLine = true;
        bool endsLine = true;
    };
    struct Queue {
        std::deque<Held> lines;
        std::int64_t lastNs = INT64_MIN;
    };
    enum class Until { Time, HalfEmpty };

    void passOn(Until until, std::int64_t timeNs);

    const std::shared_ptr<LineSink> m_sink;
    const std::size_t m_mostBytes;
    std::vector<Queue> m_queues; ///< By source.
    std::size_t m_bytes = 0;
};

} // namespace logs
