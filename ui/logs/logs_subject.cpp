// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/logs_subject.h"

#include "ui/shell/page.h"

#include <memory>
#include <string_view>
#include <utility>

namespace ui {

bool hasLogs(const kube::Kind& kind) {
    const std::string_view name = kind.kind;
    if (kind.group.empty())
        return name == "Pod" || name == "Service" || name == "ReplicationController";
    if (kind.group == "apps")
        return name == "Deployment" || name == "StatefulSet" || name == "DaemonSet" || name == "ReplicaSet";
    return kind.group == "batch" && name == "Job";
}

PageTarget logsTarget(const fleet::Fleet& fleet, const std::vector<ActTarget>& targets) {
    LogsSubject subject;
    for (const ActTarget& target : targets)
        subject.subjects.push_back({target.cluster, target.ns, target.kind.resource(), target.name});
    subject.title = aboutText(fleet, targets);
    PageTarget target;
    target.page = QStringLiteral("logs");
    target.filter = QString();
    target.logs = std::make_shared<const LogsSubject>(std::move(subject));
    return target;
}

} // namespace ui
