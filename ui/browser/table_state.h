// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster_info.h"
#include "core/fleet/view.h"
#include "ui/base/table_face.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>

namespace ui {

struct TableFacts {
    QString kindTitle;    ///< "Pods"
    std::string resource; ///< "pods"
    const fleet::View* view = nullptr;
    std::function<const fleet::ClusterInfo&(fleet::ClusterId)> cluster;
    int shown = 0;
    int total = 0;
    int marked = 0;
    QString filter;
    QStringList namespaces;
    std::int64_t nowMs = 0;
};

[[nodiscard]] TableState tableState(const TableFacts& facts);

} // namespace ui
