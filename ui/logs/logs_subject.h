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

struct PageTarget;

/// Whose logs a page shows.
struct LogsSubject {
    std::vector<logs::GatherSubject> subjects;
    QString title; ///< "Deployment shop/web in paris"
};

/// Whether objects of the kind are pods or own some.
bool hasLogs(const kube::Kind& kind);
/// Where the logs of these are shown.
PageTarget logsTarget(const fleet::Fleet& fleet, const std::vector<ActTarget>& targets);

/// For the settings, by contexts. Those of which the fleet has none are left out; null where none is left.
QVariantMap logsState(const fleet::Fleet& fleet, const LogsSubject& subject);
std::shared_ptr<const LogsSubject> logsSubjectFrom(const fleet::Fleet& fleet, const QVariantMap& state);

} // namespace ui
