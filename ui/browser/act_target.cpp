// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/act_target.h"

#include "core/fleet/fleet.h"
#include "ui/base/cluster_ref.h"
#include "ui/browser/object_acts.h"
#include "ui/change/change_run.h"
#include "ui/change/change_runs.h"
#include "ui/shell/page.h"

#include <algorithm>
#include <set>
#include <utility>

namespace ui {

QString targetsText(const std::vector<ActTarget>& targets) {
    if (targets.empty())
        return {};
    const ActTarget& first = targets.front();
    const auto isSame = [&first](const ActTarget& target) {
        return target.ns == first.ns && target.name == first.name;
    };
    const bool sameName = std::all_of(targets.begin(), targets.end(), isSame);
    if (!sameName)
        return ObjectActs::tr("%Ln × %1", "how many objects of kind %1", static_cast<int>(targets.size()))
            .arg(QString::fromStdString(first.kind.kind));
    return QString::fromStdString(change::toString(change::ObjectRef{{}, first.kind.kind, first.ns, first.name}));
}

QString aboutText(const fleet::Fleet& fleet, const std::vector<ActTarget>& targets) {
    std::set<fleet::ClusterId> clusters;
    for (const ActTarget& target : targets)
        clusters.insert(target.cluster);
    const QString where = clusters.size() == 1
                              ? QString::fromStdString(fleet.cluster(*clusters.begin()).name)
                              : ObjectActs::tr("%Ln clusters", "where objects are", static_cast<int>(clusters.size()));
    return ObjectActs::tr("%1 in %2", "an object, a cluster").arg(targetsText(targets), where);
}

change::Target changeTarget(const fleet::Fleet& fleet, const ActTarget& target) {
    change::Target named;
    named.cluster = clusterRef(fleet, target.cluster);
    named.object = {target.kind.apiVersion(), target.kind.kind, target.kind.namespaced ? target.ns : std::string(),
                    target.name};
    return named;
}

ChangeRun* openSheet(const PageContext& context, const QString& title, std::vector<change::Operation> operations) {
    if (operations.empty())
        return nullptr;
    change::ChangeSet set;
    set.title = title.toStdString();
    set.operations = std::move(operations);
    PageTarget sheet;
    sheet.page = QStringLiteral("change");
    ChangeRun& run = context.changes.begin(std::move(set));
    sheet.change = run.id();
    context.navigator.open(sheet, Navigator::Tab::New);
    return &run;
}

} // namespace ui
