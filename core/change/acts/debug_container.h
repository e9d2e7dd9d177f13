// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/change/acts/acts.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace change {

/// What a debug container may do, by the profiles of `kubectl debug` (its release 1.36).
enum class DebugProfile {
    General,    ///< Traces processes.
    Baseline,   ///< As the baseline Pod Security Standard allows.
    Restricted, ///< As the restricted one allows: no root, no capability.
    NetAdmin,   ///< Changes the pod's network.
    SysAdmin,   ///< Everything that root on the node may do.
};
[[nodiscard]] std::string_view toString(DebugProfile profile); ///< "general"
[[nodiscard]] std::optional<DebugProfile> debugProfileFrom(std::string_view text);

/// An ephemeral container that is put into a running pod, to look around where its images have no tools.
struct DebugContainer {
    enum class Words { Command, Arguments };

    std::string name; ///< See newDebuggerName().
    std::string image;
    std::string pullPolicy = {}; ///< Empty: the server's own choice.
    std::string target = {};     ///< The container whose processes it shall see; empty: its own alone.
    DebugProfile profile = DebugProfile::General;
    std::vector<std::string> words = {}; ///< Empty: what the image runs.
    Words as = Words::Command;
    std::vector<std::pair<std::string, std::string>> environment = {};
    bool hasInput = false;
    bool hasTerminal = false;
};

/// "debugger-x7k2p", as kubectl makes such names.
[[nodiscard]] std::string newDebuggerName();

/// A patch of the subresource ephemeralcontainers of a Pod; `live` is the pod, JSON. What is in a pod once stays there
/// until the pod ends. Fails with BadInput where a container of that name is there or the target is none of the pod's.
/// Pure.
[[nodiscard]] base::Result<Operation> addDebugContainer(const Target& target, std::string_view live,
                                                        const DebugContainer& container);

} // namespace change
