// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster_info.h"
#include "core/kube/row.h"
#include "ui/base/cell.h"

#include <QString>

#include <cstdint>

namespace ui {

Mark healthMark(fleet::Health health);
Mark stateMark(kube::ObjectState state);
/// How a cluster is, in one sentence: "Live", "Away since 14:02, last state shown", "Node under memory pressure".
QString healthSentence(const fleet::ClusterInfo& cluster, std::int64_t nowMs);
/// Whether it was asked for, so that it belongs to "all clusters" of the scope.
bool isOpen(fleet::Health health);
/// Whether what is known of it is a past state.
bool isPast(const fleet::ClusterInfo& cluster);
/// "new-york, protected, read-only" for readers and tooltips.
QString clusterName(const fleet::ClusterInfo& cluster);
/// The mark of what may be done to it: "read-only", which goes before "protected"; empty where nothing is to be said.
QString ruleMark(const fleet::ClusterInfo& cluster);

} // namespace ui
