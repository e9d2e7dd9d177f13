// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_lines.h"

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr std::size_t kThreads = 2; // one reads, one searches

} // namespace

LogLines::LogLines(fleet::Fleet& fleet, logs::StoreOptions options, QObject* parent)
    : QObject(parent)
    , m_fleet(fleet)
    , m_options(std::move(options))
    , m_pool(kThreads)
    , m_store(std::make_shared<logs::LogStore>(m_options)) {}

LogLines::~LogLines() {
    m_search.reset();
    m_gathering.reset();
    m_home.close();
}

void LogLines::gather(logs::GatherSpec spec) {
    m_search.reset();
    m_gathering.reset();
    m_store = std::make_shared<logs::LogStore>(m_options);
    m_rows.clear();
    m_first = m_end = 0;
    m_allCounts = {};
    m_foundCounts = {};
    m_gathering = std::make_unique<logs::LogGathering>(
        logs::GatherEnvironment{&m_fleet, &m_home, &m_pool, &m_clock, &m_timers}, std::move(spec), m_store);
    m_gathering->onStored([this] { stored(); });
    m_gathering->onStates([this] { emit statesChanged(); });
    emit linesReset();
    emit statesChanged();
}

void LogLines::setQuery(logs::LogQuery query) {
    m_search.reset();
    m_rows.clear();
    m_foundCounts = {};
    m_isAtEnd = false;
    if (!query.isEverything())
        m_search = std::make_unique<logs::LogSearch>(m_store, std::move(query), m_pool, m_home,
                                                     [this](logs::LogFindings findings) { take(std::move(findings)); });
    emit linesReset();
}

void LogLines::stored() {
    const logs::Row first = m_store->firstRow();
    std::size_t gone = static_cast<std::size_t>(std::min(first, m_end) - m_first);
    m_first = first;
    m_end = m_store->endRow();
    m_allCounts = m_store->counts();
    if (m_search) {
        const auto kept = std::lower_bound(m_rows.begin(), m_rows.end(), first);
        gone = static_cast<std::size_t>(kept - m_rows.begin());
        m_rows.erase(m_rows.begin(), kept);
        m_search->advance();
    }
    emit linesChanged(gone);
}

void LogLines::take(logs::LogFindings findings) {
    m_rows.insert(m_rows.end(), findings.rows.begin(), findings.rows.end());
    if (!findings.rows.empty())
        m_foundCounts = std::move(findings.counts);
    const bool changes = !findings.rows.empty() || m_isAtEnd != findings.isAtEnd;
    m_isAtEnd = findings.isAtEnd;
    if (changes)
        emit linesChanged(0);
}

std::size_t LogLines::placeOf(logs::Row row) const {
    if (!m_search)
        return static_cast<std::size_t>(std::clamp(row, m_first, m_end) - m_first);
    return static_cast<std::size_t>(std::lower_bound(m_rows.begin(), m_rows.end(), row) - m_rows.begin());
}

} // namespace ui
