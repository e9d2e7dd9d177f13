// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/transport.h"

#include <memory>
#include <string>
#include <vector>

namespace qdctl {

class Session;

/// What was typed to name one container.
struct PodWords {
    std::string pod; ///< POD or TYPE/NAME.
    std::string ns;
    std::string clusters;
    std::string container;
    bool quiet = false;
};

/// One container of one pod.
struct PodTarget {
    std::string context;
    std::shared_ptr<kube::Transport> transport;
    std::string ns;
    std::string name;
    std::string container;
    std::string json; ///< The whole pod.
    bool isEphemeral = false;
    bool hasTerminal = false; ///< The container was started with one.
};

/// Finds the container by kubectl's rules, behind a workload or a service, too; tells which one was chosen. Says what
/// is wrong, and gives an exit code. `act`: "exec".
[[nodiscard]] tl::expected<PodTarget, int> findPod(Session& session, const PodWords& words, const char* act);

/// What a container of a pod is like, from the pod's JSON.
void describeContainer(PodTarget& target);

} // namespace qdctl
