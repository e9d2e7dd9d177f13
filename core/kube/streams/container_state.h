// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace kube {

/// How one container of a pod is.
struct ContainerState {
    enum class Phase {
        Unknown, ///< The pod says nothing of it yet.
        Waiting,
        Running,
        Ended,
    };
    Phase phase = Phase::Unknown;
    std::string reason = {};  ///< The node's word: "ImagePullBackOff", "Error".
    std::string message = {}; ///< More of it, often none.
    int exitCode = 0;         ///< Ended.

    /// "ImagePullBackOff: Back-off pulling image", as far as there is something.
    [[nodiscard]] std::string why() const;
};

/// `pod` is JSON as the server gives it; regular, init and ephemeral containers. Pure.
[[nodiscard]] ContainerState containerStateOf(std::string_view pod, std::string_view container);

} // namespace kube
