// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QStringList>
#include <QVariantMap>
#include <QWidget>

#include <map>
#include <string>
#include <vector>

class QStackedWidget;
class QTabBar;

namespace ui {

struct PageSpec;

/// The pages that were visited and their tabs. A page that may stand in several tabs shows a strip of them from two on;
/// each tab keeps its own scope while the page is in front, so that two kinds over two scopes stay open side by side.
class PageStack : public QWidget {
    Q_OBJECT
public:
    PageStack(const PageContext& context, QWidget* parent = nullptr);

    /// Null before the first page was opened.
    [[nodiscard]] Page* current() const { return m_current; }
    [[nodiscard]] const PageSpec* currentSpec() const { return m_spec; }
    /// Built if it was not yet.
    Page* open(const PageSpec& spec);
    /// A further tab of the page, in front; the page itself where it stands in one tab only. The tab that is about
    /// `target` already, or a vacant one, where there is such.
    Page* openTab(const PageSpec& spec, const PageTarget& target = {});
    void closeTab();
    enum class Step { Next, Previous };
    void stepTab(Step step);
    [[nodiscard]] int tabCount() const;
    /// Page::unsaved() of every tab of every page.
    [[nodiscard]] QStringList unsaved() const;
    /// Null if the page was not built.
    [[nodiscard]] Page* built(const PageSpec& spec) const;

    [[nodiscard]] QVariantMap state() const;
    void restore(const QVariantMap& state);

signals:
    void currentChanged(ui::Page* page);
    void tabsChanged();
    /// The heading of any built page, not only of the one in front.
    void headingChanged();
    /// A tab in front was done with, and is closed unless it was the last one.
    void leftForGood();

private:
    struct Tab {
        Page* page = nullptr;
        std::vector<fleet::ClusterId> clusters;
        QStringList namespaces;
    };
    struct Tabs {
        std::vector<Tab> tabs;
        int current = 0;
    };
    Page* add(const PageSpec& spec);
    void bringForward(const PageSpec& spec, Page* page);
    void chooseTab(int index);
    void closeTabAt(int index);
    void dropTab(const PageSpec& spec, const Page* page);
    void rememberScope();
    void showTabs();
    void nameTabs();
    void wire(Page* page);
    void leave(const PageSpec& spec, Page* page);

    PageContext m_context;
    QTabBar* m_bar;
    QStackedWidget* m_stack;
    std::map<std::string, Tabs> m_pages;
    const PageSpec* m_spec = nullptr;
    Page* m_current = nullptr;
};

} // namespace ui
