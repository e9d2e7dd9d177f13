// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/timings.h"

#include "ui/shell/main_window.h"
#include "ui/shell/page.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QFile>
#include <QTimer>

#include <unistd.h>

#include <cstdio>
#include <ctime>

namespace app {

namespace {

constexpr qint64 kFrameNs = 16'000'000;

// As the kernel has it, in steps of 10 ms: what the loader did before main() counts too.
qint64 msSinceProcessBegan() {
    QFile file(QStringLiteral("/proc/self/stat"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray line = file.readAll();
    // The program's name, in parentheses, may hold blanks; the start is the 20th field behind it.
    const qint64 ticks = line.mid(line.lastIndexOf(')') + 2).split(' ').value(19).toLongLong();
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return qint64(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000 - ticks * 1000 / sysconf(_SC_CLK_TCK);
}

} // namespace

bool GuiApplication::notify(QObject* receiver, QEvent* event) {
    if (!m_tells || m_isInside)
        return QApplication::notify(receiver, event);
    QElapsedTimer timer;
    timer.start();
    m_isInside = true;
    const bool taken = QApplication::notify(receiver, event);
    m_isInside = false;
    if (const qint64 took = timer.nsecsElapsed(); took > kFrameNs)
        std::fprintf(stderr, "timing: busy for %lld ms\n", static_cast<long long>(took / 1'000'000));
    return taken;
}

Timings::Timings(ui::MainWindow& window)
    : QObject(&window)
    , m_window(window) {
    window.installEventFilter(this);
}

bool Timings::eventFilter(QObject* watched, QEvent* event) {
    // The window and all in it are painted in one go, which one of these begins: an exposed window gets no request.
    const bool paints = event->type() == QEvent::UpdateRequest || event->type() == QEvent::Paint;
    if (paints && !m_isPosted && !m_isComplete) {
        m_isPosted = true;
        QTimer::singleShot(0, this, &Timings::afterPaint);
    }
    return QObject::eventFilter(watched, event);
}

void Timings::afterPaint() {
    m_isPosted = false;
    if (!m_isPainted) {
        m_isPainted = true;
        std::fprintf(stderr, "timing: painted after %lld ms\n", static_cast<long long>(msSinceProcessBegan()));
    }
    const ui::Page* page = m_window.currentPage();
    if (page == nullptr)
        return;
    connect(page, &ui::Page::settledChanged, this, &Timings::watchPage, Qt::UniqueConnection);
    if (m_isComplete || !page->isSettled())
        return;
    m_isComplete = true;
    m_window.removeEventFilter(this);
    std::fprintf(stderr, "timing: %s, %s complete after %lld ms\n", qPrintable(page->title()),
                 qPrintable(page->subtitle()), static_cast<long long>(msSinceProcessBegan()));
}

// What arrived with the news is on its way to the screen: the next paint has it.
void Timings::watchPage() {
    if (!m_isComplete && m_window.isSettled())
        m_window.update();
}

} // namespace app
