// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/kind.h"

#include <string>
#include <string_view>
#include <vector>

namespace demo {

/// A column of a kind that core does not print by itself: where its text stands in the object.
struct PrinterColumn {
    std::string name;
    std::string type;    ///< "string", "integer" or "date", as in a CustomResourceDefinition.
    std::string pointer; ///< JSON pointer; "#/data" counts the entries below /data.
    int priority = 0;
};

/// A kind that the demo serves.
struct ServedKind {
    kube::Kind kind;
    bool custom = false;                ///< Has a CustomResourceDefinition.
    bool scalable = false;              ///< Has a scale subresource.
    std::vector<PrinterColumn> columns; ///< Empty where core's typed rows print it; Name and Age are always there.
};

const std::vector<ServedKind>& servedKinds();
/// Null if there is none.
const ServedKind* findKind(std::string_view group, std::string_view version, std::string_view plural);
const ServedKind& kindOf(std::string_view plural);

} // namespace demo
