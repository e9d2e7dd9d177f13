// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck/unknown_settler.h"

#include "core/change/door.h"
#include "core/fleet/fleet.h"

namespace app {

namespace {

/// Clusters that come one after the other are asked together.
constexpr int kSoonMs = 1'500;

} // namespace

UnknownSettler::UnknownSettler(fleet::Fleet& fleet, change::Door& door, QObject* parent)
    : QObject(parent)
    , m_fleet(fleet)
    , m_door(door) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoonMs);
    connect(&m_soon, &QTimer::timeout, this, &UnknownSettler::settle);
    m_notices = m_fleet.onNotice([this](const fleet::FleetNotice&) { look(); });
}

void UnknownSettler::look() {
    std::set<fleet::ClusterId> answering;
    bool isNew = false;
    for (const fleet::ClusterInfo& cluster : m_fleet.clusters()) {
        if (cluster.health != fleet::Health::Live && cluster.health != fleet::Health::Degraded)
            continue;
        answering.insert(cluster.id);
        isNew = isNew || !m_answering.contains(cluster.id);
    }
    m_answering = std::move(answering);
    if (isNew)
        m_soon.start();
}

void UnknownSettler::settle() {
    if (m_isSettling) {
        m_soon.start();
        return;
    }
    m_isSettling = true;
    m_settling = m_door.settleUnknown([this](const base::Result<void>&) { m_isSettling = false; });
}

} // namespace app
