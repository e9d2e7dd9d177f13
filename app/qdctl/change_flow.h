// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/open_clusters.h"
#include "app/qdctl/session.h"
#include "core/change/door.h"

#include <string>
#include <vector>

namespace qdctl {

/// What all writing commands take.
struct ChangeOptions {
    std::string clusters;
    std::string ns;
    bool dryRun = false;
    bool takeOver = false;
    std::vector<std::string> confirm; ///< Names of protected clusters, instead of typing them.
    std::string intent;               ///< Why, for the journal; empty: what the set says.
    std::string output;               ///< "": a line each; "name", "diff", "none".
    bool wait = true;                 ///< For what is awaited (a rollout, an end).
    std::string past;                 ///< What is said of each that was changed; empty: by what was done to it.
    bool asItEnds = false;            ///< Each line once it is so, instead of in the order of the set.
};

/// The door of one run of the program.
class ChangeSession {
public:
    explicit ChangeSession(Session& session);

    [[nodiscard]] OpenClusters& clusters() { return m_clusters; }
    [[nodiscard]] change::Door& door() { return m_door; }
    [[nodiscard]] Session& session() { return m_session; }

    /// Plans, says what the servers said, and stores it unless something speaks against it. Returns the exit code.
    int carryOut(change::ChangeSet set, const ChangeOptions& options);
    /// The same for what is left of a set.
    int goOn(const change::Unfinished& rest, const ChangeOptions& options);
    /// Plans only, null where interrupted.
    [[nodiscard]] std::unique_ptr<change::Planner> plan(change::ChangeSet set,
                                                        const std::vector<std::size_t>& over = {});

private:
    int carryOut(change::ChangeSet set, const std::vector<std::size_t>& over, change::Applier::Start start,
                 const ChangeOptions& options);
    int apply(const change::Plan& plan, change::Applier::Start start, const ChangeOptions& options);
    [[nodiscard]] bool confirmed(const change::Plan& plan, const ChangeOptions& options,
                                 change::Confirmation& confirmation);

    Session& m_session;
    base::SystemTimers m_timers;
    OpenClusters m_clusters;
    change::Door m_door;
};

/// "deployment.apps/web", as kubectl names objects.
[[nodiscard]] std::string objectName(const change::ObjectRef& object);

} // namespace qdctl
