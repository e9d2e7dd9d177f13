// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace change {

/// A field as the server names it in conflicts, `.spec.containers[name="web"].image` (the text form of paths of
/// sigs.k8s.io/structured-merge-diff), found in `object`. Names may hold dots, so that the text alone is ambiguous: the
/// longest name that the object has wins. Nothing if the object has no such field. Pure.
[[nodiscard]] std::optional<nlohmann::json::json_pointer> findField(const nlohmann::json& object,
                                                                    std::string_view field);

/// Takes the field out, and parents that are empty after that, but for apiVersion, kind, name and the keys of list
/// items.
void dropField(nlohmann::json& object, const nlohmann::json::json_pointer& path);

} // namespace change
