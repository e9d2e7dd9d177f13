// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/fleet/node_table.h"

#include <QFrame>
#include <QTimer>

#include <memory>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace ui {

class TableView;
struct PageContext;

/// The chosen cluster: how it is, where it is, its nodes; or what to do when there is nothing to show of it.
class ClusterPanel : public QFrame {
    Q_OBJECT
public:
    ClusterPanel(const PageContext& context, QWidget* parent = nullptr);
    ~ClusterPanel() override;

    /// A null id shows a hint.
    void setCluster(fleet::ClusterId id);
    /// The cluster's info may be another one.
    void refresh();
    /// While the page is hidden nothing is watched.
    void setActive(bool active);
    [[nodiscard]] bool isSettled() const;

signals:
    void settledChanged();
    void connectAsked(fleet::ClusterId id);
    void retryAsked(fleet::ClusterId id);
    void nodeOpened(fleet::ClusterId id, const QString& name);

private:
    void watch();
    void showNodes();
    void showMessage();
    void act();

    const PageContext& context() const { return *m_context; }

    std::unique_ptr<PageContext> m_context;
    fleet::ClusterId m_cluster;
    bool m_active = false;
    bool m_watched = false;
    std::unique_ptr<NodeLoads> m_loads;
    NodeModel* m_model;
    QTimer m_watchSoon;
    QLabel* m_name;
    QLabel* m_mark;
    QLabel* m_state;
    QLabel* m_facts;
    QStackedWidget* m_content;
    TableView* m_nodes;
    QWidget* m_message;
    QLabel* m_sentence;
    QLabel* m_advice;
    QPushButton* m_button;
};

} // namespace ui
