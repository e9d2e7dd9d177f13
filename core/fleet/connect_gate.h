// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"

#include <cstddef>
#include <deque>
#include <functional>
#include <utility>

namespace fleet {

/// Lets so many connect at once and the others wait in order, so that asking for 300 clusters is no storm. Confined to
/// the home executor.
class ConnectGate {
public:
    explicit ConnectGate(std::size_t places)
        : m_free(places) {}

    /// Runs `enter` at once or when a place is free, not after the Cancel was used. Who entered must leave() once.
    [[nodiscard]] base::Cancel enter(std::function<void()> enter) {
        base::Cancel cancel = base::Cancel::create();
        m_queue.emplace_back(cancel.token(), std::move(enter));
        serve();
        return cancel;
    }

    void leave() {
        ++m_free;
        serve();
    }

private:
    void serve() {
        while (m_free > 0 && !m_queue.empty()) {
            const auto [token, enter] = std::move(m_queue.front());
            m_queue.pop_front();
            if (token.isCancelled())
                continue;
            --m_free;
            enter();
        }
    }

    std::size_t m_free;
    std::deque<std::pair<base::CancelToken, std::function<void()>>> m_queue;
};

} // namespace fleet
