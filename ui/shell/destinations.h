// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QString>

#include <optional>
#include <vector>

namespace ui {

struct Command;

/// Somewhere to go from palette and command line.
struct Destination {
    enum class Sort { Page, Kind, Cluster, Namespace };
    Sort sort = Sort::Page;
    QString text;  ///< "Pods"
    QString typed; ///< What stands for it after ':': "pods", "ctx houston".
    QString hint;  ///< Muted beside it: short names, group, "protected", "read-only".
    int hue = -1;
    PageTarget target;
};

/// Everything there is now: pages, kinds of the connected clusters (of the scope first), clusters, namespaces.
std::vector<Destination> collectDestinations(const PageContext& context);

/// Where a typed command leads; nothing if no page, kind, cluster or namespace of that name is known.
std::optional<PageTarget> resolveCommand(const PageContext& context, const Command& command);

/// The kind's name as titles show it: "Pods", "CronJobs" from "Pod", "cronjobs".
QString kindTitle(const std::string& kind, const std::string& plural);

} // namespace ui
