// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/ids.h"

#include <QObject>
#include <QStringList>

#include <string>
#include <vector>

namespace ui {

/// Which clusters and namespaces the operator looks at: one model for all pages.
class Scope : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Empty: all that are connected.
    [[nodiscard]] const std::vector<fleet::ClusterId>& clusters() const { return m_clusters; }
    /// Empty: all.
    [[nodiscard]] const QStringList& namespaces() const { return m_namespaces; }
    [[nodiscard]] std::vector<std::string> namespaceNames() const;
    /// Whether objects of this cluster are looked at (if it is connected).
    [[nodiscard]] bool contains(fleet::ClusterId cluster) const;

    void setClusters(std::vector<fleet::ClusterId> clusters);
    void setNamespaces(QStringList namespaces);
    /// Both at once, with one changed().
    void set(std::vector<fleet::ClusterId> clusters, QStringList namespaces);

signals:
    void changed();

private:
    std::vector<fleet::ClusterId> m_clusters;
    QStringList m_namespaces;
};

} // namespace ui
