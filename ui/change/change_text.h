// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/change/acts/act.h"
#include "core/change/operation_run.h"
#include "core/change/plan.h"
#include "ui/base/cell.h"

#include <QString>

#include <cstdint>

namespace fleet {
class Fleet;
struct ClusterInfo;
} // namespace fleet

namespace ui {

class ChangeRun;

/// Change sets in words of the operator's language.

/// "Scale to 5", "Apply, 1 field", "Delete".
QString actText(const change::Operation& operation);
/// "Deployment shop/web"
QString objectText(const change::ObjectRef& object);
/// "spec.replicas": as the server writes it, without the dot in front.
QString fieldText(const std::string& field);
/// Why a server would not, or did not: what it said itself where that says more than the kind of error.
QString refusalText(const base::Error& error);

Cell verdictCell(const change::PlannedOperation& planned);
/// Who owns what an apply wants, and since when; "none" where nobody does.
Cell ownersCell(const change::Operation& operation, const change::PlannedOperation& planned, std::int64_t nowMs);
/// `progress` may be null: not applied yet.
Cell resultCell(const change::Operation& operation, const change::OperationProgress* progress);

/// Why the object stays for a while after its deletion.
QString finalizerText(const change::Finalizer& finalizer);
QString lossText(change::Loss loss); ///< Empty for Nothing.
QString undoerText(const change::Undoer& undoer);

/// "2 objects in 2 clusters. Dry run passed everywhere"
QString headingText(const ChangeRun& run);

/// The cluster an operation is about; null if it is not in the fleet.
const fleet::ClusterInfo* clusterOf(const fleet::Fleet& fleet, const change::ClusterRef& cluster);
/// How many clusters a set is about.
int clusterCount(const change::ChangeSet& set);

} // namespace ui
