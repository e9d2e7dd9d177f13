// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeck-demo/object_store.h"

#include <vector>

namespace demo {

enum class IncludeObject : std::uint8_t { None, Metadata, Object };

/// meta.k8s.io/v1 Table of these objects, printed by core's typed rows or by the kind's own columns.
Json makeTable(const ServedKind& kind, const std::vector<ObjectPtr>& objects, IncludeObject include,
               const std::string& resourceVersion);

} // namespace demo
