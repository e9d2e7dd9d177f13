// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "ui/ports/forward_table.h"
#include "ui/shell/page.h"

#include <QTimer>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace ui {

class TableView;

/// The ports of this machine that lead to pods: what runs, what goes through, what is wrong; started, stopped, opened.
class PortsPage : public Page {
    Q_OBJECT
public:
    PortsPage(const PageContext& context, QWidget* parent);
    ~PortsPage() override;

    [[nodiscard]] QString title() const override { return tr("Port forwards"); }
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QList<QAction*> headActions() const override { return m_headActions; }
    [[nodiscard]] int waiting() const override;
    [[nodiscard]] bool hasNamespaces() const override { return false; }
    [[nodiscard]] QString filterHint() const override { return tr("filter port forwards: shop waits 8080"); }
    [[nodiscard]] QString filter() const override { return m_filter; }
    void setFilter(const QString& text) override;
    void focusMain() override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    QWidget* makeEmptyFace();
    void addActions();
    void look();
    void readChoice();
    void askNew();
    void stopOrStart();
    void openInBrowser();
    void copyAddress();
    void remove();
    void showMenu(const QPoint& at);
    [[nodiscard]] const ForwardRow* chosen() const;

    PageContext m_context;
    ForwardModel* m_model;
    QString m_filter;
    TableView* m_table = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLabel* m_emptyTitle = nullptr;
    QLabel* m_emptyAdvice = nullptr;
    QPushButton* m_emptyAct = nullptr;
    QList<QAction*> m_headActions;
    QList<QAction*> m_rowActions;
    QAction* m_stop = nullptr;
    QAction* m_open = nullptr;
    QAction* m_copy = nullptr;
    QAction* m_atStart = nullptr;
    QAction* m_remove = nullptr;
    QTimer m_tick; ///< Bytes are told by nobody.
    base::Cancel m_changes;
};

/// Asks for the ports and starts it; for the Browser, too. `target` without a name: that is asked for.
void askForward(const PageContext& context, fleet::ForwardWish target, QWidget* parent);

} // namespace ui
