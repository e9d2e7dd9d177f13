// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/pod_entry.h"

#include "app/qdctl/await.h"

#include <utility>

namespace qdctl {

bool PodEntry::open(change::PodAct act, const std::vector<std::string>& confirmed) {
    m_changes.clusters().open({m_context});
    act.cluster = m_changes.clusters().ref(m_context);
    using Entered = base::Result<std::unique_ptr<change::PodVisit>>;
    auto entered = await<Entered>(m_changes.session(), [&](auto handler) {
        return m_changes.door().enter(act, {confirmed}, std::move(handler));
    });
    if (entered && *entered) {
        m_visit = **std::move(entered);
        return true;
    }
    if (!entered)
        return false;
    std::string why = explain(entered->error()) + "; nothing was done";
    const auto way = m_changes.clusters().find(act.cluster);
    if (way && way->isProtected && !way->isReadOnly && act.verb == change::Verb::Copy)
        why += ". Say --confirm " + way->name + " if it is meant";
    complain(why);
    return false;
}

void PodEntry::end(const SessionEnd& end) {
    if (end.isKnown)
        m_visit->end(change::Outcome::Done, "exit code " + std::to_string(end.command.exitCode));
    else if (end.error && !end.hasBegun)
        m_visit->end(change::Outcome::Failed, explain(*end.error));
    else if (end.error)
        m_visit->end(change::Outcome::Done, "cut: " + explain(*end.error));
    else
        m_visit->end(change::Outcome::Done, "left while it went on");
}

void PodEntry::end(change::Outcome outcome, std::string message) {
    m_visit->end(outcome, std::move(message));
}

change::PodAct actIn(const PodTarget& target, change::Verb verb, std::string what) {
    change::PodAct act;
    act.verb = verb;
    act.object = {"v1", "Pod", target.ns, target.name};
    act.container = target.container;
    act.what = std::move(what);
    return act;
}

} // namespace qdctl
