// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <string>
#include <vector>

namespace kube {

/// One step of the way to a field: into an object by its key, or into a list by a place in it.
struct FieldStep {
    std::string key = {};
    int index = -1; ///< From 0 on; -1: the step is a key.

    [[nodiscard]] bool isIndex() const { return index >= 0; }
    friend auto operator<=>(const FieldStep&, const FieldStep&) = default;
};

using FieldSteps = std::vector<FieldStep>;

/// One step further.
[[nodiscard]] FieldSteps operator/(FieldSteps steps, std::string key);
[[nodiscard]] FieldSteps operator/(FieldSteps steps, int index);

/// "spec.containers[0].image"; keys with dots in them in brackets: "metadata.labels[app.kubernetes.io/name]".
[[nodiscard]] std::string toString(const FieldSteps& steps);

} // namespace kube
