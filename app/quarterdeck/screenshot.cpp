// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/screenshot.h"

#include "ui/shell/main_window.h"

#include <QCursor>
#include <QGuiApplication>
#include <QPixmap>

#include <utility>

namespace app {

namespace {

constexpr int kLookMs = 100;
// Views deliver at most four times a second: five quiet looks see one delivery pass by.
constexpr int kQuietLooks = 5;
constexpr qint64 kPatienceMs = 60'000;

} // namespace

Screenshot::Screenshot(ui::MainWindow& window, QString file, QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_file(std::move(file)) {
    // Without a screen the pointer starts in the corner and would light up what lies under it.
    if (QGuiApplication::platformName() == QLatin1String("offscreen"))
        QCursor::setPos(m_window.geometry().bottomRight() + QPoint(8, 8));
    m_timer.setInterval(kLookMs);
    connect(&m_timer, &QTimer::timeout, this, &Screenshot::look);
    m_timer.start();
    m_sinceStart.start();
}

void Screenshot::look() {
    m_settledLooks = m_window.isSettled() ? m_settledLooks + 1 : 0;
    if (m_settledLooks >= kQuietLooks)
        write(Outcome::Written);
    else if (m_sinceStart.elapsed() > kPatienceMs)
        write(Outcome::NotSettled);
}

void Screenshot::write(Outcome outcome) {
    m_timer.stop();
    const bool written = m_window.grab().save(m_file);
    emit done(written ? outcome : Outcome::Failed);
}

} // namespace app
