// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/base/unique_function.h"
#include "core/logs/log_counts.h"
#include "core/logs/log_filter.h"
#include "core/logs/log_store.h"

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

namespace logs {

struct LogQuery {
    LogFilter filter;
    std::int64_t fromNs = std::numeric_limits<std::int64_t>::min();
    std::int64_t untilNs = std::numeric_limits<std::int64_t>::max(); ///< Not included.
    std::array<bool, kLevels> hiddenLevels{};
    std::vector<bool> hiddenSources{}; ///< By SourceId; those beyond its end are shown.

    /// Whether every line is wanted.
    [[nodiscard]] bool isEverything() const;
};

/// What a search found since it told last.
struct LogFindings {
    std::vector<Row> rows; ///< In order, each once.
    LogCounts counts;      ///< Of all rows found so far; only where rows is not empty.
    Row searchedUntil = 0; ///< Every row before was looked at.
    bool isAtEnd = false;  ///< Nothing is left, for now.
};

/// A standing query: looks through all that a store keeps, then through what comes. Works in slices of a block on the
/// pool, one at a time, and tells `home` what it found at most every 30 ms. All calls from home; after its destruction
/// home hears nothing. Store, pool and home must outlive it.
class LogSearch {
public:
    using Handler = base::UniqueFunction<void(LogFindings)>;

    LogSearch(std::shared_ptr<const LogStore> store, LogQuery query, base::Executor& pool, base::Executor& home,
              Handler found);
    ~LogSearch();
    LogSearch(const LogSearch&) = delete;
    LogSearch& operator=(const LogSearch&) = delete;

    /// The store has grown: goes on, unless it is on its way anyway.
    void advance();

private:
    struct State;
    std::shared_ptr<State> m_state;
    base::Cancel m_cancel;
};

} // namespace logs
