// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/kind.h"
#include "core/logs/log_gathering.h"
#include "ui/browser/act_target.h"

#include <QString>
#include <QVariantMap>

#include <memory>
#include <vector>

namespace ui {

struct LabelWish;
struct PageTarget;

/// Whose logs a page shows.
struct LogsSubject {
    std::vector<logs::GatherSubject> subjects;
    QString title; ///< "Deployment shop/web in paris", "app=web in shop, paris, oslo"
};

/// Whether objects of the kind are pods or own some.
bool hasLogs(const kube::Kind& kind);
/// Where the logs of these are shown.
PageTarget logsTarget(const fleet::Fleet& fleet, const std::vector<ActTarget>& targets);
/// Likewise, of pods by their labels, in the clusters that the wish names.
PageTarget logsTarget(const fleet::Fleet& fleet, const LabelWish& wish);

/// For the settings, by contexts. Those of which the fleet has none are left out; null where none is left.
QVariantMap logsState(const fleet::Fleet& fleet, const LogsSubject& subject);
std::shared_ptr<const LogsSubject> logsSubjectFrom(const fleet::Fleet& fleet, const QVariantMap& state);

} // namespace ui
