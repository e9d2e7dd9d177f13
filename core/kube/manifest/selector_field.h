// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/manifest/yaml_object.h"

#include <optional>
#include <string>
#include <string_view>

namespace kube {

/// How an object spells a selector.
enum class SelectorForm {
    Labels,   ///< metav1.LabelSelector: matchLabels, and matchExpressions without Gt and Lt.
    NodeTerm, ///< v1.NodeSelectorTerm: matchExpressions alone; matchFields are another matter and stay as they are.
};

/// The selector at `path` as kubectl -l takes it, "app=web, tier in (a,b), !old"; empty where none is there. Nothing
/// where it says what that syntax cannot.
[[nodiscard]] std::optional<std::string> selectorAt(const YamlObject& object, const FieldSteps& path,
                                                    SelectorForm form);

/// Whether setSelector() takes the text.
[[nodiscard]] bool isSelector(std::string_view text, SelectorForm form);

/// Whether both ask for the same, whatever the order and the blanks; false where one cannot be read.
[[nodiscard]] bool isSameSelector(std::string_view one, std::string_view other);

/// Writes the selector in kubectl's syntax. What stays of the expressions keeps its lines and comments. Without any
/// requirement the selector is taken away, and what then is empty but the first `kept` steps. Fails with BadInput.
[[nodiscard]] base::Result<void> setSelector(YamlObject& object, const FieldSteps& path, SelectorForm form,
                                             std::string_view text, std::size_t kept);

} // namespace kube
