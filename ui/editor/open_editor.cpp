// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/open_editor.h"

#include "core/fleet/fleet.h"
#include "ui/shell/scope.h"

#include <memory>
#include <utility>

namespace ui {

PageTarget editorTarget(EditorSubject subject) {
    PageTarget target;
    target.page = QStringLiteral("editor");
    target.edit = std::make_shared<const EditorSubject>(std::move(subject));
    return target;
}

PageTarget keysTarget(EditorSubject subject) {
    PageTarget target = editorTarget(std::move(subject));
    target.page = QStringLiteral("config");
    return target;
}

bool hasKeys(const kube::Kind& kind) {
    return kind.group.empty() && (kind.kind == "ConfigMap" || kind.kind == "Secret");
}

PageTarget newObjectsTarget(const fleet::Fleet& fleet, const Scope& scope) {
    EditorSubject subject;
    std::vector<fleet::ClusterId> connected;
    for (const fleet::ClusterInfo& cluster : fleet.clusters()) {
        if (fleet.kinds(cluster.id) != nullptr && scope.contains(cluster.id))
            connected.push_back(cluster.id);
    }
    // All clusters is what one looks at, hardly what one writes to.
    if (connected.size() == 1 || !scope.clusters().empty())
        subject.clusters = std::move(connected);
    return editorTarget(std::move(subject));
}

} // namespace ui
