// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/scope_bar.h"

#include "core/fleet/fleet.h"
#include "ui/base/cluster_text.h"
#include "ui/base/theme.h"
#include "ui/shell/picker.h"
#include "ui/shell/picker_items.h"
#include "ui/shell/scope.h"
#include "ui/shell/scope_chip.h"

#include <QHBoxLayout>

#include <algorithm>
#include <iterator>

namespace ui {

namespace {

constexpr std::size_t kMostChips = 4;
constexpr qsizetype kMostNamespaces = 3;

QString clusterNames(const std::vector<fleet::ClusterInfo>& clusters) {
    QStringList names;
    for (const fleet::ClusterInfo& cluster : clusters)
        names.append(clusterName(cluster));
    return names.join(QStringLiteral(", "));
}

} // namespace

ScopeBar::ScopeBar(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_layout(new QHBoxLayout(this)) {
    setObjectName(QStringLiteral("scopeBar"));
    setAccessibleName(tr("Clusters and namespaces shown"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(6);
    connect(&context.scope, &Scope::changed, this, &ScopeBar::refresh);
    rebuild();
}

void ScopeBar::setNamespaces(Namespaces namespaces) {
    m_namespaces = namespaces;
    if (m_namespaceChip)
        m_namespaceChip->setVisible(namespaces == Namespaces::Shown);
}

ScopeChip* ScopeBar::addChip(const QString& name) {
    auto* chip = new ScopeChip(this);
    chip->setObjectName(name);
    m_layout->addWidget(chip);
    m_chips.push_back(chip);
    return chip;
}

// Chips are made anew only where they would look different: the keyboard may be in one.
void ScopeBar::refresh() {
    if (shownNow() != m_shown)
        rebuild();
}

QString ScopeBar::shownNow() const {
    QStringList parts = m_context.scope.namespaces();
    for (const fleet::ClusterId id : m_context.scope.clusters()) {
        const fleet::ClusterInfo& cluster = m_context.fleet.cluster(id);
        parts.append(QStringLiteral("%1 %2 %3").arg(clusterName(cluster)).arg(cluster.hue).arg(id.value));
    }
    return parts.join(QLatin1Char('\n'));
}

void ScopeBar::rebuild() {
    m_shown = shownNow();
    for (ScopeChip* chip : m_chips) {
        chip->hide();
        chip->deleteLater();
    }
    m_chips.clear();
    const auto& chosen = m_context.scope.clusters();
    if (chosen.empty() || chosen.size() > kMostChips) {
        m_clusterChip = addChip(QStringLiteral("clusterChip"));
        m_clusterChip->showText(chosen.empty() ? tr("All clusters")
                                               : tr("%Ln clusters", nullptr, static_cast<int>(chosen.size())));
        connect(m_clusterChip, &QAbstractButton::clicked, this, &ScopeBar::pickClusters);
    } else {
        for (const fleet::ClusterId id : chosen) {
            const fleet::ClusterInfo& cluster = m_context.fleet.cluster(id);
            ScopeChip* chip = addChip(QStringLiteral("clusterChip"));
            chip->showCluster(QString::fromStdString(cluster.name), cluster.hue, ruleMark(cluster));
            chip->setAccessibleName(tr("Cluster shown: %1").arg(clusterName(cluster)));
            connect(chip, &QAbstractButton::clicked, this, &ScopeBar::pickClusters);
        }
        m_clusterChip = m_chips.front();
    }
    m_namespaceChip = addChip(QStringLiteral("namespaceChip"));
    const QStringList& namespaces = m_context.scope.namespaces();
    if (namespaces.isEmpty()) {
        m_namespaceChip->showText(tr("All namespaces"));
    } else if (namespaces.size() > kMostNamespaces) {
        m_namespaceChip->showText(tr("%Ln namespaces", nullptr, static_cast<int>(namespaces.size())));
    } else {
        m_namespaceChip->showNamed(tr("Namespace", "before one or more names"), namespaces.join(QStringLiteral(", ")));
    }
    m_namespaceChip->setToolTip(namespaces.join(QStringLiteral(", ")));
    m_namespaceChip->setVisible(m_namespaces == Namespaces::Shown);
    connect(m_namespaceChip, &QAbstractButton::clicked, this, &ScopeBar::pickNamespaces);
}

void ScopeBar::pickClusters() {
    auto* picker =
        new Picker(tr("Connected clusters"), tr("All clusters"),
                   clusterItems(m_context.fleet, m_context.scope.clusters()), Picker::Typed::Refused, window());
    connect(picker, &Picker::picked, this,
            [this](const QStringList& keys) { m_context.scope.setClusters(pickedClusters(keys)); });
    picker->dropFrom(this);
}

std::vector<fleet::ClusterInfo> ScopeBar::clustersThatHideNamespaces() const {
    std::vector<fleet::ClusterInfo> clusters;
    std::ranges::copy_if(m_context.fleet.clusters(), std::back_inserter(clusters), [this](const auto& cluster) {
        return m_context.scope.contains(cluster.id) && isOpen(cluster.health) && !cluster.listsNamespaces;
    });
    return clusters;
}

void ScopeBar::pickNamespaces() {
    const std::vector<fleet::ClusterInfo> hiding = clustersThatHideNamespaces();
    QStringList typed;
    for (const fleet::ClusterInfo& cluster : hiding) {
        for (const std::string& ns : cluster.typedNamespaces)
            typed.append(QString::fromStdString(ns));
    }
    auto* picker =
        new Picker(tr("Namespaces"), tr("All namespaces"),
                   namespaceItems(m_context.fleet, m_context.scope.clusters(), m_context.scope.namespaces(), typed),
                   Picker::Typed::Taken, window());
    if (!hiding.empty())
        picker->setHint(tr("%1 does not let you list namespaces: type the names of those you may read.",
                           "%1 is one or more clusters", static_cast<int>(hiding.size()))
                            .arg(clusterNames(hiding)));
    connect(picker, &Picker::picked, &m_context.scope, &Scope::setNamespaces);
    connect(picker, &Picker::added, this, &ScopeBar::rememberNamespace);
    connect(picker, &Picker::removed, this, &ScopeBar::forgetNamespace);
    picker->dropFrom(m_namespaceChip && m_namespaceChip->isVisible() ? static_cast<QWidget*>(m_namespaceChip) : this);
}

void ScopeBar::rememberNamespace(const QString& name) {
    for (const fleet::ClusterInfo& cluster : clustersThatHideNamespaces()) {
        std::vector<std::string> typed = cluster.typedNamespaces;
        typed.push_back(name.toStdString());
        m_context.fleet.setTypedNamespaces(cluster.id, std::move(typed));
    }
}

void ScopeBar::forgetNamespace(const QString& name) {
    for (const fleet::ClusterInfo& cluster : clustersThatHideNamespaces()) {
        std::vector<std::string> typed = cluster.typedNamespaces;
        if (std::erase(typed, name.toStdString()) > 0)
            m_context.fleet.setTypedNamespaces(cluster.id, std::move(typed));
    }
}

} // namespace ui
