// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/change_set.h"

#include <vector>

namespace change {

/// What the object that `operation` writes names and cannot work without: config maps, secrets, claims, the service
/// account, priority and runtime class of its pods, a StatefulSet's Service, the role of a binding. References that are
/// marked optional do not count. Empty where the body is a patch of steps or cannot be read. Pure.
[[nodiscard]] std::vector<ObjectRef> referencesOf(const Operation& operation);

} // namespace change
