// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/change/acts/acts.h"
#include "core/change/clusters.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace change {

/// One state of what a Deployment, StatefulSet or DaemonSet has rolled out: kept by a ReplicaSet or ControllerRevision.
struct Revision {
    std::int64_t number = 0;
    std::string keptBy;         ///< The name of what keeps it.
    std::string changeCause;    ///< Annotation kubernetes.io/change-cause; empty: none.
    nlohmann::json kept;        ///< The ReplicaSet or ControllerRevision.
    nlohmann::json podTemplate; ///< Without the label that tells ReplicaSets apart.
    bool isCurrent = false;     ///< The workload's template is this one.
};

/// Those of `candidates` (ReplicaSets of a Deployment, ControllerRevisions otherwise) that `workload` controls, by
/// number. Pure.
[[nodiscard]] std::vector<Revision> revisionsOf(const nlohmann::json& workload,
                                                const std::vector<nlohmann::json>& candidates);

/// What `kubectl rollout undo` writes: the template of a revision (0: of the one before the last), and a Deployment's
/// annotations as that ReplicaSet has them. Nothing where that is the template already. Fails with kubectl's sentences
/// where there is no such revision or the Deployment is paused. Pure.
[[nodiscard]] base::Result<std::optional<Operation>> rollBack(const Target& target, const nlohmann::json& workload,
                                                              const std::vector<Revision>& revisions,
                                                              std::int64_t number);

/// The pod template as a difference shows it: YAML. Pure.
[[nodiscard]] std::string revisionText(const Revision& revision);

/// A workload of which the revisions are wanted.
struct Workload {
    Target target;
    nlohmann::json object;
};

/// Reads the revisions of some workloads. Confined to home; destroying it gives up.
class RevisionReader {
public:
    using Answers = std::vector<base::Result<std::vector<Revision>>>;

    /// `done` runs once on home, with one answer for each workload.
    RevisionReader(base::Executor& home, Clusters& clusters, std::vector<Workload> workloads,
                   std::function<void(Answers)> done);
    ~RevisionReader();
    RevisionReader(const RevisionReader&) = delete;
    RevisionReader& operator=(const RevisionReader&) = delete;

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace change
