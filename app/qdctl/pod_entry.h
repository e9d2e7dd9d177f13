// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/change_flow.h"
#include "app/qdctl/pod_session.h"
#include "app/qdctl/pod_target.h"

#include <memory>
#include <string>
#include <vector>

namespace qdctl {

/// Something done in a container: as far as the cluster's operator allows it, and in the journal where it has to be.
class PodEntry {
public:
    PodEntry(Session& session, const PodTarget& target)
        : m_changes(session)
        , m_target(target) {}

    /// False: it may not be begun, which is said. `what` as change::PodAct has it; `confirmed` are names of protected
    /// clusters.
    [[nodiscard]] bool open(change::Verb verb, const std::string& what, const std::vector<std::string>& confirmed = {});
    void end(const SessionEnd& end);
    void end(change::Outcome outcome, std::string message);

private:
    ChangeSession m_changes;
    const PodTarget& m_target;
    std::unique_ptr<change::PodVisit> m_visit;
};

} // namespace qdctl
