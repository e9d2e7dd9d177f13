// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace kube {

enum class ManagedFields { Folded, Shown };

/// An object as kubectl get -o yaml prints it, byte for byte: keys in kubectl's order, scalars quoted as Go's YAML
/// writer quotes them. Fails with BadInput if `json` is not JSON. Pure; any thread.
[[nodiscard]] base::Result<std::string> toYaml(std::string_view json, ManagedFields managedFields);

/// An object as kubectl get -o json prints it. Fails and runs like toYaml().
[[nodiscard]] base::Result<std::string> toIndentedJson(std::string_view json, ManagedFields managedFields);

/// An object in one line, as kubectl get --watch -o json prints it within an event. Fails and runs like toYaml().
[[nodiscard]] base::Result<std::string> toCompactJson(std::string_view json);

} // namespace kube
