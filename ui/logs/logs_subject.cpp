// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/logs_subject.h"

#include "core/fleet/fleet.h"
#include "ui/base/cluster_ref.h"
#include "ui/logs/label_wish.h"
#include "ui/shell/page.h"

#include <memory>
#include <string_view>
#include <utility>

namespace ui {

namespace {

PageTarget targetOf(LogsSubject subject) {
    PageTarget target;
    target.page = QStringLiteral("logs");
    target.filter = QString();
    target.logs = std::make_shared<const LogsSubject>(std::move(subject));
    return target;
}

} // namespace

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
    return targetOf(std::move(subject));
}

PageTarget logsTarget(const fleet::Fleet& fleet, const LabelWish& wish) {
    LogsSubject subject;
    const std::vector<std::string> everywhere{std::string()};
    for (const fleet::ClusterId cluster : wish.clusters) {
        for (const std::string& ns : wish.namespaces.empty() ? everywhere : wish.namespaces)
            subject.subjects.push_back({cluster, ns, "pods", {}, wish.selector});
    }
    subject.title = labelTitle(fleet, wish);
    return targetOf(std::move(subject));
}

QVariantMap logsState(const fleet::Fleet& fleet, const LogsSubject& subject) {
    QVariantList entries;
    for (const logs::GatherSubject& one : subject.subjects)
        entries.append(QStringList{QString::fromStdString(clusterRef(fleet, one.cluster).context),
                                   QString::fromStdString(one.ns), QString::fromStdString(one.resource),
                                   QString::fromStdString(one.name), QString::fromStdString(one.selector)});
    return {{QStringLiteral("title"), subject.title}, {QStringLiteral("subjects"), entries}};
}

std::shared_ptr<const LogsSubject> logsSubjectFrom(const fleet::Fleet& fleet, const QVariantMap& state) {
    auto subject = std::make_shared<LogsSubject>();
    subject->title = state.value(QStringLiteral("title")).toString();
    for (const QVariant& entry : state.value(QStringLiteral("subjects")).toList()) {
        const QStringList parts = entry.toStringList();
        const fleet::ClusterId cluster = fleet.byContext(parts.value(0).toStdString());
        if (parts.size() == 5 && !cluster.isNull())
            subject->subjects.push_back({cluster, parts[1].toStdString(), parts[2].toStdString(),
                                         parts[3].toStdString(), parts[4].toStdString()});
    }
    if (subject->subjects.empty())
        return nullptr;
    // Of the clusters that are left.
    if (const LabelWish wish = labelWish(*subject); !wish.selector.empty())
        subject->title = labelTitle(fleet, wish);
    return subject;
}

} // namespace ui
