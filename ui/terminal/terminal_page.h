// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"
#include "ui/terminal/terminal_subject.h"

#include <QList>

#include <memory>

class QSplitter;
class QStackedWidget;

namespace ui {

class TerminalPane;

/// Shells in containers: one tab for each that is opened, and in it as many side by side as one likes.
class TerminalPage : public Page {
    Q_OBJECT
public:
    TerminalPage(const PageContext& context, QWidget* parent);
    ~TerminalPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] QString tabTitle() const override;
    [[nodiscard]] int tabHue() const override;
    [[nodiscard]] QList<QAction*> headActions() const override { return m_headActions; }
    [[nodiscard]] bool hasNamespaces() const override { return false; }
    [[nodiscard]] bool isAbout(const PageTarget& target) const override;
    [[nodiscard]] bool isVacant() const override { return m_panes.isEmpty(); }
    void show(const PageTarget& target) override;
    void focusMain() override;
    [[nodiscard]] bool isSettled() const override;
    [[nodiscard]] QString unsaved() const override;

    using Page::show;

private:
    enum class Beside { Right, Below };
    void addActions();
    TerminalPane* addPane(const TerminalSubject& subject, QSplitter* into, int at);
    void split(Beside beside);
    void askToClose(TerminalPane* pane);
    void closePane(TerminalPane* pane);
    void step(int by);
    void setFontSize(int points);
    void paneChanged();
    [[nodiscard]] TerminalPane* current() const { return m_current; }
    /// What would be cut; empty: nothing.
    [[nodiscard]] QString lossOf(const QList<TerminalPane*>& panes) const;

    PageContext m_context;
    QStackedWidget* m_stack = nullptr;
    QSplitter* m_root = nullptr;
    QList<TerminalPane*> m_panes;
    TerminalPane* m_current = nullptr;
    QList<QAction*> m_headActions;
    std::shared_ptr<const TerminalSubject> m_subject;
    int m_fontSize;
};

} // namespace ui
