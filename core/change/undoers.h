// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/plan.h"

#include <nlohmann/json.hpp>
#include <vector>

namespace change {

/// Who may take back what leads from `before` to `would` (null: gone), as far as the object itself tells: a controller
/// that owns it, Helm, Flux or Argo CD by their labels and annotations, and managers other than people's tools that own
/// a changed field. Pure.
[[nodiscard]] std::vector<Undoer> undoersOf(const nlohmann::json& before, const nlohmann::json& would);

/// Adds those of a list of HorizontalPodAutoscalers that scale `object`. Pure.
void addAutoscalers(const nlohmann::json& list, const ObjectRef& object, std::vector<Undoer>& out);

} // namespace change
