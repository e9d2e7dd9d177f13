// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/ids.h"

#include <cstdint>
#include <string>

namespace ui {

/// What a terminal is opened on.
struct TerminalSubject {
    enum class Kind : std::uint8_t {
        Shell, ///< A shell of its own in the container.
        Attach ///< The container's main process.
    };
    Kind kind = Kind::Shell;
    fleet::ClusterId cluster;
    std::string ns;
    std::string pod;
    std::string container; ///< Empty: the pod's own choice.
};

} // namespace ui
