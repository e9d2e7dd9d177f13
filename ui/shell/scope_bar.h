// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QWidget>

#include <vector>

class QHBoxLayout;

namespace fleet {
struct ClusterInfo;
}

namespace ui {

class ScopeChip;

/// The chips on top: which clusters and namespaces all pages look at. A click, Ctrl+L or Ctrl+Shift+N drops the list.
class ScopeBar : public QWidget {
    Q_OBJECT
public:
    ScopeBar(const PageContext& context, QWidget* parent = nullptr);

    enum class Namespaces { Shown, Hidden };
    void setNamespaces(Namespaces namespaces);
    void pickClusters();
    void pickNamespaces();

public slots:
    /// After clusters changed: names, hues, protection may be others.
    void refresh();

private:
    void rebuild();
    [[nodiscard]] QString shownNow() const;
    ScopeChip* addChip(const QString& name);
    /// The clusters looked at that do not tell which namespaces they have.
    [[nodiscard]] std::vector<fleet::ClusterInfo> clustersThatHideNamespaces() const;
    void rememberNamespace(const QString& name);
    void forgetNamespace(const QString& name);

    PageContext m_context;
    QHBoxLayout* m_layout;
    std::vector<ScopeChip*> m_chips;
    QString m_shown;
    ScopeChip* m_clusterChip = nullptr;
    ScopeChip* m_namespaceChip = nullptr;
    Namespaces m_namespaces = Namespaces::Shown;
};

} // namespace ui
