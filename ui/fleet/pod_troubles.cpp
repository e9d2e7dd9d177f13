// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/pod_troubles.h"

#include "ui/fleet/row_fields.h"

#include <algorithm>
#include <utility>

namespace ui {

PodTroubles::PodTroubles(fleet::Fleet& fleet, QObject* parent)
    : QObject(parent)
    , m_view(fleet.openView({"pods", {}, {}})) {
    m_view->onDelta([this](const fleet::ViewDelta& delta) { take(delta); });
    fleet::ViewDelta all;
    all.reset = true;
    take(all);
}

PodTroubles::~PodTroubles() = default;

void PodTroubles::setActive(bool active) {
    m_view->setActive(active);
}

std::vector<BrokenPod> PodTroubles::pods() const {
    std::vector<BrokenPod> pods;
    pods.reserve(m_pods.size());
    for (const auto& [id, pod] : m_pods)
        pods.push_back(pod);
    return pods;
}

bool PodTroubles::isSettled() const {
    return std::all_of(m_view->parts().begin(), m_view->parts().end(),
                       [](const fleet::ViewPart& part) { return part.phase != kube::WatchPhase::Listing; });
}

bool PodTroubles::put(fleet::RowId id) {
    const kube::RowRef row = m_view->row(id);
    if (row.isNull() || row.state() != kube::ObjectState::Broken)
        return m_pods.erase(id) > 0;
    BrokenPod pod;
    pod.cluster = id.cluster;
    pod.ns = std::string(row.ns());
    pod.name = std::string(row.name());
    pod.status = std::string(textField(row, "status"));
    pod.restarts = numberField(row, "restarts").value_or(0);
    pod.sinceMs = row.createdMs();
    m_pods[id] = std::move(pod);
    return true;
}

void PodTroubles::take(const fleet::ViewDelta& delta) {
    bool different = delta.reset || delta.partsChanged;
    if (delta.reset) {
        m_pods.clear();
        for (const fleet::RowId id : m_view->allRows())
            put(id);
    } else {
        for (const fleet::RowId id : delta.removed)
            different = m_pods.erase(id) > 0 || different;
        for (const auto* ids : {&delta.added, &delta.changed}) {
            for (const fleet::RowId id : *ids)
                different = put(id) || different;
        }
    }
    if (different)
        emit changed();
}

} // namespace ui
