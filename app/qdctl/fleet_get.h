// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/options.h"
#include "app/qdctl/session.h"
#include "core/base/cancel.h"
#include "core/kube/discovery.h"
#include "core/kube/object_list.h"
#include "core/kube/watcher.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace qdctl {

/// What is asked of every cluster: kinds, or one kind and names.
struct Wanted {
    std::vector<std::string> kinds;
    std::vector<std::string> names;
};

/// "pods,svc", "pods a b" or "pod/a"; fails with what is wrong with it.
[[nodiscard]] base::Result<Wanted> wantedOf(const GetOptions& options);

/// One kind of one cluster: what was asked and what came.
struct KindAnswer {
    kube::Kind kind;
    kube::WatchSpec spec;
    std::vector<std::string> missing; ///< Names that are not there.
    kube::ListResult list;
    std::vector<kube::ObjectText> objects; ///< Whole, for yaml and json.
    std::optional<base::Error> error;
};

/// One cluster's part of a get.
struct ClusterAnswer {
    std::string context;
    std::string ns;
    std::optional<base::Error> error; ///< Nothing of this cluster could be asked.
    std::vector<KindAnswer> kinds;
    std::int64_t nowMs = 0; ///< The server's time when it answered.
    kube::WatchEnvironment environment;
};

/// Whether rows are wanted, whole objects, or nothing but the kinds.
enum class Depth { Kinds, Rows, Objects };

/// Asks all clusters side by side, runs the session's home until each has answered or failed.
[[nodiscard]] std::vector<ClusterAnswer> askClusters(Session& session, const std::vector<std::string>& contexts,
                                                     const GetOptions& options, const Wanted& wanted, Depth depth);

} // namespace qdctl
