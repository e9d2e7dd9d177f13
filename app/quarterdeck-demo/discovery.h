// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeck-demo/object_store.h"

#include <string>

namespace demo {

/// apidiscovery.k8s.io/v2 of the core group or of all others.
enum class DiscoveryRoot : std::uint8_t { Core, Groups };
Json aggregatedDiscovery(DiscoveryRoot root);
/// The way of older clients: groups, then the resources of one version.
Json groupList();
Json resourceList(const std::string& group, const std::string& version);

} // namespace demo
