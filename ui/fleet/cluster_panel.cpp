// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/cluster_panel.h"

#include "core/fleet/fleet.h"
#include "ui/base/cluster_text.h"
#include "ui/base/elided_label.h"
#include "ui/base/error_text.h"
#include "ui/base/marks.h"
#include "ui/base/table_view.h"
#include "ui/base/theme.h"
#include "ui/fleet/cluster_table.h"
#include "ui/shell/page.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <array>

namespace ui {

namespace {

// Moving through three hundred rows must not open three hundred views.
constexpr int kWatchDelayMs = 120;

QString factsOf(const fleet::ClusterInfo& cluster) {
    QStringList facts;
    const QString pods = podsSentence(cluster);
    if (!pods.isEmpty())
        facts.append(pods);
    if (!cluster.server.empty())
        facts.append(QString::fromStdString(cluster.server));
    if (cluster.wayIn < cluster.waysIn.size()) {
        const fleet::WayIn& way = cluster.waysIn[cluster.wayIn];
        if (!way.user.empty())
            facts.append(way.needsPlugin ? ClusterPanel::tr("%1 signs in through a program", "%1 is a user")
                                               .arg(QString::fromStdString(way.user))
                                         : QString::fromStdString(way.user));
    }
    if (cluster.insecure)
        facts.append(ClusterPanel::tr("TLS is not verified: the kubeconfig says insecure-skip-tls-verify"));
    if (!cluster.onlyNamespaces.empty()) {
        QStringList names;
        for (const std::string& ns : cluster.onlyNamespaces)
            names.append(QString::fromStdString(ns));
        facts.append(
            ClusterPanel::tr("pods of %1 only, others may not be read", "%1 are namespaces").arg(names.join(u", ")));
    }
    if (!cluster.groups.empty()) {
        QStringList groups;
        for (const std::string& group : cluster.groups)
            groups.append(QString::fromStdString(group));
        facts.append(ClusterPanel::tr("groups: %1").arg(groups.join(u", ")));
    }
    return facts.join(QStringLiteral(" · "));
}

base::Error errorOf(const fleet::ClusterInfo& cluster) {
    if (cluster.error)
        return *cluster.error;
    if (cluster.wayIn < cluster.waysIn.size() && !cluster.waysIn[cluster.wayIn].problems.empty())
        return cluster.waysIn[cluster.wayIn].problems.front();
    return {};
}

QLabel* named(QLabel* label, const char* name) {
    label->setObjectName(QString::fromLatin1(name));
    return label;
}

} // namespace

ClusterPanel::ClusterPanel(const PageContext& context, QWidget* parent)
    : QFrame(parent)
    , m_context(std::make_unique<PageContext>(context))
    , m_model(makeNodeModel(this))
    , m_name(named(new QLabel(this), "clusterName"))
    , m_mark(named(new QLabel(this), "clusterMark"))
    , m_state(named(new ElidedLabel(this), "clusterState"))
    , m_facts(named(new ElidedLabel(this), "clusterFacts"))
    , m_content(new QStackedWidget(this))
    , m_nodes(new TableView(this))
    , m_message(new QWidget(this))
    , m_sentence(named(new QLabel(this), "clusterSentence"))
    , m_advice(named(new QLabel(this), "clusterAdvice"))
    , m_button(new QPushButton(this)) {
    setProperty("panel", true);
    setAccessibleName(tr("Chosen cluster"));
    m_name->setFont(strongFont());
    m_facts->setFont(smallFont());
    m_facts->setProperty("ink", QStringLiteral("muted"));
    m_advice->setProperty("ink", QStringLiteral("muted"));
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_sentence->setWordWrap(true);
    m_advice->setWordWrap(true);
    m_nodes->setObjectName(QStringLiteral("nodeTable"));
    m_nodes->setAccessibleName(tr("Nodes of the chosen cluster"));
    m_nodes->setModel(m_model);
    const std::array<int, 6> shares = {1, 2, 1, 0, 2, 2};
    std::vector<TableView::Room> rooms;
    for (std::size_t i = 0; i < m_model->columns().size(); ++i)
        rooms.push_back({m_model->columns()[i].width, shares[i]});
    m_nodes->setRooms(std::move(rooms));
    m_nodes->setSelectionMode(QAbstractItemView::SingleSelection);
    m_nodes->setSortingEnabled(true);
    m_nodes->sortByColumn(0, Qt::AscendingOrder);
    m_button->setObjectName(QStringLiteral("clusterButton"));

    auto* title = new QHBoxLayout;
    title->setSpacing(6);
    title->addWidget(m_name);
    title->addSpacing(8);
    title->addWidget(m_mark);
    title->addWidget(m_state, 1);
    auto* message = new QVBoxLayout(m_message);
    message->setContentsMargins(0, 12, 0, 0);
    message->setSpacing(8);
    message->addWidget(m_sentence);
    message->addWidget(m_advice);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_button);
    buttons->addStretch(1);
    message->addLayout(buttons);
    message->addStretch(1);
    m_content->addWidget(m_nodes);
    m_content->addWidget(m_message);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 8);
    layout->setSpacing(4);
    layout->addLayout(title);
    layout->addWidget(m_facts);
    layout->addWidget(m_content, 1);

    m_watchSoon.setSingleShot(true);
    m_watchSoon.setInterval(kWatchDelayMs);
    connect(&m_watchSoon, &QTimer::timeout, this, &ClusterPanel::watch);
    connect(m_button, &QPushButton::clicked, this, &ClusterPanel::act);
    connect(m_nodes, &TableView::opened, this, [this](const QModelIndex& index) {
        emit nodeOpened(m_cluster, QString::fromStdString(m_model->rowAt(index.row()).name));
    });
    refresh();
}

ClusterPanel::~ClusterPanel() = default;

void ClusterPanel::setCluster(fleet::ClusterId id) {
    if (id == m_cluster)
        return;
    m_cluster = id;
    m_loads.reset();
    m_watched = false;
    m_model->setRows({});
    m_watchSoon.start();
    refresh();
}

void ClusterPanel::setActive(bool active) {
    m_active = active;
    if (active) {
        m_watchSoon.start();
    } else {
        m_loads.reset();
        m_watched = false;
    }
}

bool ClusterPanel::isSettled() const {
    if (m_cluster.isNull())
        return true;
    return !m_watchSoon.isActive() && (!m_loads || m_loads->isSettled());
}

// Views are opened for clusters that were asked for: opening one must never be what makes a connection.
void ClusterPanel::watch() {
    if (m_active && !m_loads && !m_cluster.isNull() && isOpen(context().fleet.cluster(m_cluster).health)) {
        m_loads = std::make_unique<NodeLoads>(context().fleet, m_cluster);
        connect(m_loads.get(), &NodeLoads::changed, this, &ClusterPanel::showNodes);
        showNodes();
    }
    m_watched = true;
    refresh();
    emit settledChanged();
}

void ClusterPanel::showNodes() {
    m_model->setRows(m_loads ? m_loads->rows() : std::vector<NodeRow>());
    showMessage();
    emit settledChanged();
}

void ClusterPanel::refresh() {
    if (m_cluster.isNull()) {
        m_name->setText(tr("No cluster chosen"));
        m_mark->clear();
        m_state->clear();
        m_facts->clear();
        showMessage();
        return;
    }
    const fleet::ClusterInfo& cluster = context().fleet.cluster(m_cluster);
    m_name->setText(QString::fromStdString(cluster.name));
    const Mark mark = healthMark(cluster.health);
    m_mark->setPixmap(markPixmap(*this, mark));
    m_state->setText(healthSentence(cluster, QDateTime::currentMSecsSinceEpoch()));
    m_state->setToolTip(QString::fromStdString(cluster.why));
    const QString ink = mark == Mark::Broken      ? QStringLiteral("broken")
                        : mark == Mark::Attention ? QStringLiteral("attention")
                                                  : QString();
    if (m_state->property("ink").toString() != ink) {
        m_state->setProperty("ink", ink);
        m_state->setStyleSheet(QString()); // Makes the style sheet look at the property again.
    }
    m_facts->setText(factsOf(cluster));
    m_facts->setToolTip(m_facts->text());
    if (m_watched && !m_loads && m_active && isOpen(cluster.health))
        m_watchSoon.start();
    if (m_loads && !isOpen(cluster.health)) {
        m_loads.reset();
        m_model->setRows({});
    }
    showMessage();
}

void ClusterPanel::showMessage() {
    const auto show = [this](const QString& sentence, const QString& advice, const QString& button) {
        m_sentence->setText(sentence);
        m_advice->setText(advice);
        m_button->setText(button);
        m_button->setAccessibleName(button);
        m_button->setVisible(!button.isEmpty());
        m_content->setCurrentWidget(m_message);
    };
    if (m_cluster.isNull()) {
        show(tr("Choose a cluster above to see its nodes."), {}, {});
        return;
    }
    const fleet::ClusterInfo& cluster = context().fleet.cluster(m_cluster);
    if (m_model->totalCount() > 0) {
        m_content->setCurrentWidget(m_nodes);
        return;
    }
    switch (cluster.health) {
    case fleet::Health::NotConnected:
        show(tr("Nothing is asked of this cluster until you connect it."), {}, tr("Connect"));
        return;
    case fleet::Health::Invalid:
        show(QString::fromStdString(cluster.why), errorAdvice(errorOf(cluster)), {});
        return;
    case fleet::Health::SignIn:
    case fleet::Health::Away:
        show(QString::fromStdString(cluster.why), errorAdvice(errorOf(cluster)), tr("Try again now"));
        return;
    case fleet::Health::Connecting:
        show(tr("Waiting for the first answer."), {}, {});
        return;
    case fleet::Health::Live:
    case fleet::Health::Degraded:
        break;
    }
    if (m_loads && m_loads->error())
        show(errorSentence(*m_loads->error()), errorAdvice(*m_loads->error()), {});
    else if (m_loads && m_loads->isSettled())
        show(tr("This cluster has no nodes."), {}, {});
    else
        m_content->setCurrentWidget(m_nodes);
}

void ClusterPanel::act() {
    if (m_cluster.isNull())
        return;
    if (context().fleet.cluster(m_cluster).health == fleet::Health::NotConnected)
        emit connectAsked(m_cluster);
    else
        emit retryAsked(m_cluster);
}

} // namespace ui
