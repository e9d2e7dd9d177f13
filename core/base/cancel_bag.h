// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"

#include <mutex>
#include <utility>
#include <vector>

namespace base {

/// The Cancels of one flow's open requests, for a flow that may be given up from any thread. Safe on any thread.
class CancelBag {
public:
    /// Keeps `cancel` until close(); uses it at once if that was already called.
    void add(Cancel cancel) {
        const std::lock_guard lock(m_mutex);
        if (!m_isClosed)
            m_open.push_back(std::move(cancel));
    }

    /// Uses every Cancel kept and each that comes later.
    void close() {
        std::vector<Cancel> open;
        {
            const std::lock_guard lock(m_mutex);
            m_isClosed = true;
            open.swap(m_open);
        }
    }

private:
    std::mutex m_mutex;
    std::vector<Cancel> m_open;
    bool m_isClosed = false;
};

/// The Cancel of the one step that a flow is in, for a flow that may be given up from any thread. Safe on any thread.
class CancelSlot {
public:
    /// Uses the Cancel kept before and keeps `cancel`; uses it at once after close().
    void set(Cancel cancel) {
        // The old one goes after the lock: its hook may do anything.
        const std::lock_guard lock(m_mutex);
        if (!m_isClosed)
            std::swap(m_current, cancel);
    }

    /// Uses the Cancel kept, if there is one.
    void clear() { set({}); }

    /// Uses the Cancel kept and each that comes later.
    void close() {
        Cancel last;
        const std::lock_guard lock(m_mutex);
        m_isClosed = true;
        std::swap(m_current, last);
    }

private:
    std::mutex m_mutex;
    Cancel m_current;
    bool m_isClosed = false;
};

} // namespace base
