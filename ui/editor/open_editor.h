// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/editor_subject.h"
#include "ui/shell/page.h"

namespace ui {

/// Leads to an editor of its own.
PageTarget editorTarget(EditorSubject subject);
/// Leads to the keys of a ConfigMap or a Secret.
PageTarget keysTarget(EditorSubject subject);
/// Whether an object of the kind has such keys.
[[nodiscard]] bool hasKeys(const kube::Kind& kind);
/// Leads to an empty editor for new objects, which go to the clusters of the scope unless others are chosen.
PageTarget newObjectsTarget(const fleet::Fleet& fleet, const Scope& scope);

} // namespace ui
