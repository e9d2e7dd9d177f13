// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeck/options.h"
#include "app/quarterdeck/translations.h"
#include "core/base/clock.h"
#include "ui/shell/preferences.h"

#include <QObject>
#include <QTemporaryDir>

#include <memory>
#include <string>
#include <vector>

namespace base {
class SystemTimers;
class ThreadPool;
} // namespace base
namespace change {
class Clusters;
class Door;
class ForwardGate;
} // namespace change
namespace fleet {
class Fleet;
class Settings;
} // namespace fleet
namespace net {
class Engine;
} // namespace net
namespace ui {
class ChangeRuns;
class MainWindow;
class QtExecutor;
class Theme;
} // namespace ui

namespace app {

class DemoProcess;
class UnknownSettler;

/// The whole program: owns engine, fleet and window, starts them in order and ends them in order.
class Application : public QObject {
    Q_OBJECT
public:
    explicit Application(Options options, QObject* parent = nullptr);
    ~Application() override;

    /// Shows the window, or starts the demo first. What goes wrong ends the program with a sentence on stderr.
    void start();
    /// Ends the program once what is being written has its result: nothing more is sent, and finished() comes with the
    /// last answer, after some seconds in any case, or at once when asked again.
    void quit();
    /// Refuses new work, cancels, joins, drops handlers that are still queued, deletes widgets. Once; start() must not
    /// follow.
    void shutdown();

    [[nodiscard]] ui::MainWindow* window() const { return m_window.get(); }
    [[nodiscard]] fleet::Fleet* fleet() const { return m_fleet.get(); }
    [[nodiscard]] ui::ChangeRuns* changes() const { return m_changes.get(); }

signals:
    void finished(int exitCode);

private:
    void startFleet();
    void openDoor();
    void openWindow();
    void openAskedPage();
    bool connectAsked();
    void takePreferences(const ui::Preferences& preferences);
    void takeLanguage(const QString& language);
    void rebuildWindow();
    void fail(const QString& sentence, int exitCode);

    Options m_options;
    base::SystemClock m_clock;
    Translations m_translations;
    std::unique_ptr<QTemporaryDir> m_demoFolder;
    std::unique_ptr<DemoProcess> m_demo;
    std::unique_ptr<fleet::Settings> m_settings;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::QtExecutor> m_home;
    std::unique_ptr<base::ThreadPool> m_pool;
    std::unique_ptr<net::Engine> m_engine;
    std::unique_ptr<fleet::Fleet> m_fleet;
    std::unique_ptr<base::SystemTimers> m_timers;
    std::unique_ptr<change::Clusters> m_clusters;
    std::unique_ptr<change::Door> m_door;
    std::unique_ptr<ui::ChangeRuns> m_changes;
    std::unique_ptr<UnknownSettler> m_settler;
    std::unique_ptr<change::ForwardGate> m_forwardGate;
    std::unique_ptr<ui::MainWindow> m_window;
    std::vector<std::string> m_lookedAt;
    ui::Preferences m_preferences;
    std::string m_stateFolder;
    bool m_isQuitting = false;
    bool m_isOver = false;
};

} // namespace app
