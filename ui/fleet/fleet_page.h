// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/fleet/fleet.h"
#include "ui/fleet/cluster_filter.h"
#include "ui/fleet/cluster_table.h"
#include "ui/fleet/needs.h"
#include "ui/shell/page.h"

#include <QTimer>

#include <memory>
#include <vector>

class QLabel;
class QSplitter;
class QStackedWidget;

namespace ui {

class ClusterActions;
class ClusterPanel;
class NeedsPanel;
class PodTroubles;
class TableView;

/// Every cluster of the kubeconfigs as a row, the chosen one in detail, and what needs the operator.
class FleetPage : public Page {
    Q_OBJECT
public:
    FleetPage(const PageContext& context, QWidget* parent);
    ~FleetPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QList<QAction*> headActions() const override;
    [[nodiscard]] int waiting() const override;
    [[nodiscard]] bool hasNamespaces() const override { return false; }
    [[nodiscard]] QString filterHint() const override;
    [[nodiscard]] QString filter() const override { return m_filter.text(); }
    void setFilter(const QString& text) override;
    [[nodiscard]] std::optional<FilterProblem> filterProblem() const override { return m_filter.problem(); }
    void show(const PageTarget& target) override;
    void focusMain() override;
    [[nodiscard]] bool isSettled() const override;

    using Page::show;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    QWidget* makeTablePanel();
    void wire();
    void rank();
    void divide();
    void readClusters();
    void showProblems(bool empty);
    void readNeeds();
    void readChoice();
    void openNeed(const Need& need);
    [[nodiscard]] std::vector<fleet::ClusterId> chosen() const;
    void choose(fleet::ClusterId id);
    [[nodiscard]] int openCount() const;

    PageContext m_context;
    ClusterFilter m_filter;
    ClusterModel* m_model;
    std::vector<fleet::ClusterId> m_order;
    std::vector<Need> m_needs;
    TableView* m_table = nullptr;
    QSplitter* m_split = nullptr;
    QStackedWidget* m_content = nullptr;
    QStackedWidget* m_tableStack = nullptr;
    QLabel* m_filtered = nullptr;
    QLabel* m_problems = nullptr;
    ClusterPanel* m_panel = nullptr;
    NeedsPanel* m_needsPanel = nullptr;
    std::unique_ptr<PodTroubles> m_troubles;
    ClusterActions* m_actions = nullptr;
    QTimer m_minute;
    base::Cancel m_notices;
};

} // namespace ui
