// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/application.h"

#include "app/quarterdeck/demo_process.h"
#include "app/quarterdeck/screenshot.h"
#include "app/quarterdeck/timings.h"
#include "app/quarterdeck/unknown_settler.h"
#include "core/base/executor.h"
#include "core/base/secret_service.h"
#include "core/base/timer.h"
#include "core/change/door.h"
#include "core/change/fleet_clusters.h"
#include "core/change/forward_gate.h"
#include "core/fleet/fleet.h"
#include "core/fleet/paths.h"
#include "core/fleet/settings.h"
#include "core/kube/config/kubeconfig.h"
#include "core/net/engine.h"
#include "ui/base/qt_executor.h"
#include "ui/base/theme.h"
#include "ui/change/change_runs.h"
#include "ui/shell/main_window.h"

#include <QCoreApplication>
#include <QIcon>
#include <QTimer>

#include <cstdio>
#include <utility>

namespace app {

namespace {

constexpr std::size_t kDecodeThreads = 2;
/// A server that is asked to store something may take its time; the journal says of what comes later that it is
/// unknown.
constexpr int kLongestFarewellMs = 10'000;

} // namespace

Application::Application(Options options, QObject* parent)
    : QObject(parent)
    , m_options(std::move(options)) {}

Application::~Application() {
    shutdown();
}

void Application::start() {
    fleet::Paths paths = fleet::Paths::fromEnvironment();
    if (m_options.demo) {
        // The demo leaves no trace among the settings and states of real clusters.
        m_demoFolder = std::make_unique<QTemporaryDir>();
        paths = fleet::Paths::below(m_demoFolder->path().toStdString());
        m_options.kubeconfig = m_demoFolder->filePath(QStringLiteral("kubeconfig"));
    }
    m_stateFolder = paths.state;
    m_settings = std::make_unique<fleet::Settings>(paths.settingsFile());
    m_preferences = ui::Preferences::read(*m_settings);
    if (!m_options.theme.isEmpty())
        m_preferences.scheme =
            m_options.theme == QLatin1String("dark") ? ui::SchemeChoice::Dark : ui::SchemeChoice::Light;
    if (!m_options.language.isEmpty())
        m_preferences.language = m_options.language;
    QIcon::setFallbackThemeName(QStringLiteral("breeze"));
    m_theme = std::make_unique<ui::Theme>(m_preferences.scheme);
    m_theme->setDensity(m_preferences.density);
    m_translations.use(m_preferences.language);
    if (!m_options.demo) {
        startFleet();
        return;
    }
    m_demo = std::make_unique<DemoProcess>(m_options.kubeconfig);
    connect(m_demo.get(), &DemoProcess::ready, this, &Application::startFleet);
    connect(m_demo.get(), &DemoProcess::failed, this, [this](const QString& why) { fail(why, 1); });
    m_demo->start();
}

void Application::startFleet() {
    m_home = std::make_unique<ui::QtExecutor>();
    m_pool = std::make_unique<base::ThreadPool>(kDecodeThreads);
    m_engine = std::make_unique<net::Engine>();
    fleet::FleetEnvironment environment;
    environment.engine = m_engine.get();
    environment.home = m_home.get();
    environment.decodePool = m_pool.get();
    environment.clock = &m_clock;
    environment.settings = m_settings.get();
    environment.stateFolder = m_stateFolder;
    if (!m_options.kubeconfig.isEmpty())
        environment.kubeconfigs = {m_options.kubeconfig.toStdString()};
    // A picture is a question, not a session: the next start opens what the last session had open.
    if (!m_options.screenshot.isEmpty())
        environment.rememberOpen = fleet::RememberOpen::No;
    m_lookedAt =
        environment.kubeconfigs.empty() ? kube::KubeconfigSources::fromEnvironment().files : environment.kubeconfigs;
    m_fleet = std::make_unique<fleet::Fleet>(std::move(environment));
    static_cast<void>(m_fleet->forwards()); // those remembered wait for their clusters from now on
    openDoor();
    if (!connectAsked())
        return;
    openWindow();
    openAskedPage();
    if (m_options.screenshot.isEmpty())
        return;
    auto* screenshot = new Screenshot(*m_window, m_options.screenshot, this);
    connect(screenshot, &Screenshot::done, this, [this](Screenshot::Outcome outcome) {
        switch (outcome) {
        case Screenshot::Outcome::Written:
            emit finished(0);
            return;
        case Screenshot::Outcome::NotSettled:
            fail(QStringLiteral("The page was still waiting for answers after a minute; the picture shows it so."), 1);
            return;
        case Screenshot::Outcome::Failed:
            fail(QStringLiteral("The picture could not be written to %1.").arg(m_options.screenshot), 1);
            return;
        }
    });
}

bool Application::connectAsked() {
    if (m_options.demo) {
        for (const fleet::ClusterInfo& cluster : m_fleet->clusters())
            m_options.contexts.append(QString::fromStdString(cluster.name));
    }
    for (const QString& context : std::as_const(m_options.contexts)) {
        const fleet::ClusterId id = m_fleet->byContext(context.toStdString());
        if (id.isNull()) {
            fail(QStringLiteral("There is no context %1 in the kubeconfig.").arg(context), 2);
            return false;
        }
        m_fleet->connect(id, context.toStdString());
    }
    if (m_options.contexts.isEmpty() && m_options.screenshot.isEmpty() && m_preferences.reopen)
        m_fleet->reopen();
    return true;
}

void Application::openDoor() {
    m_timers = std::make_unique<base::SystemTimers>();
    m_clusters = std::make_unique<change::FleetClusters>(*m_fleet);
    // What the demo's secrets hold goes with it.
    std::shared_ptr<base::Keyring> keyring;
    if (m_options.demo)
        keyring = std::make_shared<base::MemoryKeyring>();
    else
        keyring = std::make_shared<base::SecretServiceKeyring>("journal");
    m_door = std::make_unique<change::Door>(change::Door::Environment{
        *m_home, m_clock, *m_timers, *m_clusters, m_stateFolder + "/journal", "quarterdeck", std::move(keyring)});
    m_changes = std::make_unique<ui::ChangeRuns>(*m_door);
    m_settler = std::make_unique<UnknownSettler>(*m_fleet, *m_door);
    m_forwardGate = std::make_unique<change::ForwardGate>(*m_fleet, *m_door);
}

void Application::openWindow() {
    m_window = std::make_unique<ui::MainWindow>(*m_fleet, *m_settings, *m_door, *m_changes, m_lookedAt);
    const bool isPicture = !m_options.screenshot.isEmpty();
    if (!isPicture)
        m_window->restoreFromSettings(m_options.page.isEmpty() ? ui::MainWindow::Restore::Everything
                                                               : ui::MainWindow::Restore::GeometryOnly);
    if (m_options.size.isValid())
        m_window->resize(m_options.size);
    connect(m_window.get(), &ui::MainWindow::quitAsked, this, &Application::quit);
    connect(m_window.get(), &ui::MainWindow::preferencesChanged, this, &Application::takePreferences);
    connect(m_window.get(), &ui::MainWindow::languageChosen, this, &Application::takeLanguage);
    connect(m_theme.get(), &ui::Theme::densityChanged, m_window.get(), &ui::MainWindow::readDensity);
    if (std::exchange(m_options.timings, false))
        new Timings(*m_window);
    m_window->show();
}

void Application::openAskedPage() {
    ui::PageTarget target;
    target.page = m_options.page;
    if (target.page.isEmpty())
        target.page = QString::fromStdString(m_settings->text(fleet::Setting::LastPage));
    if (!m_window->hasPage(target.page))
        target.page = QStringLiteral("fleet");
    target.kind = m_options.kind;
    target.namespaces = m_options.namespaces;
    if (!m_options.filter.isEmpty())
        target.filter = m_options.filter;
    m_window->open(target);
    // Only a choice among several open ones is a scope worth showing as chips.
    if (!m_options.demo && !m_options.contexts.isEmpty()) {
        std::vector<fleet::ClusterId> ids;
        for (const QString& context : std::as_const(m_options.contexts))
            ids.push_back(m_fleet->byContext(context.toStdString()));
        m_window->scope().setClusters(std::move(ids));
    }
}

void Application::takePreferences(const ui::Preferences& preferences) {
    preferences.write(*m_settings);
    // The language that the command line gave stays until one is chosen.
    const QString language = m_preferences.language;
    m_preferences = preferences;
    m_preferences.language = language;
    m_theme->setChoice(preferences.scheme);
    m_theme->setDensity(preferences.density);
}

void Application::takeLanguage(const QString& language) {
    if (language == m_preferences.language && language == ui::Preferences::read(*m_settings).language)
        return;
    m_window->askToBuildAnew([this, language] {
        m_preferences.language = language;
        m_settings->set(fleet::Setting::Language, language.toStdString());
        // Not under the dialog that it was chosen in.
        QMetaObject::invokeMethod(this, &Application::rebuildWindow, Qt::QueuedConnection);
    });
}

// A language is changed by building the window anew: every text is made once.
void Application::rebuildWindow() {
    const std::vector<fleet::ClusterId> clusters = m_window->scope().clusters();
    const QStringList namespaces = m_window->scope().namespaces();
    m_window->saveToSettings();
    m_window.reset();
    m_translations.use(m_preferences.language);
    // What the command line asked for was shown by the first window.
    m_options.page.clear();
    m_options.kind.clear();
    m_options.namespaces.reset();
    m_options.filter.clear();
    m_options.contexts.clear();
    m_options.size = {};
    openWindow();
    m_window->scope().set(clusters, namespaces);
    openAskedPage();
}

void Application::fail(const QString& sentence, int exitCode) {
    std::fprintf(stderr, "quarterdeck: %s\n", qPrintable(sentence));
    emit finished(exitCode);
}

void Application::quit() {
    if (!m_changes || m_changes->isIdle() || std::exchange(m_isQuitting, true)) {
        emit finished(0);
        return;
    }
    connect(m_changes.get(), &ui::ChangeRuns::idle, this, [this] { emit finished(0); });
    QTimer::singleShot(kLongestFarewellMs, this, [this] { emit finished(0); });
    m_changes->cancelAll();
    if (m_window)
        m_window->hide();
}

void Application::shutdown() {
    if (std::exchange(m_isOver, true))
        return;
    if (m_window) {
        disconnect(m_window.get(), nullptr, this, nullptr);
        if (m_options.screenshot.isEmpty())
            m_window->saveToSettings();
    }
    m_window.reset(); // Pages give back their views and cancel their questions.
    m_settler.reset();
    m_forwardGate.reset();
    m_changes.reset(); // Gives up what is under way still; the journal calls it unknown then.
    m_door.reset();    // Writes the journal to its end.
    m_clusters.reset();
    m_timers.reset();
    m_fleet.reset();  // Cancels everything else.
    m_engine.reset(); // Joins the thread of connections.
    m_pool.reset();   // Joins the decoders.
    if (m_home)
        m_home->close(); // What was queued for the window has nobody left to hear it.
    m_home.reset();
    m_theme.reset();
    m_settings.reset();
    m_demo.reset();
    m_demoFolder.reset();
}

} // namespace app
