// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/change/cluster_queue.h"
#include "core/change/clusters.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

namespace change {

/// What operations are about, as it is now: some of each cluster at a time. Confined to home; destroying it gives up.
class ObjectReader {
public:
    /// null: not there.
    using Answers = std::vector<base::Result<nlohmann::json>>;

    /// `done` runs once on home, with one answer for each operation.
    ObjectReader(base::Executor& home, Clusters& clusters, std::vector<Operation> operations,
                 std::function<void(const Answers&)> done);
    ~ObjectReader();
    ObjectReader(const ObjectReader&) = delete;
    ObjectReader& operator=(const ObjectReader&) = delete;

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace change
