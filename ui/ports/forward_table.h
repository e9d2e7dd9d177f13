// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/port_forwards.h"
#include "ui/base/keyed_table_model.h"

#include <QString>

#include <cstdint>

namespace ui {

/// One port-forward as the table shows it.
struct ForwardRow {
    fleet::ForwardInfo info;
    QString cluster;
    int hue = -1;
};

using ForwardModel = KeyedTableModel<ForwardRow, std::uint64_t>;

/// Cluster, target, ports, state, connections, bytes each way, the last error.
ForwardModel* makeForwardModel(QObject* parent);

/// "127.0.0.1:8080"; empty where nothing is listened on.
QString localAddress(const ForwardRow& row);
/// "http://127.0.0.1:8080/", or https where the port is one of those; empty where nothing is listened on.
QString browserAddress(const ForwardRow& row);
/// "Deployment shop/web"
QString forwardTargetText(const fleet::ForwardWish& wish);
/// Whether the text stands in one of the row's words.
bool matches(const ForwardRow& row, const QString& text);

} // namespace ui
