// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/backoff.h"
#include "core/base/error.h"
#include "core/kube/retry_queue.h"
#include "core/kube/watcher.h"

namespace kube {

/// How a watch that failed so waits for its next attempt; makes a step of its back-off.
[[nodiscard]] RetryQueue::Wait waitAfter(const base::Error& error, base::Backoff& backoff);

/// Where it stands meanwhile.
[[nodiscard]] WatchPhase phaseAfter(const base::Error& error);

} // namespace kube
