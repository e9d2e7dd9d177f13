// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/scope.h"

#include <algorithm>
#include <utility>

namespace ui {

std::vector<std::string> Scope::namespaceNames() const {
    std::vector<std::string> names;
    names.reserve(static_cast<std::size_t>(m_namespaces.size()));
    for (const QString& ns : m_namespaces)
        names.push_back(ns.toStdString());
    return names;
}

bool Scope::contains(fleet::ClusterId cluster) const {
    return m_clusters.empty() || std::find(m_clusters.begin(), m_clusters.end(), cluster) != m_clusters.end();
}

void Scope::setClusters(std::vector<fleet::ClusterId> clusters) {
    set(std::move(clusters), m_namespaces);
}

void Scope::setNamespaces(QStringList namespaces) {
    set(m_clusters, std::move(namespaces));
}

void Scope::set(std::vector<fleet::ClusterId> clusters, QStringList namespaces) {
    std::sort(clusters.begin(), clusters.end());
    clusters.erase(std::unique(clusters.begin(), clusters.end()), clusters.end());
    namespaces.sort();
    namespaces.removeDuplicates();
    if (clusters == m_clusters && namespaces == m_namespaces)
        return;
    m_clusters = std::move(clusters);
    m_namespaces = std::move(namespaces);
    emit changed();
}

} // namespace ui
