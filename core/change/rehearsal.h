// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/change/clusters.h"
#include "core/change/object_reads.h"
#include "core/change/plan.h"
#include "core/net/engine.h"

#include <cstddef>

namespace change {

/// Reads what operation `number` of `set` is about and sends the write as a dry run. `handler` runs once on `home`, or
/// never if cancelled; `reads` outlives the Cancel. Where an earlier operation of the set has to be stored first, the
/// verdict is Deferred.
[[nodiscard]] base::Cancel rehearse(const ChangeSet& set, std::size_t number, const ClusterWay& way, ObjectReads& reads,
                                    base::Executor& home, const base::Clock& clock,
                                    net::Handler<PlannedOperation> handler);

/// The kind that `operation` names, in exactly its version; null if the cluster does not serve it.
[[nodiscard]] const kube::Kind* kindOf(const Operation& operation, const kube::KindCatalog& catalog);

/// Whether an apply was refused because fields belong to other managers.
[[nodiscard]] bool isOwnersConflict(const base::Error& error);

/// Warnings of the server (RFC 9111 Warning headers, as Kubernetes sends them: `299 - "text"`).
[[nodiscard]] std::vector<std::string> warningsOf(const net::Headers& headers);

} // namespace change
