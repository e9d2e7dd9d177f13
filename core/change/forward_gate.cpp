// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/forward_gate.h"

#include "core/change/door.h"
#include "core/fleet/fleet.h"
#include "core/kube/forward/forward_ports.h"

#include <map>
#include <string>
#include <utility>

namespace change {

/// Of what goes on.
struct ForwardGate::Visits {
    std::map<int, std::unique_ptr<PodVisit>> open;
    int last = 0;

    void end(int number) {
        if (const auto at = open.find(number); at != open.end()) {
            at->second->end(Outcome::Done, "stopped");
            open.erase(at);
        }
    }
};

namespace {

PodAct actOf(const fleet::Fleet& fleet, const fleet::ForwardWish& wish) {
    const fleet::ClusterInfo& cluster = fleet.cluster(wish.cluster);
    const kube::Kind* kind = kube::forwardableKind(wish.resource);
    PodAct act;
    act.cluster = {cluster.name, cluster.uid};
    act.verb = Verb::PortForward;
    if (kind)
        act.object = {kind->apiVersion(), kind->kind, wish.ns, wish.name};
    act.what = kube::toString(wish.port);
    return act;
}

} // namespace

ForwardGate::ForwardGate(fleet::Fleet& fleet, Door& door)
    : m_fleet(fleet)
    , m_visits(std::make_shared<Visits>()) {
    using Pass = fleet::PortForwards::Pass;
    fleet.forwards().setGate(
        [&fleet, &door, weak = std::weak_ptr(m_visits)](const fleet::ForwardWish& wish, auto answer) {
            auto entered = [weak, answer = std::move(answer)](base::Result<std::unique_ptr<PodVisit>> visit) mutable {
                if (!visit)
                    return answer(base::fail(std::move(visit.error())));
                const auto visits = weak.lock();
                if (!visits)
                    return answer(Pass());
                const int number = ++visits->last;
                visits->open[number] = *std::move(visit);
                answer(Pass(nullptr, [weak, number](void*) {
                    if (const auto open = weak.lock())
                        open->end(number);
                }));
            };
            return door.enter(actOf(fleet, wish), {}, std::move(entered));
        });
}

ForwardGate::~ForwardGate() {
    m_fleet.forwards().setGate({});
    while (!m_visits->open.empty())
        m_visits->end(m_visits->open.begin()->first);
}

} // namespace change
