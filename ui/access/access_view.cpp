// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/access_view.h"

#include "core/fleet/fleet.h"
#include "core/fleet/permissions.h"
#include "ui/access/access_filter.h"
#include "ui/base/cluster_text.h"
#include "ui/base/ordered_table_model.h"
#include "ui/base/table_panel.h"
#include "ui/base/table_view.h"
#include "ui/shell/scope.h"

#include <QDateTime>
#include <QFrame>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

bool isThere(const fleet::ClusterInfo& cluster) {
    return cluster.health == fleet::Health::Live || cluster.health == fleet::Health::Degraded;
}

} // namespace

AccessView::AccessView(const PageContext& context, const AccessFilter& filter, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_filter(filter)
    , m_table(new TableView(this))
    , m_panel(new TablePanel(*m_table, this)) {
    auto* frame = new QFrame(this);
    frame->setProperty("panel", true);
    auto* inner = new QVBoxLayout(frame);
    inner->setContentsMargins(1, 1, 1, 1);
    inner->addWidget(m_panel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(frame, 1);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    connect(m_panel, &TablePanel::clearFilterWanted, this, &AccessView::clearFilterWanted);
    connect(m_panel, &TablePanel::fleetWanted, this, &AccessView::fleetWanted);
    connect(m_panel, &TablePanel::requestWanted, this, &AccessView::requestWanted);
    connect(m_panel, &TablePanel::retryWanted, this, &AccessView::retry);
}

void AccessView::setNamespace(const QString& ns) {
    if (ns == m_ns)
        return;
    m_ns = ns;
    // Answers about another namespace are none about this one.
    for (const AccessPart& part : m_parts)
        drop(part.cluster);
    m_parts.clear();
    clustersChanged();
}

void AccessView::setActive(bool active) {
    if (active == m_active)
        return;
    m_active = active;
    if (!active)
        return;
    for (AccessPart& part : m_parts) {
        if (!part.isAsking)
            begin(part);
    }
    clustersChanged();
}

void AccessView::begin(AccessPart& part) {
    part.isAsking = true;
    ask(part.cluster);
}

void AccessView::clustersChanged() {
    if (!m_active)
        return;
    std::vector<AccessPart> parts;
    for (const fleet::ClusterInfo& cluster : m_context.fleet.clusters()) {
        if (!m_context.scope.contains(cluster.id) || !isOpen(cluster.health))
            continue;
        AccessPart* known = part(cluster.id);
        parts.push_back(known ? std::move(*known) : AccessPart());
        parts.back().cluster = cluster.id;
    }
    std::swap(m_parts, parts);
    for (const AccessPart& gone : parts) {
        if (!gone.cluster.isNull() && !part(gone.cluster))
            drop(gone.cluster);
    }
    for (AccessPart& each : m_parts)
        readHealth(each);
    // Most notices are about something else.
    if (shownNow() != m_shown)
        refresh();
}

void AccessView::readHealth(AccessPart& each) {
    const fleet::ClusterInfo& cluster = m_context.fleet.cluster(each.cluster);
    if (isThere(cluster)) {
        const bool isNew = !each.isAnswered && !each.error;
        if (!each.isAsking && (each.isAway || isNew) && m_context.fleet.kinds(each.cluster)) {
            each.isAway = false;
            begin(each);
        }
        return;
    }
    each.isAway = true;
    if (std::exchange(each.isAsking, false))
        giveUp(each.cluster);
    if (cluster.error)
        each.error = *cluster.error;
    else if (cluster.health == fleet::Health::Away)
        each.error = base::fail(base::ErrorCode::Unreachable, "not connected").value();
}

QString AccessView::shownNow() const {
    QString shown;
    for (const AccessPart& each : m_parts) {
        const fleet::ClusterInfo& cluster = m_context.fleet.cluster(each.cluster);
        shown += QStringLiteral("%1 %2 %3 %4 %5 %6\n")
                     .arg(each.cluster.value)
                     .arg(QString::fromStdString(cluster.name))
                     .arg(cluster.hue)
                     .arg(int(each.isAsking) + 2 * int(each.isAnswered))
                     .arg(each.error ? int(each.error->code) : -1)
                     .arg(quintptr(m_context.fleet.kinds(each.cluster).get()));
    }
    return shown;
}

void AccessView::addFoot(QWidget* foot) {
    layout()->addWidget(foot);
}

void AccessView::askAgain() {
    for (AccessPart& each : m_parts) {
        m_context.fleet.permissions().forget(each.cluster);
        if (isThere(m_context.fleet.cluster(each.cluster)))
            begin(each);
    }
    refresh();
}

void AccessView::retry(fleet::ClusterId cluster) {
    for (AccessPart& each : m_parts) {
        if (!(cluster.isNull() || each.cluster == cluster))
            continue;
        m_context.fleet.permissions().forget(each.cluster);
        if (isThere(m_context.fleet.cluster(each.cluster)))
            begin(each);
        else
            m_context.fleet.retry(each.cluster);
    }
    refresh();
}

AccessPart* AccessView::part(fleet::ClusterId cluster) {
    const auto found = std::ranges::find(m_parts, cluster, &AccessPart::cluster);
    return found == m_parts.end() ? nullptr : &*found;
}

void AccessView::answered(fleet::ClusterId cluster) {
    if (AccessPart* known = part(cluster)) {
        known->isAsking = false;
        known->isAnswered = true;
        known->answeredMs = QDateTime::currentMSecsSinceEpoch();
        known->error.reset();
    }
    refresh();
}

void AccessView::failed(fleet::ClusterId cluster, const base::Error& error) {
    if (AccessPart* known = part(cluster)) {
        known->isAsking = false;
        known->error = error;
    }
    refresh();
}

void AccessView::refresh() {
    m_shown = shownNow();
    readRows();
    AccessFacts facts{m_parts,
                      [this](fleet::ClusterId id) -> const fleet::ClusterInfo& { return m_context.fleet.cluster(id); },
                      model().rowCount(),
                      model().totalCount(),
                      m_filter.text().trimmed(),
                      {},
                      {},
                      {},
                      QDateTime::currentMSecsSinceEpoch()};
    describe(facts);
    TableState state = accessState(facts);
    // Who waits for its kinds is asked in a moment.
    const bool waits = std::ranges::any_of(
        m_parts, [](const AccessPart& each) { return !each.isAnswered && !each.isAsking && !each.error; });
    if (waits && model().totalCount() == 0 && state.face != TableFace::NoCluster)
        state.face = TableFace::Loading;
    m_request = state.request;
    m_panel->setState(state);
    emit changed();
}

bool AccessView::isSettled() const {
    return !m_active || std::ranges::none_of(m_parts, [](const AccessPart& each) {
        return each.isAsking || (!each.isAnswered && !each.error);
    });
}

} // namespace ui
