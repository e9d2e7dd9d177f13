// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/change/change_set.h"
#include "core/change/clusters.h"
#include "core/change/journal.h"

#include <memory>
#include <string>
#include <vector>

namespace change {

/// Something that is done in a pod: nobody can plan it, or take it back.
struct PodAct {
    ClusterRef cluster;
    Verb verb = Verb::Exec; ///< One for which isInPod() holds.
    ObjectRef object;       ///< The pod, or the workload or service whose pods are meant.
    std::string container = {};
    std::string what = {}; ///< "bash", "dist to /srv", "8080:80": as it is told; nothing that may be secret.
};

/// Who writes, for the journal.
struct Author {
    std::string person;  ///< user@host
    std::string program; ///< "qdctl"

    /// The user and host that this process runs as and on.
    static Author ofThisProcess(std::string program);
};

/// A command as the journal may tell of it: its program's name and how many arguments it has, which often are secret.
[[nodiscard]] std::string programOf(const std::vector<std::string>& command);

/// "Run bash in shop/web-1, container app"
[[nodiscard]] std::string titleOf(const PodAct& act);

/// Whether the cluster's operator allows it, as Door::enter says. Pure.
[[nodiscard]] base::Result<void> mayEnter(const PodAct& act, const ClusterWay& way, const Confirmation& confirmation);

/// Its line in the journal, but for set and time. Pure.
[[nodiscard]] JournalRecord recordOf(const PodAct& act, const ClusterWay& way, const Author& author);

/// An act in a pod that is under way, from Door::enter. Its line in the journal, where it has one, is closed by end().
/// Where that is never called, destroying it says that it was left. Confined to home; the Door outlives it.
class PodVisit {
public:
    /// Without a line in the journal.
    PodVisit() = default;
    PodVisit(Journal& journal, const base::Clock& clock, std::string set);
    ~PodVisit();
    PodVisit(const PodVisit&) = delete;
    PodVisit& operator=(const PodVisit&) = delete;

    /// Once; `message` says how it ended ("exit code 0") or why it failed.
    void end(Outcome outcome, std::string message);

private:
    Journal* m_journal = nullptr;
    const base::Clock* m_clock = nullptr;
    std::string m_set;
};

} // namespace change
