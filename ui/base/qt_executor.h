// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"

#include <QObject>

#include <deque>
#include <mutex>

namespace ui {

/// Runs tasks on the GUI thread: a locked queue, one wake per batch, at most 8 ms of work in one turn of the event loop
/// so that input and paint come between. Lives on the GUI thread; post() from any.
class QtExecutor final : public QObject, public base::Executor {
    Q_OBJECT
public:
    explicit QtExecutor(QObject* parent = nullptr);
    ~QtExecutor() override;

    void post(base::Task task) override;
    /// Drops what is queued and everything posted from now on. GUI thread.
    void close();

protected:
    bool event(QEvent* event) override;

private:
    void drain();

    std::mutex m_mutex;
    std::deque<base::Task> m_queue;
    bool m_woken = false;
    bool m_closed = false;
};

} // namespace ui
