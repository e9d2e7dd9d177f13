// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/keyring.h"
#include "core/base/timer.h"
#include "core/change/applier.h"
#include "core/change/clusters.h"
#include "core/change/journal.h"
#include "core/change/journal_keys.h"
#include "core/change/planner.h"
#include "core/change/pod_visit.h"
#include "core/change/undo.h"
#include "core/net/engine.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace change {

/// An operation that cannot be done, as the journal does not give what a secret keeps.
struct HiddenOperation {
    std::size_t number = 0;
    std::string why;
};

/// A set that was begun and not finished, ready to go on.
struct Unfinished {
    ChangeSet set;
    std::vector<std::size_t> over;    ///< Operations that are done.
    std::vector<std::size_t> unknown; ///< Still: their clusters do not answer. Go on only when there are none.
    std::vector<HiddenOperation> hidden;
};

/// The one door for writes: whatever changes a cluster goes plan, dry run, confirm, apply, journal, undo through here.
/// Confined to the home executor; outlives what it hands out.
class Door {
public:
    struct Environment {
        base::Executor& home;
        const base::Clock& clock;
        base::Timers& timers;
        Clusters& clusters;
        std::string journalFolder;
        std::string program;                         ///< "quarterdeck", "qdctl": for the journal.
        std::shared_ptr<base::Keyring> keyring = {}; ///< For what secrets keep; none: that cannot be taken back.
    };

    explicit Door(Environment environment);
    ~Door();
    Door(const Door&) = delete;
    Door& operator=(const Door&) = delete;

    [[nodiscard]] Journal& journal() { return m_journal; }
    /// Where everything of a door runs.
    [[nodiscard]] base::Executor& home() const { return m_environment.home; }
    [[nodiscard]] Clusters& clusters() { return m_environment.clusters; }
    [[nodiscard]] const base::Clock& clock() const { return m_environment.clock; }
    [[nodiscard]] base::Timers& timers() const { return m_environment.timers; }

    /// Gives the set an id where it has none, its intent in one line, and the order that its operations need, and asks
    /// its servers.
    [[nodiscard]] std::unique_ptr<Planner> plan(ChangeSet set, std::function<void()> changed,
                                                std::function<void()> done, const std::vector<std::size_t>& over = {});
    [[nodiscard]] std::unique_ptr<Applier> apply(Plan plan, Confirmation confirmation, std::function<void()> changed,
                                                 std::function<void()> done,
                                                 Applier::Start start = Applier::Start::New);

    /// Whether something may be done in a pod, and its line in the journal where one is due: for what writes files on
    /// every cluster, for all else on protected ones. `entered` runs once, never before this returns, when the line is
    /// on the disk; nothing may be begun before that. Fails where the cluster is read-only or unknown, where files are
    /// to be written to a protected one whose name is not confirmed, and where the journal does.
    [[nodiscard]] base::Cancel enter(const PodAct& act, const Confirmation& confirmation,
                                     net::Handler<base::Result<std::unique_ptr<PodVisit>>> entered);

    /// What would take a set back. Fails with NotFound where the journal has no such set.
    [[nodiscard]] base::Cancel undo(const std::string& set, net::Handler<base::Result<Undo>> built);
    /// Takes over a set that was cancelled or whose program died, and reads back what is unknown. Fails with NotFound,
    /// or with Conflict while a living program works on it. Go on with plan(set, ..., over) and apply(..., Resumed).
    [[nodiscard]] base::Cancel resume(const std::string& set, net::Handler<base::Result<Unfinished>> found);
    /// Reads back every operation of which nobody knows what became, as far as clusters answer, and notes it. Fails
    /// where the journal does.
    [[nodiscard]] base::Cancel settleUnknown(net::Handler<base::Result<void>> settled);

private:
    class Flow;
    class Settling;

    Environment m_environment;
    Journal m_journal;
    JournalKeys m_keys;
};

} // namespace change
