// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/manifest/value.h"

#include <vector>

namespace kube::manifest {

/// Adds a problem for each field of an object's metadata, and for its kind and apiVersion, whose value is of another
/// type than ObjectMeta's: kubectl refuses these before it asks any server.
void checkObjectMeta(const Value& object, std::vector<Problem>& problems);

} // namespace kube::manifest
