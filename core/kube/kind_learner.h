// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel_bag.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/kube/server_traits.h"
#include "core/kube/watcher.h"

#include <memory>

namespace kube {

using LearnedKind = std::shared_ptr<const KindTraits>;

/// Asks for the server's version where nobody has told it, what the server's Table of a kind looks like and, for custom
/// kinds with dates among their columns, where the true dates lie; keeps the answer in the environment's traits. `step`
/// holds the request under way. `handler` runs once on `executor`, never if the step was used. A server that prints no
/// Table is no failure: there are no columns.
void learnKind(const WatchEnvironment& environment, const WatchSpec& spec, base::Executor& executor,
               base::CancelSlot& step, net::Handler<base::Result<LearnedKind>> handler);

} // namespace kube
