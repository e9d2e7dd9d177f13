// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

// Where in a pod one can get a shell, and which. Pure.
namespace kube {

struct PodShells {
    enum class System { Linux, Windows };

    std::vector<std::string> containers; ///< Those that run: regular ones, ephemeral ones, init containers.
    /// The one to begin with, by the annotation kubectl.kubernetes.io/default-container, else the first that runs.
    std::string preset;
    System system = System::Linux;
    std::string node; ///< To be asked for its system where the pod does not say it; else empty.

    bool operator==(const PodShells&) const = default;
};

/// `pod` is JSON as the server gives it. Where its state does not say what runs, all regular containers count. The
/// system is what the spec says (os, or nodeSelector kubernetes.io/os).
[[nodiscard]] base::Result<PodShells> podShellsOf(std::string_view pod);
/// What the label kubernetes.io/os of a node says, where the pod says nothing.
[[nodiscard]] PodShells::System systemOf(std::string_view node);

/// What the main process of a container takes from a person who attaches to it.
struct ContainerInput {
    bool isOpen = false;     ///< It reads what is typed (`stdin`).
    bool isTerminal = false; ///< It has a terminal (`tty`).

    bool operator==(const ContainerInput&) const = default;
};
/// `pod` is JSON as the server gives it; neither where it has no such container.
[[nodiscard]] ContainerInput containerInputOf(std::string_view pod, std::string_view container);

/// What to run for a shell, best first; where one cannot be started the next one may.
[[nodiscard]] const std::vector<std::vector<std::string>>& shellCommands(PodShells::System system);

} // namespace kube
