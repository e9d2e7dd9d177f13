// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/executor.h"
#include "core/change/acts/drain.h"
#include "core/change/clusters.h"

#include <functional>
#include <memory>
#include <vector>

namespace change {

/// Reads what is on nodes and what a drain would make of it: pods, the DaemonSets they name, the disruption budgets of
/// their namespaces. Before a drain it tells what stands in the way, after it what came since. Confined to home;
/// destroying it gives up.
class DrainReader {
public:
    /// `done` runs once on home, with one answer for each node, in their order.
    DrainReader(base::Executor& home, Clusters& clusters, const std::vector<Target>& nodes, DrainOptions options,
                std::function<void(std::vector<NodeDrain>)> done);
    ~DrainReader();
    DrainReader(const DrainReader&) = delete;
    DrainReader& operator=(const DrainReader&) = delete;

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace change
