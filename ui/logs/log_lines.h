// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/timer.h"
#include "core/logs/log_gathering.h"
#include "core/logs/log_search.h"
#include "core/logs/log_store.h"
#include "ui/base/qt_executor.h"

#include <QObject>

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace ui {

/// The lines that a log view shows: all that were gathered, or those that a query finds, by their place from 0. Rows
/// only come at the end; where the store gave up the oldest, they go at the front.
class LogLines : public QObject {
    Q_OBJECT
public:
    LogLines(fleet::Fleet& fleet, logs::StoreOptions options, QObject* parent);
    ~LogLines() override;

    /// Forgets all lines and reads these.
    void gather(logs::GatherSpec spec);
    [[nodiscard]] const logs::LogGathering* gathering() const { return m_gathering.get(); }
    [[nodiscard]] const logs::LogStore& store() const { return *m_store; }
    [[nodiscard]] std::shared_ptr<const logs::LogStore> sharedStore() const { return m_store; }

    void setQuery(logs::LogQuery query);
    [[nodiscard]] bool isFiltered() const { return m_search != nullptr; }
    [[nodiscard]] bool isSearching() const { return m_search && !m_isAtEnd; }

    [[nodiscard]] std::size_t count() const { return m_search ? m_rows.size() : m_end - m_first; }
    [[nodiscard]] logs::Row rowAt(std::size_t place) const { return m_search ? m_rows[place] : m_first + place; }
    /// The first place at or behind the row; count() if there is none.
    [[nodiscard]] std::size_t placeOf(logs::Row row) const;
    [[nodiscard]] std::optional<logs::LogRow> line(std::size_t place) const { return m_store->read(rowAt(place)); }
    /// Of the lines shown.
    [[nodiscard]] const logs::LogCounts& counts() const { return m_search ? m_foundCounts : m_allCounts; }
    [[nodiscard]] const logs::LogCounts& allCounts() const { return m_allCounts; }
    [[nodiscard]] base::Executor& pool() { return m_pool; }
    [[nodiscard]] base::Executor& home() { return m_home; }

signals:
    /// `gone` places at the front are no more; the rest is where it was, minus that.
    void linesChanged(std::size_t gone);
    /// Another subject or query: no place means what it did.
    void linesReset();
    void statesChanged();

private:
    void stored();
    void take(logs::LogFindings findings);

    fleet::Fleet& m_fleet;
    const logs::StoreOptions m_options;
    base::SystemClock m_clock;
    base::SystemTimers m_timers;
    QtExecutor m_home;
    base::ThreadPool m_pool;
    std::shared_ptr<logs::LogStore> m_store;
    std::unique_ptr<logs::LogGathering> m_gathering;
    std::unique_ptr<logs::LogSearch> m_search;
    std::deque<logs::Row> m_rows; ///< What the search found.
    logs::Row m_first = 0;
    logs::Row m_end = 0;
    logs::LogCounts m_allCounts;
    logs::LogCounts m_foundCounts;
    bool m_isAtEnd = false;
};

} // namespace ui
