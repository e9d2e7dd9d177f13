// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QObject>

namespace ui {
class MainWindow;
} // namespace ui

namespace app {

/// The application object. Asked to, it says on stderr how long each event held the window that took more than a frame.
class GuiApplication : public QApplication {
    Q_OBJECT
public:
    using QApplication::QApplication;

    /// For slow machines and reports about them.
    void tellLongEvents() { m_tells = true; }
    bool notify(QObject* receiver, QEvent* event) override;

private:
    bool m_tells = false;
    bool m_isInside = false;
};

/// Says on stderr, once each, when the window was first painted and when its page was complete and painted, in
/// milliseconds since the process began.
class Timings : public QObject {
    Q_OBJECT
public:
    explicit Timings(ui::MainWindow& window);

private:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void watchPage();
    void afterPaint();

    ui::MainWindow& m_window;
    bool m_isPosted = false;
    bool m_isPainted = false;
    bool m_isComplete = false;
};

} // namespace app
