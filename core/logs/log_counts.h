// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/logs/log_line.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace logs {

/// How many lines, by level, by source and over time; bounded: the longer the time, the wider its steps.
class LogCounts {
public:
    using ByLevel = std::array<std::uint32_t, kLevels>;
    /// Steps of time at most; where more would be needed, two become one.
    static constexpr std::size_t kMostSteps = 4096;
    static constexpr std::int64_t kFinestNs = 100'000'000;

    void add(std::int64_t timeNs, Level level, SourceId source);

    [[nodiscard]] std::uint64_t total() const { return m_total; }
    [[nodiscard]] const std::array<std::uint64_t, kLevels>& levels() const { return m_levels; }
    [[nodiscard]] const std::vector<std::uint64_t>& sources() const { return m_sources; } ///< By SourceId.
    [[nodiscard]] std::int64_t stepNs() const { return m_stepNs; }
    /// Where the first step begins; that of steps()[i] is i * stepNs() later.
    [[nodiscard]] std::int64_t firstNs() const { return m_firstStep * m_stepNs; }
    [[nodiscard]] const std::vector<ByLevel>& steps() const { return m_steps; }

private:
    void widen();

    std::uint64_t m_total = 0;
    std::array<std::uint64_t, kLevels> m_levels{};
    std::vector<std::uint64_t> m_sources;
    std::int64_t m_stepNs = kFinestNs;
    std::int64_t m_firstStep = 0; ///< In steps since 1970.
    std::vector<ByLevel> m_steps;
};

} // namespace logs
