// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/keyed_table_model.h"
#include "ui/fleet/node_loads.h"

#include <string>

namespace ui {

using NodeModel = KeyedTableModel<NodeRow, std::string>;

/// The nodes of a cluster by name: state, pods, CPU and memory requested of what can be allocated.
NodeModel* makeNodeModel(QObject* parent);

} // namespace ui
