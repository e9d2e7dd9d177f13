// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/log_search.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace logs {

namespace {

constexpr std::chrono::milliseconds kTell{30};

using Clock = std::chrono::steady_clock;

} // namespace

bool LogQuery::isEverything() const {
    const auto isTrue = [](bool value) { return value; };
    return filter.isEmpty() && fromNs == std::numeric_limits<std::int64_t>::min() &&
           untilNs == std::numeric_limits<std::int64_t>::max() &&
           std::none_of(hiddenLevels.begin(), hiddenLevels.end(), isTrue) &&
           std::none_of(hiddenSources.begin(), hiddenSources.end(), isTrue);
}

struct LogSearch::State : std::enable_shared_from_this<LogSearch::State> {
    std::shared_ptr<const LogStore> store;
    LogQuery query;
    base::Executor& pool;
    base::Executor& home;
    Handler found; // home's
    base::CancelToken token;

    std::mutex mutex;
    bool isRunning = false; // under the mutex
    bool again = false;

    // Touched by one slice at a time.
    Row next = 0;
    std::vector<Row> rows;
    LogCounts counts;
    std::unordered_map<SourceId, SourceInfo> sources;
    Clock::time_point told = Clock::now();

    State(std::shared_ptr<const LogStore> from, LogQuery wanted, base::Executor& workers, base::Executor& caller,
          Handler handler)
        : store(std::move(from))
        , query(std::move(wanted))
        , pool(workers)
        , home(caller)
        , found(std::move(handler)) {}

    void post() {
        pool.post([self = shared_from_this()] { self->slice(); });
    }

    void slice() {
        if (token.isCancelled())
            return;
        {
            const std::lock_guard lock(mutex);
            again = false;
        }
        const bool isMore = lookAtBlock();
        if (!isMore || Clock::now() - told >= kTell)
            tell(!isMore);
        if (!isMore) {
            const std::lock_guard lock(mutex);
            isRunning = again;
            if (!again)
                return;
        }
        post();
    }

    // False where nothing is left.
    bool lookAtBlock() {
        const auto glance = store->glance(next);
        if (!glance)
            return false;
        if (glance->latestNs < query.fromNs || glance->earliestNs >= query.untilNs ||
            !query.filter.mayMatch(glance->levels)) {
            next = glance->endRow;
            return true;
        }
        const LogBlockPtr block = store->blockFrom(next);
        if (!block)
            return false;
        const Hits hits = query.filter.match(*block, [this](SourceId id) { return sourceOf(id); });
        take(*block, hits);
        next = std::max(next, block->firstRow + block->lines());
        return true;
    }

    SourceInfo sourceOf(SourceId id) {
        const auto known = sources.find(id);
        return known != sources.end() ? known->second : sources.emplace(id, store->source(id)).first->second;
    }

    void take(const LogBlock& block, const Hits& hits) {
        for (std::size_t word = 0; word < hits.size(); ++word) {
            for (std::uint64_t left = hits[word]; left != 0; left &= left - 1) {
                const std::size_t line = word * 64 + static_cast<std::size_t>(std::countr_zero(left));
                const std::int64_t time = block.times[line];
                const SourceId source = block.sources[line];
                if (time < query.fromNs || time >= query.untilNs || block.firstRow + line < next ||
                    query.hiddenLevels[static_cast<std::size_t>(block.levels[line])] ||
                    (source < query.hiddenSources.size() && query.hiddenSources[source]))
                    continue;
                rows.push_back(block.firstRow + line);
                counts.add(time, block.levels[line], block.sources[line]);
            }
        }
    }

    void tell(bool isAtEnd) {
        told = Clock::now();
        LogFindings findings;
        findings.rows = std::exchange(rows, {});
        if (!findings.rows.empty())
            findings.counts = counts;
        findings.searchedUntil = next;
        findings.isAtEnd = isAtEnd;
        home.post([self = shared_from_this(), findings = std::move(findings)]() mutable {
            if (!self->token.isCancelled())
                self->found(std::move(findings));
        });
    }
};

LogSearch::LogSearch(std::shared_ptr<const LogStore> store, LogQuery query, base::Executor& pool, base::Executor& home,
                     Handler found)
    : m_state(std::make_shared<State>(std::move(store), std::move(query), pool, home, std::move(found)))
    , m_cancel(base::Cancel::create()) {
    m_state->token = m_cancel.token();
    advance();
}

LogSearch::~LogSearch() = default;

void LogSearch::advance() {
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->isRunning) {
            m_state->again = true;
            return;
        }
        m_state->isRunning = true;
    }
    m_state->post();
}

} // namespace logs
