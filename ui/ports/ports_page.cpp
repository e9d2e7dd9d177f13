// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ports/ports_page.h"

#include "core/fleet/fleet.h"
#include "ui/base/cluster_text.h"
#include "ui/base/format.h"
#include "ui/base/table_view.h"
#include "ui/base/theme.h"
#include "ui/ports/forward_dialog.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/scope.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace ui {

namespace {

constexpr int kTickMs = 1000;

bool needsLook(const fleet::ForwardInfo& info) {
    using State = kube::PortForwardStatus::State;
    return info.status && (info.status->state == State::Failed || info.status->state == State::Waiting);
}

} // namespace

PortsPage::PortsPage(const PageContext& context, QWidget* parent)
    : Page(parent)
    , m_context(context)
    , m_model(makeForwardModel(this)) {
    setObjectName(QStringLiteral("portsPage"));
    build();
    addActions();
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &PortsPage::look);
    m_changes = m_context.fleet.forwards().onChange([this] { look(); });
    look();
}

PortsPage::~PortsPage() = default;

void PortsPage::build() {
    auto* frame = new QFrame(this);
    frame->setProperty("panel", true);
    m_stack = new QStackedWidget(frame);
    m_table = new TableView(m_stack);
    m_table->setObjectName(QStringLiteral("forwardTable"));
    m_table->setAccessibleName(title());
    m_table->setModel(m_model);
    const std::array<int, 9> shares = {1, 4, 0, 1, 3, 0, 0, 0, 4};
    std::vector<TableView::Room> rooms;
    for (std::size_t i = 0; i < m_model->columns().size(); ++i)
        rooms.push_back({m_model->columns()[i].width, shares[i]});
    m_table->setRooms(std::move(rooms));
    m_table->horizontalHeader()->setSortIndicatorClearable(true);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    m_stack->addWidget(m_table);
    m_stack->addWidget(makeEmptyFace());
    auto* inner = new QVBoxLayout(frame);
    inner->setContentsMargins(1, 1, 1, 1);
    inner->addWidget(m_stack);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(frame);
    connect(m_table, &TableView::opened, this, &PortsPage::openInBrowser);
    connect(m_table, &QWidget::customContextMenuRequested, this, &PortsPage::showMenu);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &PortsPage::readChoice);
}

QWidget* PortsPage::makeEmptyFace() {
    auto* face = new QWidget(m_stack);
    m_emptyTitle = new QLabel(face);
    m_emptyTitle->setObjectName(QStringLiteral("portsEmpty"));
    m_emptyTitle->setFont(strongFont());
    m_emptyAdvice = new QLabel(face);
    m_emptyAdvice->setProperty("ink", QStringLiteral("muted"));
    m_emptyAdvice->setWordWrap(true);
    m_emptyAct = new QPushButton(face);
    m_emptyAct->setObjectName(QStringLiteral("portsEmptyAct"));
    connect(m_emptyAct, &QPushButton::clicked, this, [this] {
        if (m_filter.isEmpty())
            askNew();
        else
            setFilter({});
    });
    auto* layout = new QVBoxLayout(face);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(8);
    layout->addWidget(m_emptyTitle);
    layout->addWidget(m_emptyAdvice);
    layout->addWidget(m_emptyAct, 0, Qt::AlignLeft);
    layout->addStretch(1);
    return face;
}

void PortsPage::addActions() {
    const auto add = [this](const char* id, const QString& text, const QString& help, const QKeySequence& key,
                            auto run) {
        ActionSpec spec;
        spec.id = QLatin1String("ports.") + QLatin1String(id);
        spec.text = text;
        spec.help = help;
        spec.shortcuts = {key};
        return m_context.actions.add(this, spec, run);
    };
    QAction* start = add("new", tr("Forward port…"), tr("Lead a port of this machine to a pod, service or workload"),
                         QKeySequence(Qt::SHIFT | Qt::Key_F), [this] { askNew(); });
    m_headActions = {start};
    m_open = add("open", tr("Open in browser"), tr("Open the local address in the web browser"), Qt::Key_B,
                 [this] { openInBrowser(); });
    m_copy = add("copy", tr("Copy address"), tr("Copy the local address"), Qt::Key_C, [this] { copyAddress(); });
    m_stop = add("stop", tr("Stop"), tr("Close the local port and its connections, or open it again"), Qt::Key_S,
                 [this] { stopOrStart(); });
    m_atStart = add("at-start", tr("Start at the next start"),
                    tr("Start it again at the next start, once its cluster is connected"), Qt::Key_A, [this] {
                        if (const ForwardRow* row = chosen())
                            m_context.fleet.forwards().setAtStart(
                                row->info.id, row->info.wish.atStart == fleet::AtStart::Yes ? fleet::AtStart::No
                                                                                            : fleet::AtStart::Yes);
                    });
    m_atStart->setCheckable(true);
    m_remove =
        add("remove", tr("Remove"), tr("Stop it and forget it"), QKeySequence(Qt::Key_Delete), [this] { remove(); });
    m_rowActions = {m_open, m_copy, nullptr, m_stop, m_atStart, m_remove};
}

void PortsPage::look() {
    std::vector<ForwardRow> rows;
    for (fleet::ForwardInfo& info : m_context.fleet.forwards().list()) {
        ForwardRow row;
        row.cluster = QString::fromStdString(info.clusterName);
        if (!info.wish.cluster.isNull()) {
            const fleet::ClusterInfo& cluster = m_context.fleet.cluster(info.wish.cluster);
            row.cluster = QString::fromStdString(cluster.name);
            row.hue = cluster.hue;
        }
        row.info = std::move(info);
        rows.push_back(std::move(row));
    }
    m_model->setRows(std::move(rows));
    const bool isEmpty = m_model->rowCount() == 0;
    m_stack->setCurrentIndex(isEmpty ? 1 : 0);
    if (isEmpty) {
        const bool isFiltered = m_model->totalCount() > 0;
        m_emptyTitle->setText(isFiltered ? tr("No port forward matches %1").arg(m_filter) : tr("No port is forwarded"));
        m_emptyAdvice->setText(isFiltered
                                   ? QString()
                                   : tr("Choose a pod, a service or a workload in the Browser and press Shift+F, "
                                        "or name one here."));
        m_emptyAct->setText(isFiltered ? tr("Clear the filter") : tr("Forward port…"));
        m_emptyAct->setAccessibleName(m_emptyAct->text());
    } else if (!m_table->currentIndex().isValid()) {
        m_table->selectRow(0);
    }
    readChoice();
    emit headingChanged();
}

void PortsPage::readChoice() {
    const ForwardRow* row = chosen();
    const bool hasAddress = row && !localAddress(*row).isEmpty();
    m_open->setEnabled(hasAddress);
    m_copy->setEnabled(hasAddress);
    m_stop->setEnabled(row != nullptr);
    const bool isOver =
        row && (row->info.isStopped ||
                (row->info.status && row->info.status->state == kube::PortForwardStatus::State::Failed));
    m_stop->setText(isOver ? tr("Start again") : tr("Stop"));
    m_atStart->setEnabled(row != nullptr);
    m_atStart->setChecked(row && row->info.wish.atStart == fleet::AtStart::Yes);
    m_remove->setEnabled(row != nullptr);
}

const ForwardRow* PortsPage::chosen() const {
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() && index.row() < m_model->rowCount() ? &m_model->rowAt(index.row()) : nullptr;
}

QString PortsPage::subtitle() const {
    const int all = m_model->totalCount();
    if (!m_filter.isEmpty())
        return tr("%1 of %2 match").arg(countText(m_model->rowCount()), countText(all));
    return all == 0 ? QString() : tr("%Ln port forwards", nullptr, all);
}

int PortsPage::waiting() const {
    const auto infos = m_context.fleet.forwards().list();
    return static_cast<int>(std::count_if(infos.begin(), infos.end(), needsLook));
}

void PortsPage::setFilter(const QString& text) {
    if (text == m_filter)
        return;
    m_filter = text;
    m_model->setFilter([text](const ForwardRow& row) { return matches(row, text); });
    look();
    emit filterChanged();
}

void PortsPage::focusMain() {
    if (m_stack->currentIndex() == 0)
        m_table->setFocus();
    else
        m_emptyAct->setFocus();
}

void PortsPage::askNew() {
    fleet::ForwardWish target;
    const std::vector<fleet::ClusterId> clusters = m_context.scope.clusters();
    if (!clusters.empty())
        target.cluster = clusters.front();
    const QStringList namespaces = m_context.scope.namespaces();
    target.ns = namespaces.isEmpty() ? "default" : namespaces.front().toStdString();
    askForward(m_context, std::move(target), this);
}

void PortsPage::stopOrStart() {
    const ForwardRow* row = chosen();
    if (!row)
        return;
    const std::uint64_t id = row->info.id;
    const bool isOver =
        row->info.isStopped || (row->info.status && row->info.status->state == kube::PortForwardStatus::State::Failed);
    if (isOver)
        m_context.fleet.forwards().startAgain(id);
    else
        m_context.fleet.forwards().stop(id);
}

void PortsPage::openInBrowser() {
    const ForwardRow* row = chosen();
    const QString address = row ? browserAddress(*row) : QString();
    if (address.isEmpty())
        return;
    m_context.navigator.say(QDesktopServices::openUrl(QUrl(address))
                                ? tr("Opened %1 in the browser").arg(address)
                                : tr("No web browser could be started for %1").arg(address));
}

void PortsPage::copyAddress() {
    const ForwardRow* row = chosen();
    if (!row || localAddress(*row).isEmpty())
        return;
    QApplication::clipboard()->setText(localAddress(*row));
    m_context.navigator.say(tr("%1 copied").arg(localAddress(*row)));
}

void PortsPage::remove() {
    if (const ForwardRow* row = chosen())
        m_context.fleet.forwards().remove(row->info.id);
}

void PortsPage::showMenu(const QPoint& at) {
    if (!m_table->indexAt(at).isValid())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction* action : m_rowActions) {
        if (action == nullptr)
            menu->addSeparator();
        else
            menu->addAction(action);
    }
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

void PortsPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    look();
    m_tick.start();
}

void PortsPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    m_tick.stop();
}

void askForward(const PageContext& context, fleet::ForwardWish target, QWidget* parent) {
    auto* dialog = new ForwardDialog(context.fleet, std::move(target), parent);
    fleet::Fleet& fleet = context.fleet;
    Navigator& navigator = context.navigator;
    QObject::connect(dialog, &ForwardDialog::chosen, parent, [&fleet, &navigator](const fleet::ForwardWish& wish) {
        const auto started = fleet.forwards().start(wish);
        if (!started) {
            navigator.say(QString::fromStdString(started.error().message));
            return;
        }
        PageTarget page;
        page.page = QStringLiteral("ports");
        navigator.open(page);
    });
    dialog->open();
}

} // namespace ui
