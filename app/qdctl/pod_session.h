// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/kube/streams/remote_command.h"

#include <optional>

namespace qdctl {

class Session;
struct PodTarget;

/// Whether one wants the container to have our input, and a terminal.
struct TerminalWishes {
    bool input = false;
    bool terminal = false;
    bool quiet = false;
};

/// As far as it can be had: without input or without a terminal of our own there is none, which is said.
[[nodiscard]] TerminalWishes possible(TerminalWishes wishes);

/// How a session ended for us.
struct SessionEnd {
    int code = 0;        ///< The command's exit code; where that is not known 1, or 128 + the signal that ended us.
    bool isKnown = true; ///< The command itself has ended.
    kube::CommandEnd command;              ///< Where it is known.
    std::optional<base::Error> error = {}; ///< What kept or cut it.
    bool hasBegun = true;                  ///< The server let us in.
};

/// Runs a session between this terminal (or pipe) and a container, until it ends or a signal ends us. Says what went
/// wrong, but nothing of an exit code.
[[nodiscard]] SessionEnd runPodSession(Session& session, kube::Transport& transport, kube::RemoteCommandSpec spec);

/// On stderr, kubectl's words for an exit code that is not 0.
void tellExitCode(const kube::CommandEnd& end);

/// Joins the container's main process; returns the exit code.
[[nodiscard]] int attachTo(Session& session, const PodTarget& target, TerminalWishes wishes);

} // namespace qdctl
