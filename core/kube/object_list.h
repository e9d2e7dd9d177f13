// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/kube/object_text.h"
#include "core/kube/transport.h"
#include "core/kube/watcher.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// What of a list comes behind a page of it.
struct ListRest {
    std::string next;           ///< The token of the next page; empty on the last one.
    std::int64_t remaining = 0; ///< As many objects, where the server says so.
};

/// Splits a list answer in JSON into its objects and appends them. Fails with BadResponse. Pure; any thread.
[[nodiscard]] base::Result<ListRest> splitList(std::string_view json, const Kind& kind,
                                               std::vector<ObjectText>& objects);

/// Reads all objects of a kind whole, page by page, in the server's order: for export, not for tables. `handler` runs
/// once on `home`, where the answers are read, too.
[[nodiscard]] base::Cancel fetchObjects(std::shared_ptr<Transport> transport, WatchSpec spec, base::Executor& home,
                                        net::Handler<base::Result<std::vector<ObjectText>>> handler);

} // namespace kube
