// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/access_page.h"

#include "core/fleet/fleet.h"
#include "ui/access/grants_view.h"
#include "ui/access/question_bar.h"
#include "ui/access/rights_view.h"
#include "ui/base/cluster_text.h"
#include "ui/base/format.h"
#include "ui/base/table_view.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/scope.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QItemSelectionModel>
#include <QMenu>
#include <QSet>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

AccessPage::AccessPage(const PageContext& context, QWidget* parent)
    : Page(parent)
    , m_context(context) {
    setObjectName(QStringLiteral("accessPage"));
    setAccessibleName(tr("Access"));
    build();
    addActions();
    connect(&m_context.scope, &Scope::changed, this, [this] {
        m_isNamespaceChosen = false;
        fleetChanged();
    });
    m_notices = m_context.fleet.onNotice([this](const fleet::FleetNotice&) { fleetChanged(); });
    modeChanged();
}

AccessPage::~AccessPage() = default;

void AccessPage::build() {
    m_bar = new QuestionBar(this);
    m_stack = new QStackedWidget(this);
    m_rights = new RightsView(m_context, m_filter, m_stack);
    m_grants = new GrantsView(m_context, m_filter, m_stack);
    m_stack->addWidget(m_rights);
    m_stack->addWidget(m_grants);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_bar);
    layout->addWidget(m_stack, 1);
    wire(*m_rights);
    wire(*m_grants);
    connect(m_bar, &QuestionBar::modeChanged, this, &AccessPage::modeChanged);
    connect(m_bar, &QuestionBar::questionChanged, this, [this] { m_grants->setQuestion(m_bar->question()); });
    connect(m_bar, &QuestionBar::namespaceChosen, this, [this](const QString& ns) {
        m_isNamespaceChosen = true;
        setNamespace(ns);
    });
    connect(&m_rights->table(), &TableView::opened, this, &AccessPage::whoCanDoThis);
}

void AccessPage::wire(AccessView& view) {
    connect(&view, &AccessView::changed, this, [this, &view] {
        if (&view != &this->view())
            return;
        emit headingChanged();
        emit settledChanged();
    });
    connect(&view, &AccessView::clearFilterWanted, this, [this] { setFilter({}); });
    connect(&view, &AccessView::requestWanted, this, &AccessPage::copyRequest);
    connect(&view, &AccessView::fleetWanted, this, [this] {
        PageTarget target;
        target.page = QStringLiteral("fleet");
        m_context.navigator.open(target);
    });
    connect(&view.table(), &QWidget::customContextMenuRequested, this, &AccessPage::showMenu);
}

void AccessPage::addActions() {
    const auto add = [this](QWidget* owner, const char* id, const QString& text, const QString& help,
                            const QList<QKeySequence>& keys, auto run) {
        ActionSpec spec;
        spec.id = QLatin1String("access.") + QLatin1String(id);
        spec.text = text;
        spec.help = help;
        spec.shortcuts = keys;
        return m_context.actions.add(owner, spec, run);
    };
    add(this, "mine", tr("What I may do"), tr("The verbs that are allowed on each resource"),
        {QKeySequence(Qt::CTRL | Qt::Key_1)}, [this] {
            m_bar->setMode(QuestionBar::Mode::Mine);
            focusMain();
        });
    add(this, "who-can", tr("Who can…"), tr("Whom roles let do something, and through which binding"),
        {QKeySequence(Qt::CTRL | Qt::Key_2)}, [this] {
            m_bar->setMode(QuestionBar::Mode::WhoCan);
            m_bar->focusQuestion();
        });
    m_whoCan = add(&m_rights->table(), "who-can-this", tr("Who can do this"),
                   tr("Who else may do what the cursor is on"), {QKeySequence(Qt::Key_W)}, [this] { whoCanDoThis(); });
    m_askAgain = add(this, "ask-again", tr("Ask again"), tr("Forget the answers and ask the clusters anew"),
                     {QKeySequence(Qt::Key_F5)}, [this] { view().askAgain(); });
    m_copy = add(this, "copy", tr("Copy as text"), tr("Copy the chosen rows, their cells divided by tabs"),
                 {QKeySequence(QKeySequence::Copy)}, [this] { copyRows(); });
}

AccessView& AccessPage::view() const {
    if (m_bar->mode() == QuestionBar::Mode::WhoCan)
        return *m_grants;
    return *m_rights;
}

void AccessPage::modeChanged() {
    AccessView& now = view();
    m_stack->setCurrentWidget(&now);
    m_rights->setActive(isVisible() && &now == m_rights);
    m_grants->setActive(isVisible() && &now == m_grants);
    now.refilter();
    emit headingChanged();
    emit filterChanged();
    emit settledChanged();
}

void AccessPage::fleetChanged() {
    if (!isVisible())
        return;
    readNamespaces();
    readResources();
    m_rights->clustersChanged();
    m_grants->clustersChanged();
}

void AccessPage::readNamespaces() {
    QStringList names = m_context.scope.namespaces();
    const bool isNarrow = !names.isEmpty();
    if (!isNarrow) {
        for (const std::string& ns : m_context.fleet.namespaces(m_context.scope.clusters()))
            names.append(QString::fromStdString(ns));
    }
    QString current = m_rights->ns();
    const bool isOffered = current.isEmpty() ? !isNarrow : names.contains(current);
    if (!m_isNamespaceChosen || !isOffered)
        current = isNarrow ? names.front() : defaultNamespace(names);
    m_bar->setNamespaces(names, isNarrow ? QuestionBar::All::NotOffered : QuestionBar::All::Offered, current);
    setNamespace(current);
}

// Who may not even list namespaces is confined to some: all at once would say nothing of what they may do there.
QString AccessPage::defaultNamespace(const QStringList& names) const {
    for (const fleet::ClusterInfo& cluster : m_context.fleet.clusters()) {
        if (!m_context.scope.contains(cluster.id) || !isOpen(cluster.health) || cluster.listsNamespaces)
            continue;
        const QString own = cluster.wayIn < cluster.waysIn.size()
                                ? QString::fromStdString(cluster.waysIn[cluster.wayIn].ns)
                                : QString();
        if (names.contains(own))
            return own;
    }
    return {};
}

void AccessPage::setNamespace(const QString& ns) {
    m_rights->setNamespace(ns);
    m_grants->setNamespace(ns);
}

void AccessPage::readResources() {
    QSet<QString> resources;
    for (const fleet::ClusterInfo& cluster : m_context.fleet.clusters()) {
        const kube::KindCatalogPtr kinds = m_context.fleet.kinds(cluster.id);
        if (!kinds || !m_context.scope.contains(cluster.id))
            continue;
        for (const kube::Kind& kind : kinds->kinds())
            resources.insert(QString::fromStdString(kind.resource()));
    }
    for (const Subresource& sub : knownSubresources()) {
        if (resources.contains(QLatin1String(sub.resource)))
            resources.insert(QLatin1String(sub.resource) + u'/' + QLatin1String(sub.name));
    }
    QStringList sorted(resources.begin(), resources.end());
    sorted.sort();
    m_bar->setResources(sorted);
}

QString AccessPage::title() const {
    return tr("Access");
}

QString AccessPage::subtitle() const {
    const AccessView& now = view();
    if (now.model().totalCount() == 0)
        return {};
    const QString shown = countText(now.model().rowCount());
    if (!m_filter.isEmpty())
        return tr("%1 of %2 match", "counts of rows").arg(shown, countText(now.model().totalCount()));
    if (&now == m_grants)
        return tr("%Ln subjects can %1", "%1 is a verb and a resource", m_grants->subjectCount())
            .arg(m_grants->question().text());
    return tr("Something is allowed on %1 of %Ln resources", nullptr, now.model().totalCount())
        .arg(countText(m_rights->allowedCount()));
}

QString AccessPage::filterHint() const {
    return m_bar->mode() == QuestionBar::Mode::WhoCan ? tr("filter subjects: kind:user role:edit …")
                                                      : tr("filter resources: delete:yes group:apps …");
}

void AccessPage::setFilter(const QString& text) {
    m_filter.setText(text);
    view().refilter();
    emit filterChanged();
    emit headingChanged();
}

void AccessPage::show(const PageTarget& target) {
    if (target.kind.isEmpty())
        return;
    GrantsView::Question question = m_bar->question();
    question.resource = target.kind;
    question.name = target.name;
    m_bar->setQuestion(question);
    m_bar->setMode(QuestionBar::Mode::WhoCan);
}

void AccessPage::focusMain() {
    TableView& table = view().table();
    table.setFocus(Qt::OtherFocusReason);
    if (!table.currentIndex().isValid() && table.model()->rowCount() > 0)
        table.setCurrentIndex(table.model()->index(0, 0));
}

bool AccessPage::isSettled() const {
    return view().isSettled();
}

QVariantMap AccessPage::state() const {
    QVariantMap map;
    map[QStringLiteral("whoCan")] = m_bar->mode() == QuestionBar::Mode::WhoCan;
    map[QStringLiteral("verb")] = m_bar->question().verb;
    map[QStringLiteral("resource")] = m_bar->question().resource;
    map[QStringLiteral("name")] = m_bar->question().name;
    map[QStringLiteral("filter")] = m_filter.text();
    return map;
}

void AccessPage::restore(const QVariantMap& state) {
    GrantsView::Question question;
    question.verb = state.value(QStringLiteral("verb"), question.verb).toString();
    question.resource = state.value(QStringLiteral("resource"), question.resource).toString();
    question.name = state.value(QStringLiteral("name")).toString();
    m_bar->setQuestion(question);
    m_bar->setMode(state.value(QStringLiteral("whoCan")).toBool() ? QuestionBar::Mode::WhoCan
                                                                  : QuestionBar::Mode::Mine);
    setFilter(state.value(QStringLiteral("filter")).toString());
}

void AccessPage::whoCanDoThis() {
    const RightsView::Question asked = m_rights->currentQuestion();
    if (asked.resource.isEmpty())
        return;
    GrantsView::Question question = m_bar->question();
    question.resource = asked.resource;
    question.name.clear();
    if (!asked.verb.isEmpty())
        question.verb = asked.verb;
    m_bar->setQuestion(question);
    m_bar->setMode(QuestionBar::Mode::WhoCan);
    focusMain();
}

void AccessPage::copyRows() {
    const TableView& table = view().table();
    QStringList lines;
    for (const QModelIndex& index : table.selectionModel()->selectedRows()) {
        QStringList cells;
        for (int column = 0; column < table.model()->columnCount(); ++column)
            cells.append(index.siblingAtColumn(column).data().toString());
        lines.append(cells.join(u'\t'));
    }
    if (lines.isEmpty())
        return;
    QApplication::clipboard()->setText(lines.join(u'\n'));
    m_context.navigator.say(tr("%Ln rows are on the clipboard", nullptr, static_cast<int>(lines.size())));
}

void AccessPage::copyRequest() {
    QApplication::clipboard()->setText(view().request());
    m_context.navigator.say(tr("The request is on the clipboard: send it to whoever may grant it"));
}

void AccessPage::showMenu(const QPoint& at) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Access"));
    if (&view() == m_rights)
        menu->addAction(m_whoCan);
    menu->addActions({m_copy, m_askAgain});
    menu->popup(view().table().viewport()->mapToGlobal(at));
}

void AccessPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    readNamespaces();
    readResources();
    modeChanged();
}

void AccessPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    m_rights->setActive(false);
    m_grants->setActive(false);
}

} // namespace ui
