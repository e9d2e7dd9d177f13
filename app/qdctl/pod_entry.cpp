// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/pod_entry.h"

#include "app/qdctl/await.h"

#include <utility>

namespace qdctl {

bool PodEntry::open(change::Verb verb, const std::string& what, const std::vector<std::string>& confirmed) {
    m_changes.clusters().open({m_target.context});
    change::PodAct act;
    act.cluster = m_changes.clusters().ref(m_target.context);
    act.verb = verb;
    act.object = {"v1", "Pod", m_target.ns, m_target.name};
    act.container = m_target.container;
    act.what = what;
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
    if (way && way->isProtected && !way->isReadOnly && verb == change::Verb::Copy)
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

} // namespace qdctl
