// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/ids.h"

#include <string>

namespace ui {

/// Whose files are looked at.
struct FilesSubject {
    fleet::ClusterId cluster;
    std::string ns;
    std::string pod;
    std::string container; ///< Empty: the pod's own choice.
};

} // namespace ui
