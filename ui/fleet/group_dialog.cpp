// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/fleet/group_dialog.h"

#include "ui/base/theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <map>

namespace ui {

namespace {

bool runsProgram(const fleet::ClusterInfo& cluster) {
    return cluster.wayIn < cluster.waysIn.size() && cluster.waysIn[cluster.wayIn].needsPlugin;
}

} // namespace

GroupDialog::GroupDialog(const std::vector<fleet::ClusterInfo>& clusters, QWidget* parent)
    : QDialog(parent)
    , m_list(new QListWidget(this)) {
    setObjectName(QStringLiteral("groupDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Connect group"));
    std::map<QString, Group> groups;
    Group all;
    all.name = tr("Every cluster");
    for (const fleet::ClusterInfo& cluster : clusters) {
        const bool connectable = cluster.health == fleet::Health::NotConnected;
        const auto add = [&](Group& group) {
            if (!connectable)
                return;
            group.clusters.push_back(cluster.id);
            group.withPlugin += runsProgram(cluster) ? 1 : 0;
        };
        for (const std::string& name : cluster.groups) {
            Group& group = groups[QString::fromStdString(name)];
            group.name = QString::fromStdString(name);
            add(group);
        }
        add(all);
    }
    for (auto& [name, group] : groups)
        m_groups.push_back(std::move(group));
    m_groups.push_back(std::move(all));
    for (const Group& group : m_groups) {
        QString text = tr("%1: %Ln not connected", "%1 is a group of clusters", static_cast<int>(group.clusters.size()))
                           .arg(group.name);
        if (group.withPlugin > 0)
            text += QStringLiteral("  ") + tr("(%Ln run a sign-in program)", nullptr, group.withPlugin);
        auto* item = new QListWidgetItem(text, m_list);
        item->setSizeHint(QSize(0, Measure::row()));
    }
    m_list->setAccessibleName(tr("Groups"));
    m_list->setCurrentRow(0);
    auto* hint = new QLabel(tr("Clusters are sorted into groups by Edit groups… in their menu."), this);
    hint->setWordWrap(true);
    hint->setProperty("ink", QStringLiteral("muted"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("Connect"));
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &GroupDialog::take);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::itemActivated, this, &GroupDialog::take);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_list, 1);
    layout->addWidget(hint);
    layout->addWidget(buttons);
    resize(420, 320);
    m_list->setFocus();
}

void GroupDialog::take() {
    const int row = m_list->currentRow();
    accept();
    if (row >= 0)
        emit chosen(m_groups[static_cast<std::size_t>(row)].clusters);
}

} // namespace ui
