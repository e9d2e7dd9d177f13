// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

namespace ui {
class MainWindow;
} // namespace ui

namespace app {

/// Writes a picture of the window once its page has been settled for a moment, so that what arrived was also painted.
class Screenshot : public QObject {
    Q_OBJECT
public:
    Screenshot(ui::MainWindow& window, QString file, QObject* parent = nullptr);

    /// How it ended.
    enum class Outcome {
        Written,
        NotSettled, ///< Written, but the page was still waiting for something after a minute.
        Failed,     ///< The file could not be written.
    };

signals:
    void done(app::Screenshot::Outcome outcome);

private:
    void look();
    void write(Outcome outcome);

    ui::MainWindow& m_window;
    QString m_file;
    QTimer m_timer;
    QElapsedTimer m_sinceStart;
    int m_settledLooks = 0;
};

} // namespace app
