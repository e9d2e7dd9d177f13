// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/page.h"
#include "ui/shell/preferences.h"
#include "ui/shell/scope.h"

#include <QMainWindow>
#include <QStringList>

#include <functional>
#include <string>
#include <vector>

namespace ui {

struct Command;
struct PageSpec;
class FootBar;
class Navigation;
class PageHead;
class PageStack;
class TopBar;

/// The window: its frame of four places, its menus and the way between them. Pages own their wiring.
class MainWindow : public QMainWindow, public Navigator {
    Q_OBJECT
public:
    /// fleet, settings, door and changes outlive the window; `lookedAt` are the paths where kubeconfigs were looked
    /// for.
    MainWindow(fleet::Fleet& fleet, fleet::Settings& settings, change::Door& door, ChangeRuns& changes,
               std::vector<std::string> lookedAt);
    ~MainWindow() override;

    void open(const PageTarget& target, Tab tab = Tab::Same) override;
    void goBack() override;
    void say(const QString& sentence) override;
    void editFilter() override;

    [[nodiscard]] Page* currentPage() const;
    [[nodiscard]] bool hasPage(const QString& id) const;
    [[nodiscard]] Scope& scope() { return m_scope; }
    [[nodiscard]] ActionRegistry& actions() { return m_actions; }
    /// The page in front has everything it asked for.
    [[nodiscard]] bool isSettled() const;

    /// Geometry, pages and tabs, to and from the settings.
    enum class Restore { Everything, GeometryOnly };
    void restoreFromSettings(Restore what);
    void saveToSettings();
    /// Does `go` at once where nothing would be lost with this window; otherwise asks first.
    void askToBuildAnew(std::function<void()> go);
    /// Rows have another height.
    void readDensity();

signals:
    /// In anything but the language.
    void preferencesChanged(const ui::Preferences& preferences);
    void languageChosen(const QString& language);
    void quitAsked();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    /// Also where something would be lost, which is asked first.
    void askToQuit();
    void build();
    void addActions();
    void wire();
    void showPage(Page* page);
    void showFilter();
    void showWaiting();
    void runCommand(const QString& typed);
    [[nodiscard]] QStringList suggestionsFor(const QString& typed) const;
    void showPalette();
    void showHelp();
    void showSettings();
    void showAbout();
    void duplicateTab();

    fleet::Fleet& m_fleet;
    fleet::Settings& m_settings;
    Scope m_scope;
    ActionRegistry m_actions;
    PageContext m_context;
    TopBar* m_top = nullptr;
    Navigation* m_navigation = nullptr;
    PageHead* m_head = nullptr;
    PageStack* m_stack = nullptr;
    FootBar* m_foot = nullptr;
    QStringList m_history; ///< Pages left, the last one at the end.
    base::Cancel m_notices;
};

} // namespace ui
