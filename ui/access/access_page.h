// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "ui/access/access_filter.h"
#include "ui/shell/page.h"

class QStackedWidget;

namespace ui {

class AccessView;
class GrantsView;
class QuestionBar;
class RightsView;

/// Permissions over clusters: what we ourselves may do in a namespace, and who can do something, through which binding
/// and role.
class AccessPage : public Page {
    Q_OBJECT
public:
    AccessPage(const PageContext& context, QWidget* parent);
    ~AccessPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QList<QAction*> headActions() const override { return {m_askAgain}; }
    [[nodiscard]] QString filterHint() const override;
    [[nodiscard]] QString filter() const override { return m_filter.text(); }
    void setFilter(const QString& text) override;
    [[nodiscard]] std::optional<FilterProblem> filterProblem() const override { return m_filter.problem(); }
    /// A kind: who can do something with it.
    void show(const PageTarget& target) override;
    void focusMain() override;
    [[nodiscard]] bool isSettled() const override;
    [[nodiscard]] QVariantMap state() const override;
    void restore(const QVariantMap& state) override;

    using Page::show;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void build();
    void addActions();
    void wire(AccessView& view);
    void modeChanged();
    void fleetChanged();
    void readNamespaces();
    void readResources();
    void setNamespace(const QString& ns);
    [[nodiscard]] QString defaultNamespace(const QStringList& names) const;
    void whoCanDoThis();
    void copyRows();
    void copyRequest();
    void showMenu(const QPoint& at);
    [[nodiscard]] AccessView& view() const;

    PageContext m_context;
    AccessFilter m_filter;
    QuestionBar* m_bar = nullptr;
    QStackedWidget* m_stack = nullptr;
    RightsView* m_rights = nullptr;
    GrantsView* m_grants = nullptr;
    QAction* m_askAgain = nullptr;
    QAction* m_whoCan = nullptr;
    QAction* m_copy = nullptr;
    bool m_isNamespaceChosen = false; ///< By somebody; otherwise it follows the scope.
    base::Cancel m_notices;
};

} // namespace ui
