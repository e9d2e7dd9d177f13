// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/log_counts.h"

#include <algorithm>

namespace logs {

namespace {

std::int64_t divided(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

} // namespace

void LogCounts::add(std::int64_t timeNs, Level level, SourceId source) {
    const auto index = static_cast<std::size_t>(level);
    ++m_total;
    ++m_levels[index];
    if (source >= m_sources.size())
        m_sources.resize(source + 1U);
    ++m_sources[source];
    if (m_steps.empty()) {
        m_firstStep = divided(timeNs, m_stepNs);
        m_steps.resize(1);
    }
    std::int64_t step = divided(timeNs, m_stepNs);
    const auto most = static_cast<std::int64_t>(kMostSteps);
    while (step - m_firstStep >= most || m_firstStep + static_cast<std::int64_t>(m_steps.size()) - step > most) {
        widen();
        step = divided(timeNs, m_stepNs);
    }
    if (step < m_firstStep) {
        m_steps.insert(m_steps.begin(), static_cast<std::size_t>(m_firstStep - step), ByLevel{});
        m_firstStep = step;
    }
    const auto at = static_cast<std::size_t>(step - m_firstStep);
    if (at >= m_steps.size())
        m_steps.resize(at + 1);
    ++m_steps[at][index];
}

void LogCounts::widen() {
    const std::int64_t first = divided(m_firstStep, 2);
    std::vector<ByLevel> wide;
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const auto at = static_cast<std::size_t>(divided(m_firstStep + static_cast<std::int64_t>(i), 2) - first);
        if (at >= wide.size())
            wide.resize(at + 1);
        for (std::size_t level = 0; level < kLevels; ++level)
            wide[at][level] += m_steps[i][level];
    }
    m_steps = std::move(wide);
    m_firstStep = first;
    m_stepNs *= 2;
}

} // namespace logs
