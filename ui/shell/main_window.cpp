// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include "core/change/door.h"
#include "core/fleet/fleet.h"
#include "core/fleet/settings.h"
#include "ui/base/fuzzy.h"
#include "ui/base/theme.h"
#include "ui/editor/open_editor.h"
#include "ui/logs/logs_label_dialog.h"
#include "ui/shell/about.h"
#include "ui/shell/ask_before_loss.h"
#include "ui/shell/command.h"
#include "ui/shell/command_line.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/destinations.h"
#include "ui/shell/foot_bar.h"
#include "ui/shell/help_dialog.h"
#include "ui/shell/navigation.h"
#include "ui/shell/page_head.h"
#include "ui/shell/page_list.h"
#include "ui/shell/page_stack.h"
#include "ui/shell/scope_bar.h"
#include "ui/shell/settings_dialog.h"
#include "ui/shell/top_bar.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QIcon>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr std::size_t kMostSuggestions = 40;
constexpr qsizetype kLongestHistory = 50;
constexpr std::string_view kWindow = "main";

} // namespace

MainWindow::MainWindow(fleet::Fleet& fleet, fleet::Settings& settings, change::Door& door, ChangeRuns& changes,
                       std::vector<std::string> lookedAt)
    : m_fleet(fleet)
    , m_settings(settings)
    , m_context{m_fleet, m_settings, door, changes, m_scope, m_actions, *this, std::move(lookedAt)} {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Quarterdeck"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/quarterdeck.svg")));
    resize(1280, 800);
    setMinimumSize(800, 480);
    build();
    addActions();
    wire();
}

MainWindow::~MainWindow() = default;

void MainWindow::build() {
    m_top = new TopBar(m_context, this);
    m_navigation = new Navigation(this);
    m_head = new PageHead(this);
    m_stack = new PageStack(m_context, this);
    m_foot = new FootBar(m_fleet, m_settings, m_context.door.journal(), this);
    auto* page = new QVBoxLayout;
    page->setContentsMargins(14, 12, 14, 12);
    page->setSpacing(8);
    page->addWidget(m_head);
    page->addWidget(m_stack, 1);
    auto* middle = new QHBoxLayout;
    middle->setContentsMargins(0, 0, 0, 0);
    middle->setSpacing(0);
    middle->addWidget(m_navigation);
    middle->addSpacing(1);
    middle->addLayout(page, 1);
    auto* central = new QWidget(this);
    central->setObjectName(QStringLiteral("frame"));
    auto* all = new QVBoxLayout(central);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(1);
    all->addWidget(m_top);
    all->addLayout(middle, 1);
    all->addWidget(m_foot);
    setCentralWidget(central);
}

void MainWindow::addActions() {
    const auto add = [this](const char* id, const QString& text, const QList<QKeySequence>& keys, auto run,
                            const char* icon = "") {
        return m_actions.add(this, {QString::fromLatin1(id), text, {}, QString::fromLatin1(icon), keys}, run);
    };
    const auto key = [](const char* text) { return QKeySequence(QString::fromLatin1(text)); };
    auto* line = &m_top->commandLine();
    add("shell.filter", tr("&Filter"), {key("/"), key("Ctrl+F")}, [this] { editFilter(); });
    add("shell.command", tr("Co&mmand: kind or page"), {key(":")}, [line] { line->edit(CommandLine::Mode::Command); });
    auto* palette = add("shell.palette", tr("Go to &anything"), {key("Ctrl+K")}, [this] { showPalette(); });
    add("shell.clusters", tr("Choose &clusters"), {key("Ctrl+L")}, [this] { m_top->scopeBar().pickClusters(); });
    add("shell.namespaces", tr("Choose &namespaces"), {key("Ctrl+Shift+N")},
        [this] { m_top->scopeBar().pickNamespaces(); });
    add("shell.all-namespaces", tr("All namespaces"), {key("0")}, [this] { m_scope.setNamespaces({}); });
    add("shell.back", tr("&Back to the page before"), {key("-"), key("Alt+Left")}, [this] { goBack(); });
    auto* newTab = add("shell.tab-new", tr("New &tab"), {key("Ctrl+T")}, [this] { duplicateTab(); });
    auto* closeTab = add("shell.tab-close", tr("C&lose tab"), {key("Ctrl+W")}, [this] { m_stack->closeTab(); });
    add("shell.tab-next", tr("Next tab"), {key("Ctrl+Tab"), key("]")},
        [this] { m_stack->stepTab(PageStack::Step::Next); });
    add("shell.tab-previous", tr("Previous tab"), {key("Ctrl+Shift+Tab"), key("[")},
        [this] { m_stack->stepTab(PageStack::Step::Previous); });
    auto* create = add("shell.create", tr("Create from &YAML…"), {key("Ctrl+N")},
                       [this] { open(newObjectsTarget(m_fleet, m_scope), Tab::New); });
    add("shell.logs-by-label", tr("Logs by any label…"), {},
        [this] { askLogsByLabel(m_context, labelWish(m_scope), this); });
    int number = 1;
    for (const PageSpec& spec : pageList()) {
        const QString id = QString::fromLatin1(spec.id);
        QList<QKeySequence> keys;
        if (number <= 9)
            keys.append(key(qPrintable(QStringLiteral("Alt+%1").arg(number++))));
        add(qPrintable(QStringLiteral("shell.page-") + id), tr("Show %1", "%1 is a page").arg(pageTitle(spec)), keys,
            [this, id] {
                PageTarget target;
                target.page = id;
                open(target);
            });
    }
    auto* settings = add("shell.settings", tr("&Settings…"), {key("Ctrl+,")}, [this] { showSettings(); }, "configure");
    auto* help = add("shell.help", tr("&Keys of this page"), {key("?"), key("F1")}, [this] { showHelp(); });
    auto* about = add("shell.about", tr("A&bout Quarterdeck"), {}, [this] { showAbout(); });
    add("shell.menu", tr("Program menu"), {key("F10")}, [this] { m_top->dropMenu(); });
    add("shell.context-menu", tr("Menu of what the cursor is on"), {key("Shift+F10"), key("Menu")}, [] {
        if (QWidget* focus = QApplication::focusWidget()) {
            QContextMenuEvent asked(QContextMenuEvent::Keyboard, focus->rect().center(),
                                    focus->mapToGlobal(focus->rect().center()));
            QApplication::sendEvent(focus, &asked);
        }
    });
    auto* quit = add("shell.quit", tr("&Quit"), {key("Ctrl+Q")}, [this] { askToQuit(); }, "application-exit");

    auto* menu = new QMenu(this);
    menu->setAccessibleName(tr("Program menu"));
    menu->addActions({palette, create, newTab, closeTab});
    menu->addSeparator();
    menu->addActions({settings, help, about});
    menu->addSeparator();
    menu->addAction(quit);
    m_top->setMenu(menu);
    const auto enableTabs = [this, newTab, closeTab] {
        newTab->setEnabled(m_stack->currentSpec() && m_stack->currentSpec()->tabs == PageTabs::Several);
        closeTab->setEnabled(m_stack->tabCount() > 1);
    };
    connect(m_stack, &PageStack::tabsChanged, this, enableTabs);
    enableTabs();
}

void MainWindow::wire() {
    CommandLine& line = m_top->commandLine();
    line.setSuggestions([this](const QString& typed) { return suggestionsFor(typed); });
    connect(&line, &CommandLine::filterEdited, this, [this](const QString& text) {
        if (Page* page = currentPage())
            page->setFilter(text);
        showFilter();
    });
    connect(&line, &CommandLine::commandEntered, this, &MainWindow::runCommand);
    connect(&line, &CommandLine::left, this, [this] {
        if (Page* page = currentPage())
            page->focusMain();
    });
    connect(m_top, &TopBar::paletteAsked, this, &MainWindow::showPalette);
    connect(m_navigation, &Navigation::chosen, this, [this](const QString& id) {
        PageTarget target;
        target.page = id;
        open(target);
    });
    connect(m_stack, &PageStack::currentChanged, this, &MainWindow::showPage);
    connect(m_stack, &PageStack::headingChanged, this, &MainWindow::showWaiting);
    connect(m_stack, &PageStack::leftForGood, this, &MainWindow::goBack);
    m_notices = m_fleet.onNotice([this](const fleet::FleetNotice& notice) {
        // A chip carries names, hues and protection, which are settings of a cluster.
        if (notice.listChanged || !notice.changed.empty())
            m_top->scopeBar().refresh();
        m_foot->readAll();
    });
}

Page* MainWindow::currentPage() const {
    return m_stack->current();
}

bool MainWindow::hasPage(const QString& id) const {
    return findPage(id) != nullptr;
}

void MainWindow::readDensity() {
    for (QTableView* table : findChildren<QTableView*>())
        table->verticalHeader()->setDefaultSectionSize(Measure::row());
}

bool MainWindow::isSettled() const {
    const Page* page = currentPage();
    return page && page->isSettled();
}

void MainWindow::open(const PageTarget& target, Tab tab) {
    const PageSpec* spec = target.page.isEmpty() ? m_stack->currentSpec() : findPage(target.page);
    if (!spec) {
        say(tr("There is no page %1").arg(target.page));
        return;
    }
    if (m_stack->currentSpec() && m_stack->currentSpec() != spec) {
        m_history.append(QString::fromLatin1(m_stack->currentSpec()->id));
        if (m_history.size() > kLongestHistory)
            m_history.removeFirst();
    }
    Page* page = tab == Tab::New ? m_stack->openTab(*spec, target) : m_stack->open(*spec);
    m_scope.set(target.scope.value_or(m_scope.clusters()), target.namespaces.value_or(m_scope.namespaces()));
    page->show(target);
    if (target.filter)
        page->setFilter(*target.filter);
    showFilter();
    page->focusMain();
}

void MainWindow::showPage(Page* page) {
    m_head->showPage(page);
    m_navigation->setCurrent(QString::fromLatin1(m_stack->currentSpec()->id));
    m_top->scopeBar().setNamespaces(page->hasNamespaces() ? ScopeBar::Namespaces::Shown : ScopeBar::Namespaces::Hidden);
    connect(page, &Page::filterChanged, this, &MainWindow::showFilter, Qt::UniqueConnection);
    setWindowTitle(tr("%1 – Quarterdeck", "%1 is a page").arg(page->title()));
    showFilter();
    showWaiting();
}

void MainWindow::showFilter() {
    if (const Page* page = currentPage())
        m_top->commandLine().showFilter(page->filter(), page->filterHint(), page->filterProblem());
}

void MainWindow::showWaiting() {
    for (const PageSpec& spec : pageList()) {
        if (const Page* page = m_stack->built(spec))
            m_navigation->setWaiting(QString::fromLatin1(spec.id), page->waiting());
    }
}

void MainWindow::say(const QString& sentence) {
    m_foot->say(sentence);
}

void MainWindow::editFilter() {
    m_top->commandLine().edit(CommandLine::Mode::Filter);
}

void MainWindow::runCommand(const QString& typed) {
    const Command command = parseCommand(typed);
    switch (command.verb) {
    case Command::Verb::Nothing:
        return;
    case Command::Verb::Settings:
        showSettings();
        return;
    case Command::Verb::Help:
        showHelp();
        return;
    case Command::Verb::Quit:
        askToQuit();
        return;
    case Command::Verb::Subject:
    case Command::Verb::Context:
    case Command::Verb::Namespace:
        break;
    }
    if (const auto target = resolveCommand(m_context, command))
        open(*target);
    else
        say(tr("Nothing here is called %1", "%1 was typed").arg(typed.trimmed()));
}

QStringList MainWindow::suggestionsFor(const QString& typed) const {
    std::vector<std::pair<int, QString>> fitting;
    for (const Destination& destination : collectDestinations(m_context)) {
        const auto score = fuzzyScore(typed, destination.typed);
        const auto hinted = fuzzyScore(typed, destination.hint);
        if (score || hinted)
            fitting.emplace_back(std::max(score.value_or(-100'000), hinted.value_or(-100'000)), destination.typed);
    }
    std::stable_sort(fitting.begin(), fitting.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    QStringList names;
    for (std::size_t i = 0; i < fitting.size() && i < kMostSuggestions; ++i)
        names.append(fitting[i].second);
    return names;
}

void MainWindow::goBack() {
    if (m_history.isEmpty())
        return;
    const PageSpec* spec = findPage(m_history.takeLast());
    if (!spec)
        return;
    m_stack->open(*spec);
    showFilter();
    currentPage()->focusMain();
}

// Esc is no shortcut: a page takes the key first where it has something to close.
void MainWindow::keyPressEvent(QKeyEvent* event) {
    Page* page = currentPage();
    if (event->key() != Qt::Key_Escape || !page) {
        QMainWindow::keyPressEvent(event);
        return;
    }
    if (!page->filter().isEmpty()) {
        page->setFilter(QString());
        showFilter();
    } else {
        goBack();
    }
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_foot)
        m_foot->readAll();
}

// The hairlines between the four places.
void MainWindow::paintEvent(QPaintEvent* event) {
    QMainWindow::paintEvent(event);
    QPainter painter(this);
    const Tokens& t = tokens();
    painter.fillRect(m_top->geometry(), t.panel);
    painter.fillRect(m_navigation->geometry(), t.panel);
    painter.fillRect(m_foot->geometry(), t.panel);
    painter.fillRect(QRect(0, m_top->geometry().bottom() + 1, width(), 1), t.line);
    painter.fillRect(QRect(0, m_foot->geometry().top() - 1, width(), 1), t.line);
    const QRect navigation = m_navigation->geometry();
    painter.fillRect(QRect(navigation.right() + 1, navigation.top(), 1, navigation.height()), t.line);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    event->setAccepted(m_stack->unsaved().isEmpty());
    askToQuit();
}

void MainWindow::askToQuit() {
    askBeforeLoss(this, m_stack->unsaved().join(u'\n'), tr("Quit"), [this] {
        saveToSettings();
        emit quitAsked();
    });
}

void MainWindow::askToBuildAnew(std::function<void()> go) {
    askBeforeLoss(this, m_stack->unsaved().join(u'\n'), tr("Change language"), std::move(go));
}

void MainWindow::showPalette() {
    auto* palette = new CommandPalette(paletteEntries(m_context), this);
    palette->show();
}

void MainWindow::showHelp() {
    if (const Page* page = currentPage())
        (new HelpDialog(page->title(), m_actions, this))->show();
}

void MainWindow::showSettings() {
    auto* dialog = new SettingsDialog(Preferences::read(m_settings), this);
    connect(dialog, &SettingsDialog::changed, this, &MainWindow::preferencesChanged);
    connect(dialog, &SettingsDialog::languageChosen, this, &MainWindow::languageChosen);
    dialog->show();
}

void MainWindow::showAbout() {
    (new AboutDialog(this))->show();
}

void MainWindow::duplicateTab() {
    const PageSpec* spec = m_stack->currentSpec();
    if (!spec)
        return;
    const QVariantMap state = currentPage()->state();
    m_stack->openTab(*spec)->restore(state);
    currentPage()->focusMain();
}

void MainWindow::saveToSettings() {
    m_settings.set(fleet::Setting::WindowGeometry, saveGeometry().toBase64().toStdString(), kWindow);
    const QJsonObject pages = QJsonObject::fromVariantMap(m_stack->state());
    m_settings.set(fleet::Setting::WindowState, QJsonDocument(pages).toJson(QJsonDocument::Compact).toStdString(),
                   kWindow);
    if (m_stack->currentSpec())
        m_settings.set(fleet::Setting::LastPage, std::string(m_stack->currentSpec()->id));
}

void MainWindow::restoreFromSettings(Restore what) {
    restoreGeometry(
        QByteArray::fromBase64(QByteArray::fromStdString(m_settings.text(fleet::Setting::WindowGeometry, kWindow))));
    if (what == Restore::GeometryOnly)
        return;
    const QByteArray state = QByteArray::fromStdString(m_settings.text(fleet::Setting::WindowState, kWindow));
    m_stack->restore(QJsonDocument::fromJson(state).object().toVariantMap());
}

} // namespace ui
