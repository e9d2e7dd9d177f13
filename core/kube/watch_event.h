// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace kube {

/// What a watch says of an object. One that leaves a selection counts as deleted, one that enters it as added.
enum class WatchEventType : std::uint8_t { Added, Modified, Deleted };

} // namespace kube
