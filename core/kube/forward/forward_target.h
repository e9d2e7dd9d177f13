// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/kind.h"

#include <string>
#include <string_view>

namespace kube {

/// What is forwarded to: a Pod, a Service or an owner of pods.
struct ForwardTarget {
    Kind kind;
    std::string ns;
    std::string name;

    /// "pods/web", "deployments.apps/web"
    [[nodiscard]] std::string text() const { return kind.resource() + "/" + name; }
};

/// One of the kinds that have pods behind them, by its resource ("pods", "services", "deployments.apps"); null for all
/// others.
[[nodiscard]] const Kind* forwardableKind(std::string_view resource);

/// Error::reason where there is a target, but no pod of it runs: it may come.
inline constexpr const char* kNoLivingPod = "NoLivingPod";

} // namespace kube
