// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/filter.h"
#include "core/kube/row_layout.h"
#include "ui/access/grants_table.h"
#include "ui/access/rights_row.h"
#include "ui/shell/page.h"

#include <QString>

#include <optional>

namespace ui {

/// The filter language over the tables of the Access page. Words look at every text; fields are resource, group and the
/// verbs ("delete:yes", "get:some") of what we may do, and kind, subject, namespace, binding, role and rule of who can;
/// cluster of both.
class AccessFilter {
public:
    AccessFilter();

    /// A text that is not understood filters nothing.
    void setText(const QString& text);
    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] const std::optional<FilterProblem>& problem() const { return m_problem; }
    [[nodiscard]] bool isEmpty() const { return m_filter.isEmpty(); }
    [[nodiscard]] bool accepts(const RightsRow& row) const;
    [[nodiscard]] bool accepts(const GrantRow& row) const;

private:
    QString m_text;
    fleet::Filter m_filter;
    std::optional<FilterProblem> m_problem;
    kube::RowLayoutPtr m_rights;
    kube::RowLayoutPtr m_grants;
};

} // namespace ui
