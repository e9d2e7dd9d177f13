// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/change_flow.h"
#include "app/qdctl/pod_session.h"
#include "app/qdctl/pod_target.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace qdctl {

/// Something done in a container: as far as the cluster's operator allows it, and in the journal where it has to be.
class PodEntry {
public:
    PodEntry(Session& session, std::string context)
        : m_changes(session)
        , m_context(std::move(context)) {}

    /// False: it may not be begun, which is said. Its cluster is the one of the context. `confirmed` are names of
    /// protected clusters.
    [[nodiscard]] bool open(change::PodAct act, const std::vector<std::string>& confirmed = {});
    void end(const SessionEnd& end);
    void end(change::Outcome outcome, std::string message);

private:
    ChangeSession m_changes;
    const std::string m_context;
    std::unique_ptr<change::PodVisit> m_visit;
};

/// `what` as change::PodAct has it.
[[nodiscard]] change::PodAct actIn(const PodTarget& target, change::Verb verb, std::string what);

} // namespace qdctl
