// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/log_merger.h"

#include "core/base/text.h"

#include <queue>

#include <algorithm>
#include <utility>

namespace logs {

namespace {

constexpr std::int64_t kNsPerMs = 1'000'000;
constexpr std::size_t kOverhead = 96; // what a held line takes beside its text
constexpr std::size_t kBatch = 4096;  // lines given to the sink at once
constexpr std::int64_t kNsPerSecond = 1'000'000'000;

} // namespace

std::optional<std::int64_t> timeNsOf(std::string_view timestamp) {
    constexpr std::size_t kSeconds = 19; // "2026-01-31T06:00:00"
    const auto ms = base::parseTime(timestamp);
    if (!ms || timestamp.size() <= kSeconds)
        return std::nullopt;
    const std::int64_t second = (*ms >= 0 ? *ms : *ms - 999) / 1000;
    std::int64_t fraction = 0;
    if (timestamp[kSeconds] == '.') {
        std::int64_t place = kNsPerSecond / 10;
        for (std::size_t i = kSeconds + 1; i < timestamp.size() && timestamp[i] >= '0' && timestamp[i] <= '9'; ++i) {
            fraction += place * (timestamp[i] - '0');
            place /= 10;
        }
    }
    return second * kNsPerSecond + fraction;
}

void LogMerger::add(SourceId source, std::vector<kube::LogLine> lines, std::int64_t arrivedMs, std::int64_t nowMs) {
    if (source >= m_queues.size())
        m_queues.resize(source + 1U);
    Queue& queue = m_queues[source];
    for (kube::LogLine& line : lines) {
        // A line without a time of its own (a piece, a complaint of the server's) stands where the one before does.
        std::int64_t time = queue.lastNs;
        if (const auto stated = timeNsOf(line.timestamp))
            time = *stated;
        else if (time == INT64_MIN)
            time = nowMs * kNsPerMs;
        queue.lastNs = time;
        // Clocks are set back; order within a container is holy.
        if (!queue.lines.empty())
            time = std::max(time, queue.lines.back().timeNs);
        m_bytes += line.text.size() + kOverhead;
        queue.lines.push_back(
            {std::move(line.text), std::move(line.timestamp), time, arrivedMs, line.startsLine, line.endsLine});
        if (m_bytes > m_mostBytes)
            passOn(Until::HalfEmpty, 0);
    }
}

bool LogMerger::flush(std::int64_t arrivedMs) {
    std::int64_t until = INT64_MIN;
    for (const Queue& queue : m_queues) {
        const auto later = std::upper_bound(queue.lines.begin(), queue.lines.end(), arrivedMs,
                                            [](std::int64_t at, const Held& held) { return at < held.arrivedMs; });
        if (later != queue.lines.begin())
            until = std::max(until, std::prev(later)->timeNs);
    }
    if (until == INT64_MIN)
        return false;
    passOn(Until::Time, until);
    return true;
}

void LogMerger::passOn(Until until, std::int64_t timeNs) {
    using Front = std::pair<std::int64_t, SourceId>;
    std::priority_queue<Front, std::vector<Front>, std::greater<>> fronts;
    for (SourceId source = 0; source < m_queues.size(); ++source) {
        if (!m_queues[source].lines.empty())
            fronts.emplace(m_queues[source].lines.front().timeNs, source);
    }
    std::vector<Held> taken; // keeps the texts until the sink has them
    std::vector<NewLine> batch;
    taken.reserve(kBatch);
    const auto give = [&] {
        for (std::size_t i = 0; i < taken.size(); ++i) {
            batch[i].text = taken[i].text;
            batch[i].timestamp = taken[i].timestamp;
        }
        m_sink->append(batch);
        taken.clear();
        batch.clear();
    };
    while (!fronts.empty()) {
        const auto [time, source] = fronts.top();
        if (until == Until::Time ? time > timeNs : m_bytes <= m_mostBytes / 2)
            break;
        fronts.pop();
        std::deque<Held>& lines = m_queues[source].lines;
        Held held = std::move(lines.front());
        lines.pop_front();
        m_bytes -= held.text.size() + kOverhead;
        batch.push_back({{}, held.timeNs, source, held.startsLine, held.endsLine});
        taken.push_back(std::move(held));
        if (!lines.empty())
            fronts.emplace(lines.front().timeNs, source);
        if (batch.size() == kBatch)
            give();
    }
    give();
}

} // namespace logs
