// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>

namespace base {

/// How long to wait before the next attempt: 0.8 s, doubled with each failure up to 30 s, of which a random share is
/// taken (full jitter), so that many clients do not come back at once; from the start again after two minutes without
/// failure. Steps as in client-go's reflector. Not thread-safe.
class Backoff {
public:
    static constexpr std::chrono::milliseconds kFirst{800};
    static constexpr std::chrono::milliseconds kLongest{30000};
    static constexpr std::chrono::milliseconds kLeast{50};
    static constexpr std::chrono::milliseconds kHealthy{120000};

    explicit Backoff(const Clock& clock)
        : m_clock(clock)
        , m_random(std::random_device{}()) {}

    std::chrono::milliseconds next() {
        const std::int64_t now = m_clock.steadyMs();
        if (now - m_lastFailureMs > kHealthy.count())
            m_step = kFirst;
        m_lastFailureMs = now + m_step.count();
        const std::chrono::milliseconds delay(between(kLeast.count(), m_step.count()));
        m_step = std::min(m_step * 2, kLongest);
        return delay;
    }

    /// A number in [low, high].
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(m_random);
    }

private:
    const Clock& m_clock;
    std::minstd_rand m_random;
    std::chrono::milliseconds m_step = kFirst;
    std::int64_t m_lastFailureMs = -kHealthy.count() * 2;
};

} // namespace base
