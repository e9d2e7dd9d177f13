// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster_info.h"
#include "core/fleet/filter.h"
#include "core/kube/row_layout.h"
#include "ui/shell/page.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace ui {

/// The filter language over clusters: words look at name, state, place, version, server, contexts and groups; fields
/// are status, version, provider, region, server, user, context, group, protected, read-only, nodes, ready, pods,
/// failing, cpu and memory (percent requested), credentials (time left).
class ClusterFilter {
public:
    ClusterFilter();

    /// A text that is not understood filters nothing.
    void setText(const QString& text);
    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] const std::optional<FilterProblem>& problem() const { return m_problem; }
    [[nodiscard]] bool isEmpty() const { return m_filter.isEmpty(); }
    [[nodiscard]] bool accepts(const fleet::ClusterInfo& cluster, std::int64_t nowMs) const;

private:
    QString m_text;
    fleet::Filter m_filter;
    std::optional<FilterProblem> m_problem;
    kube::RowLayoutPtr m_layout;
};

} // namespace ui
