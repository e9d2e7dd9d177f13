// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster_info.h"

#include <QDialog>

#include <vector>

class QListWidget;

namespace ui {

/// Which group to connect: those the operator made, and every cluster there is. Says how many run a sign-in program.
class GroupDialog : public QDialog {
    Q_OBJECT
public:
    GroupDialog(const std::vector<fleet::ClusterInfo>& clusters, QWidget* parent);

signals:
    void chosen(const std::vector<fleet::ClusterId>& clusters);

private:
    struct Group {
        QString name;
        std::vector<fleet::ClusterId> clusters; ///< Those that can be connected and are not.
        int withPlugin = 0;
    };
    void take();

    std::vector<Group> m_groups;
    QListWidget* m_list;
};

} // namespace ui
