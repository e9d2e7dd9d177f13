// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace kube::manifest {

/// What to do about a problem that libyaml names so; `culprit` starts at the character it stopped at. Never empty.
[[nodiscard]] std::string_view yamlAdvice(std::string_view problem, std::string_view culprit);

} // namespace kube::manifest
