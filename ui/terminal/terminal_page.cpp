// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminal_page.h"

#include "core/fleet/fleet.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/ask_before_loss.h"
#include "ui/terminal/terminal_pane.h"
#include "ui/terminal/terminal_view.h"

#include <QAction>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

TerminalPage::TerminalPage(const PageContext& context, QWidget* parent)
    : Page(parent)
    , m_context(context)
    , m_stack(new QStackedWidget(this))
    , m_root(new QSplitter(Qt::Horizontal, this))
    , m_fontSize(TerminalView::defaultFontSize()) {
    m_root->setChildrenCollapsible(false);
    auto* vacant = new QFrame(this);
    vacant->setProperty("panel", true);
    auto* words =
        new QLabel(tr("No terminal is open. Choose a pod in the Browser and press S for a shell in it."), vacant);
    words->setObjectName(QStringLiteral("terminalVacant"));
    words->setWordWrap(true);
    words->setTextFormat(Qt::PlainText);
    auto* vacantLayout = new QVBoxLayout(vacant);
    vacantLayout->setContentsMargins(16, 16, 16, 16);
    vacantLayout->addWidget(words);
    vacantLayout->addStretch(1);
    m_stack->addWidget(vacant);
    m_stack->addWidget(m_root);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    addActions();
}

// The sessions tell of their end while the page goes.
TerminalPage::~TerminalPage() {
    for (TerminalPane* pane : m_panes)
        pane->disconnect(this);
}

void TerminalPage::addActions() {
    const auto add = [this](const char* id, const QString& text, const QString& help, const char* keys, auto run) {
        ActionSpec spec;
        spec.id = QLatin1String("terminal.") + QLatin1String(id);
        spec.text = text;
        spec.help = help;
        for (const QString& key : QString::fromLatin1(keys).split(u' ', Qt::SkipEmptyParts))
            spec.shortcuts.append(QKeySequence(key));
        return m_context.actions.add(this, spec, [this, run] {
            if (m_current != nullptr)
                run(*m_current);
        });
    };
    auto* right = add("split-right", tr("Split right"), tr("A second session beside this one"), "Ctrl+Shift+E",
                      [this](TerminalPane&) { split(Beside::Right); });
    auto* below = add("split-below", tr("Split below"), tr("A second session below this one"), "Ctrl+Shift+O",
                      [this](TerminalPane&) { split(Beside::Below); });
    auto* find = add("find", tr("Find"), tr("Search in the terminal and its history"), "Ctrl+Shift+F",
                     [](TerminalPane& pane) { pane.openFind(); });
    add("container", tr("Choose container"), tr("Another container of the pod, in a new session"), "Ctrl+Shift+K",
        [](TerminalPane& pane) { pane.openContainers(); });
    add("copy", tr("Copy"), {}, "Ctrl+Shift+C", [](TerminalPane& pane) { pane.view().copy(); });
    add("paste", tr("Paste"), {}, "Ctrl+Shift+V", [](TerminalPane& pane) { pane.view().paste(); });
    add("select-all", tr("Select all"), {}, "Ctrl+Shift+A", [](TerminalPane& pane) { pane.view().selectAll(); });
    add("clear-history", tr("Clear the history"), tr("Forgets the lines above the screen"), "",
        [](TerminalPane& pane) { pane.view().clearHistory(); });
    add("larger", tr("Larger text"), {}, "Ctrl++ Ctrl+=", [this](TerminalPane&) { setFontSize(m_fontSize + 1); });
    add("smaller", tr("Smaller text"), {}, "Ctrl+-", [this](TerminalPane&) { setFontSize(m_fontSize - 1); });
    add("normal", tr("Text of normal size"), {}, "Ctrl+0",
        [this](TerminalPane&) { setFontSize(TerminalView::defaultFontSize()); });
    add("new", tr("New tab on this pod"), {}, "Ctrl+Shift+T", [this](TerminalPane& pane) {
        PageTarget target;
        target.page = QStringLiteral("terminal");
        target.terminal = std::make_shared<const TerminalSubject>(pane.subject());
        m_context.navigator.open(target, Navigator::Tab::New);
    });
    add("next", tr("Next terminal of this tab"), {}, "Ctrl+Shift+PgDown", [this](TerminalPane&) { step(1); });
    add("previous", tr("Terminal before in this tab"), {}, "Ctrl+Shift+PgUp", [this](TerminalPane&) { step(-1); });
    add("reconnect", tr("Start again"), tr("A new session where the last one has ended"), "Ctrl+Shift+R",
        [](TerminalPane& pane) { pane.restart(); });
    add("close", tr("Close terminal"), {}, "Ctrl+Shift+W", [this](TerminalPane& pane) { askToClose(&pane); });
    m_headActions = {find, right, below};
}

QString TerminalPage::title() const {
    if (m_current == nullptr)
        return tr("Terminals");
    return m_current->name();
}

QString TerminalPage::subtitle() const {
    if (m_current == nullptr)
        return {};
    const QString cluster = QString::fromStdString(m_context.fleet.cluster(m_current->subject().cluster).name);
    const QString container = QString::fromStdString(m_current->subject().container);
    if (container.isEmpty())
        return tr("%1, %2", "a cluster, how a session is").arg(cluster, m_current->stateText());
    return tr("%1, container %2, %3", "a cluster, a container, how a session is")
        .arg(cluster, container, m_current->stateText());
}

QString TerminalPage::tabTitle() const {
    if (m_current == nullptr)
        return title();
    return QString::fromStdString(m_current->subject().pod);
}

int TerminalPage::tabHue() const {
    return m_current != nullptr ? m_current->hue() : -1;
}

// Each S is a session of its own; the object made for it names it.
bool TerminalPage::isAbout(const PageTarget& target) const {
    return m_subject != nullptr && target.terminal == m_subject;
}

void TerminalPage::show(const PageTarget& target) {
    if (target.terminal == nullptr || target.terminal == m_subject)
        return;
    m_subject = target.terminal;
    m_stack->setCurrentWidget(m_root);
    addPane(*m_subject, m_root, m_root->count());
}

TerminalPane* TerminalPage::addPane(const TerminalSubject& subject, QSplitter* into, int at) {
    auto* pane = new TerminalPane(m_context, subject, into);
    pane->view().setFontSize(m_fontSize);
    into->insertWidget(at, pane);
    m_panes.append(pane);
    connect(pane, &TerminalPane::stateChanged, this, &TerminalPage::paneChanged);
    connect(pane, &TerminalPane::focused, this, [this, pane] {
        if (m_current == pane)
            return;
        m_current = pane;
        emit headingChanged();
    });
    connect(pane, &TerminalPane::closeAsked, this, [this, pane] { askToClose(pane); });
    m_current = pane;
    for (TerminalPane* each : m_panes)
        each->setCloseable(m_panes.size() > 1);
    pane->start();
    pane->setFocus(Qt::OtherFocusReason);
    emit headingChanged();
    return pane;
}

void TerminalPage::split(Beside beside) {
    const Qt::Orientation way = beside == Beside::Right ? Qt::Horizontal : Qt::Vertical;
    auto* around = qobject_cast<QSplitter*>(m_current->parentWidget());
    int at = around->indexOf(m_current);
    if (around->orientation() != way && around->count() == 1) {
        around->setOrientation(way);
    } else if (around->orientation() != way) {
        const QList<int> sizes = around->sizes();
        auto* inner = new QSplitter(way);
        inner->setChildrenCollapsible(false);
        around->insertWidget(at, inner);
        inner->addWidget(m_current);
        around->setSizes(sizes);
        around = inner;
        at = 0;
    }
    addPane(m_current->subject(), around, at + 1);
    QList<int> even;
    for (int i = 0; i < around->count(); ++i)
        even.append(1000);
    around->setSizes(even);
}

QString TerminalPage::lossOf(const QList<TerminalPane*>& panes) const {
    QStringList running;
    for (const TerminalPane* pane : panes) {
        if (pane->isRunning())
            running.append(pane->name());
    }
    if (running.isEmpty())
        return {};
    return running.size() == 1
               ? tr("A session on %1 is running, and would be cut.", "%1 is a pod").arg(running.front())
               : tr("%n sessions are running, and would be cut: %1.", "%1 are pods", int(running.size()))
                     .arg(running.join(QLatin1String(", ")));
}

QString TerminalPage::unsaved() const {
    return lossOf(m_panes);
}

void TerminalPage::askToClose(TerminalPane* pane) {
    askBeforeLoss(this, lossOf({pane}), tr("Close terminal"), [this, pane] { closePane(pane); });
}

void TerminalPage::closePane(TerminalPane* pane) {
    if (!m_panes.removeOne(pane))
        return;
    pane->disconnect(this);
    pane->hide();
    pane->setParent(this);
    pane->deleteLater();
    if (m_current == pane)
        m_current = m_panes.isEmpty() ? nullptr : m_panes.back();
    for (TerminalPane* each : m_panes)
        each->setCloseable(m_panes.size() > 1);
    if (m_current != nullptr) {
        m_current->setFocus(Qt::OtherFocusReason);
    } else {
        m_subject.reset();
        m_stack->setCurrentIndex(0);
        emit leftForGood();
    }
    emit headingChanged();
    emit settledChanged();
}

void TerminalPage::step(int by) {
    const auto count = int(m_panes.size());
    const auto at = int(m_panes.indexOf(m_current));
    m_panes[(at + by + count) % count]->setFocus(Qt::OtherFocusReason);
}

void TerminalPage::setFontSize(int points) {
    m_fontSize = std::clamp(points, TerminalView::kSmallest, TerminalView::kLargest);
    for (TerminalPane* pane : m_panes)
        pane->view().setFontSize(m_fontSize);
}

void TerminalPage::focusMain() {
    if (m_current != nullptr)
        m_current->setFocus(Qt::OtherFocusReason);
}

bool TerminalPage::isSettled() const {
    return std::all_of(m_panes.begin(), m_panes.end(), [](const TerminalPane* pane) { return pane->isSettled(); });
}

void TerminalPage::paneChanged() {
    emit headingChanged();
    emit settledChanged();
}

} // namespace ui
