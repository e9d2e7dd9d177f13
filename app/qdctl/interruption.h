// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"

#include <atomic>
#include <thread>

namespace qdctl {

/// While it lives, SIGINT and SIGTERM, and a reader of stdout that goes away, stop `home` instead of ending the
/// program. One at a time, main thread.
class Interruption {
public:
    explicit Interruption(base::ManualExecutor& home);
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

private:
    void wait();

    base::ManualExecutor& m_home;
    std::atomic<bool> m_isOver = false; ///< Nobody interrupts: this object goes.
    std::thread m_thread;
};

} // namespace qdctl
