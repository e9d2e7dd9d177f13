// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/qt_executor.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEvent>

#include <utility>

namespace ui {

namespace {

constexpr qint64 kTurnNs = 8'000'000;
const auto kWake = static_cast<QEvent::Type>(QEvent::registerEventType());

} // namespace

QtExecutor::QtExecutor(QObject* parent)
    : QObject(parent) {}

QtExecutor::~QtExecutor() {
    close();
}

void QtExecutor::post(base::Task task) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_closed)
            return;
        m_queue.push_back(std::move(task));
        if (std::exchange(m_woken, true))
            return;
    }
    QCoreApplication::postEvent(this, new QEvent(kWake));
}

void QtExecutor::close() {
    std::deque<base::Task> dropped;
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    dropped.swap(m_queue);
}

bool QtExecutor::event(QEvent* event) {
    if (event->type() != kWake)
        return QObject::event(event);
    drain();
    return true;
}

void QtExecutor::drain() {
    QElapsedTimer timer;
    timer.start();
    for (;;) {
        base::Task task;
        {
            const std::lock_guard lock(m_mutex);
            if (m_queue.empty()) {
                m_woken = false;
                return;
            }
            task = std::move(m_queue.front());
            m_queue.pop_front();
        }
        task();
        if (timer.nsecsElapsed() >= kTurnNs)
            break;
    }
    // Low priority: what the tasks caused to be painted, and input, goes first.
    QCoreApplication::postEvent(this, new QEvent(kWake), Qt::LowEventPriority);
}

} // namespace ui
