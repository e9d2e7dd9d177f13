// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/fleet_page.h"

#include "ui/base/cluster_text.h"
#include "ui/base/format.h"
#include "ui/base/table_view.h"
#include "ui/base/theme.h"
#include "ui/fleet/cluster_actions.h"
#include "ui/fleet/cluster_panel.h"
#include "ui/fleet/empty_fleet.h"
#include "ui/fleet/needs_panel.h"
#include "ui/fleet/pod_troubles.h"

#include <QAction>
#include <QDateTime>
#include <QItemSelectionModel>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace ui {

namespace {

constexpr int kMinuteMs = 60'000;
constexpr qsizetype kMostProblems = 20;

std::int64_t thisMinute() {
    return QDateTime::currentMSecsSinceEpoch() / kMinuteMs * kMinuteMs;
}

} // namespace

FleetPage::FleetPage(const PageContext& context, QWidget* parent)
    : Page(parent)
    , m_context(context)
    , m_model(makeClusterModel(this)) {
    setObjectName(QStringLiteral("fleetPage"));
    build();
    m_actions = new ClusterActions(context, this, [this] { return chosen(); });
    wire();
    rank();
    readClusters();
    readNeeds();
    for (const fleet::ClusterId id : m_order) {
        if (isOpen(m_context.fleet.cluster(id).health)) {
            choose(id);
            break;
        }
    }
}

FleetPage::~FleetPage() = default;

void FleetPage::build() {
    m_content = new QStackedWidget(this);
    m_panel = new ClusterPanel(m_context, this);
    m_needsPanel = new NeedsPanel(this);
    auto* lower = new QSplitter(Qt::Horizontal, this);
    lower->addWidget(m_panel);
    lower->addWidget(m_needsPanel);
    lower->setStretchFactor(0, 8);
    lower->setStretchFactor(1, 5);
    lower->setSizes({800, 500});
    lower->setHandleWidth(12);
    lower->setChildrenCollapsible(false);
    m_split = new QSplitter(Qt::Vertical, this);
    m_split->addWidget(makeTablePanel());
    m_split->addWidget(lower);
    m_split->setStretchFactor(0, 1);
    m_split->setStretchFactor(1, 1);
    m_split->setHandleWidth(12);
    m_split->setChildrenCollapsible(false);
    m_content->addWidget(m_split);
    m_content->addWidget(new EmptyFleet(this));
    m_problems = new QLabel(this);
    m_problems->setObjectName(QStringLiteral("fleetProblems"));
    m_problems->setProperty("ink", QStringLiteral("attention"));
    m_problems->setWordWrap(true);
    m_problems->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_problems);
    layout->addWidget(m_content, 1);
}

QWidget* FleetPage::makeTablePanel() {
    auto* frame = new QFrame(this);
    frame->setProperty("panel", true);
    m_tableStack = new QStackedWidget(frame);
    m_table = new TableView(m_tableStack);
    m_table->setObjectName(QStringLiteral("clusterTable"));
    m_table->setAccessibleName(tr("Clusters"));
    m_table->setModel(m_model);
    // By ClusterColumn: sentences and bars take most of what a wide window has to give.
    const std::array<int, 10> shares = {1, 9, 0, 1, 0, 0, 0, 2, 2, 0};
    std::vector<TableView::Room> rooms;
    for (std::size_t i = 0; i < m_model->columns().size(); ++i)
        rooms.push_back({m_model->columns()[i].width, shares[i]});
    m_table->setRooms(std::move(rooms));
    m_table->horizontalHeader()->setSortIndicatorClearable(true);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    auto* none = new QWidget(m_tableStack);
    m_filtered = new QLabel(none);
    m_filtered->setObjectName(QStringLiteral("filteredToNothing"));
    auto* clear = new QPushButton(tr("Clear the filter"), none);
    clear->setAccessibleName(clear->text());
    connect(clear, &QPushButton::clicked, this, [this] { setFilter({}); });
    auto* layout = new QVBoxLayout(none);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->addWidget(m_filtered);
    layout->addWidget(clear, 0, Qt::AlignLeft);
    layout->addStretch(1);
    m_tableStack->addWidget(m_table);
    m_tableStack->addWidget(none);
    auto* all = new QVBoxLayout(frame);
    all->setContentsMargins(1, 1, 1, 1);
    all->addWidget(m_tableStack);
    return frame;
}

void FleetPage::wire() {
    connect(m_table, &TableView::opened, this,
            [this](const QModelIndex& index) { m_actions->open(m_model->rowAt(index.row()).info.id); });
    connect(m_table, &QWidget::customContextMenuRequested, this,
            [this](const QPoint& at) { m_actions->makeMenu()->popup(m_table->viewport()->mapToGlobal(at)); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &FleetPage::readChoice);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] { m_actions->refresh(); });
    connect(m_actions, &ClusterActions::changed, this, &FleetPage::readClusters);
    connect(m_panel, &ClusterPanel::connectAsked, this, [this](fleet::ClusterId id) { m_actions->connectOne(id); });
    connect(m_panel, &ClusterPanel::retryAsked, this, [this](fleet::ClusterId id) { m_context.fleet.retry(id); });
    connect(m_panel, &ClusterPanel::settledChanged, this, &Page::settledChanged);
    connect(m_panel, &ClusterPanel::nodeOpened, this, [this](fleet::ClusterId id, const QString& name) {
        PageTarget target;
        target.page = QStringLiteral("browser");
        target.kind = QStringLiteral("nodes");
        target.cluster = id;
        target.name = name;
        m_context.navigator.open(target);
    });
    connect(m_needsPanel, &NeedsPanel::opened, this, &FleetPage::openNeed);
    m_minute.setInterval(kMinuteMs / 2);
    connect(&m_minute, &QTimer::timeout, this, [this] {
        readClusters();
        readNeeds();
    });
    m_notices = m_context.fleet.onNotice([this](const fleet::FleetNotice& notice) {
        if (notice.listChanged)
            rank();
        readClusters();
        readNeeds();
        m_panel->refresh();
        m_actions->refresh();
    });
}

// What is open stands first; the rest keeps the kubeconfig's order. Only looked at when the page comes up or the list
// changes, so that no row moves under the cursor because it connected.
void FleetPage::rank() {
    m_order.clear();
    for (const fleet::ClusterInfo& cluster : m_context.fleet.clusters())
        m_order.push_back(cluster.id);
    std::stable_partition(m_order.begin(), m_order.end(),
                          [this](fleet::ClusterId id) { return isOpen(m_context.fleet.cluster(id).health); });
}

// A few clusters leave the room to what is below, many take a good half.
void FleetPage::divide() {
    const int height = m_split->height();
    const int wanted = m_table->horizontalHeader()->height() + (m_model->totalCount() + 1) * Measure::row();
    const int upper = std::clamp(wanted, height * 3 / 10, height * 11 / 20);
    m_split->setSizes({upper, height - upper});
}

void FleetPage::readClusters() {
    const std::int64_t now = thisMinute();
    if (m_order.size() != m_context.fleet.clusters().size())
        rank();
    std::vector<ClusterRow> rows;
    rows.reserve(m_order.size());
    for (const fleet::ClusterId id : m_order)
        rows.push_back({m_context.fleet.cluster(id), now});
    const bool empty = rows.empty();
    m_model->setRows(std::move(rows));
    if (empty) {
        auto* page = static_cast<EmptyFleet*>(m_content->widget(1));
        page->setFacts(m_context.lookedAt, m_context.fleet.problems());
    }
    m_content->setCurrentIndex(empty ? 1 : 0);
    showProblems(empty);
    m_tableStack->setCurrentIndex(!empty && m_model->rowCount() == 0 ? 1 : 0);
    m_filtered->setText(tr("No cluster matches %1").arg(m_filter.text()));
    emit headingChanged();
    emit settledChanged();
}

// One line, whatever is wrong with the files: the rows are what the page is for.
void FleetPage::showProblems(bool empty) {
    const auto& problems = m_context.fleet.problems();
    m_problems->setVisible(!empty && !problems.empty());
    if (problems.empty())
        return;
    QString text = QString::fromStdString(problems.front().message);
    if (problems.size() > 1)
        text += QStringLiteral(" (") + tr("%Ln further problems", nullptr, static_cast<int>(problems.size() - 1)) +
                QLatin1Char(')');
    m_problems->setText(text);
    QStringList all;
    for (const base::Error& problem : problems)
        all.append(QString::fromStdString(problem.message));
    m_problems->setToolTip(all.mid(0, kMostProblems).join(QLatin1Char('\n')));
}

void FleetPage::readNeeds() {
    m_needs = findNeeds(m_context.fleet.clusters(), m_troubles ? m_troubles->pods() : std::vector<BrokenPod>(),
                        thisMinute()); // As the table, which counts the same days.
    m_needsPanel->setNeeds(m_needs, openCount() > 0, thisMinute());
    emit headingChanged();
}

int FleetPage::openCount() const {
    const auto& clusters = m_context.fleet.clusters();
    return static_cast<int>(std::count_if(clusters.begin(), clusters.end(),
                                          [](const fleet::ClusterInfo& cluster) { return isOpen(cluster.health); }));
}

QString FleetPage::title() const {
    return tr("Fleet");
}

QString FleetPage::subtitle() const {
    const int total = m_model->totalCount();
    const QString connected = tr("%Ln connected", nullptr, openCount());
    if (m_filter.isEmpty())
        return tr("%Ln clusters. %1", "%1 is how many are connected", total).arg(connected);
    return tr("%1 of %Ln clusters shown. %2", "%2 is how many are connected", total)
        .arg(countText(m_model->rowCount()), connected);
}

QList<QAction*> FleetPage::headActions() const {
    return {m_actions->connectAction(), m_actions->groupAction()};
}

int FleetPage::waiting() const {
    return static_cast<int>(m_needs.size());
}

QString FleetPage::filterHint() const {
    return tr("filter clusters: provider:aws pods>500 …");
}

void FleetPage::setFilter(const QString& text) {
    m_filter.setText(text);
    if (m_filter.isEmpty())
        m_model->setFilter({});
    else
        m_model->setFilter([this](const ClusterRow& row) { return m_filter.accepts(row.info, row.nowMs); });
    readClusters();
    emit filterChanged();
}

void FleetPage::show(const PageTarget& target) {
    if (!target.cluster.isNull())
        choose(target.cluster);
}

void FleetPage::focusMain() {
    m_table->setFocus();
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->selectRow(0);
}

bool FleetPage::isSettled() const {
    const auto& clusters = m_context.fleet.clusters();
    const bool connecting = std::any_of(clusters.begin(), clusters.end(), [](const fleet::ClusterInfo& cluster) {
        return cluster.health == fleet::Health::Connecting;
    });
    const bool counting = std::any_of(clusters.begin(), clusters.end(), [](const fleet::ClusterInfo& cluster) {
        const bool live = cluster.health == fleet::Health::Live || cluster.health == fleet::Health::Degraded;
        return live && cluster.asOfMs == 0;
    });
    return !connecting && !counting && m_panel->isSettled() && (!m_troubles || m_troubles->isSettled());
}

std::vector<fleet::ClusterId> FleetPage::chosen() const {
    std::vector<fleet::ClusterId> ids;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        ids.push_back(m_model->rowAt(index.row()).info.id);
    return ids;
}

void FleetPage::choose(fleet::ClusterId id) {
    if (m_model->rowOfKey(id.value) < 0 && !m_filter.isEmpty())
        setFilter({});
    const int row = m_model->rowOfKey(id.value);
    if (row >= 0)
        m_table->selectRow(row);
}

void FleetPage::readChoice() {
    const QModelIndex current = m_table->selectionModel()->currentIndex();
    m_panel->setCluster(current.isValid() ? m_model->rowAt(current.row()).info.id : fleet::ClusterId());
}

void FleetPage::openNeed(const Need& need) {
    if (need.name.isEmpty()) {
        choose(need.cluster);
        focusMain();
        return;
    }
    PageTarget target;
    target.page = QStringLiteral("browser");
    target.kind = QStringLiteral("pods");
    target.cluster = need.cluster;
    target.ns = need.ns;
    target.name = need.name;
    m_context.navigator.open(target);
}

void FleetPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (!m_troubles) {
        QTimer::singleShot(0, this, &FleetPage::divide);
        m_troubles = std::make_unique<PodTroubles>(m_context.fleet);
        connect(m_troubles.get(), &PodTroubles::changed, this, &FleetPage::readNeeds);
    } else {
        m_troubles->setActive(true);
    }
    m_panel->setActive(true);
    m_minute.start();
    if (m_model->sortColumn() == ClusterModel::kNaturalOrder)
        rank();
    readClusters();
    readNeeds();
}

void FleetPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    m_troubles->setActive(false);
    m_panel->setActive(false);
    m_minute.stop();
}

} // namespace ui
