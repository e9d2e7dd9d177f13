// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster_info.h"
#include "core/kube/access/rbac_policy.h"
#include "ui/base/keyed_table_model.h"

#include <QString>

namespace ui {

/// One reason why a subject of one cluster may do what is asked.
struct GrantRow {
    fleet::ClusterId cluster;
    QString clusterName;
    int hue = 0;
    bool dimmed = false; ///< What held when the cluster last answered.
    QString kind;        ///< "User", "Group", "ServiceAccount"
    QString subject;     ///< "alice", "shop/robot"
    QString ns;          ///< The binding's; empty: the whole cluster.
    QString binding;     ///< Its name.
    QString bindingTitle;
    QString role;     ///< "edit"
    QString roleKind; ///< "Role", "ClusterRole"
    QString rule;     ///< What of the rule allows it.
    QString wholeRule;

    bool operator==(const GrantRow&) const = default;
    [[nodiscard]] QString key() const;
};

[[nodiscard]] GrantRow grantRow(const fleet::ClusterInfo& cluster, const kube::Grant& grant,
                                const kube::AccessAttributes& asked);

/// Who may do what is asked, by GrantRow::key().
using GrantsModel = KeyedTableModel<GrantRow, QString>;
[[nodiscard]] GrantsModel* makeGrantsModel(QObject* parent);

} // namespace ui
