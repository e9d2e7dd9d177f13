// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/change/clusters.h"
#include "core/change/plan.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace change {

/// Asks the servers of a set what they would do: reads each object, sends each write as a dry run (dryRun=All),
/// clusters side by side and some operations of each at once. Nothing is stored. Confined to the home executor;
/// destroying it gives up what is still open.
class Planner {
public:
    struct Environment {
        base::Executor& home;
        const base::Clock& clock;
        Clusters& clusters;
    };

    /// Starts at once. `changed` runs on home as answers come, `done` once, last. Operations in `over` were done before
    /// and are not asked about.
    Planner(Environment environment, ChangeSet set, std::function<void()> changed, std::function<void()> done,
            const std::vector<std::size_t>& over = {});
    ~Planner();
    Planner(const Planner&) = delete;
    Planner& operator=(const Planner&) = delete;

    [[nodiscard]] const Plan& plan() const;
    /// Decides conflicts of one operation, one resolution for each in their order, and asks its server again; `done`
    /// runs again.
    void resolve(std::size_t operation, const std::vector<Resolution>& resolutions);
    /// Asks again about those that were not reached.
    void retry();

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace change
