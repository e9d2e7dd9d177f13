// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/page_stack.h"

#include "ui/base/marks.h"
#include "ui/shell/ask_before_loss.h"
#include "ui/shell/page_list.h"
#include "ui/shell/scope.h"

#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

PageStack::PageStack(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_bar(new QTabBar(this))
    , m_stack(new QStackedWidget(this)) {
    m_bar->setObjectName(QStringLiteral("tabs"));
    m_bar->setAccessibleName(tr("Tabs"));
    m_bar->setExpanding(false);
    m_bar->setDrawBase(false);
    m_bar->setTabsClosable(true);
    m_bar->setElideMode(Qt::ElideMiddle);
    m_bar->setUsesScrollButtons(true);
    m_bar->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_bar);
    layout->addWidget(m_stack, 1);
    connect(m_bar, &QTabBar::currentChanged, this, &PageStack::chooseTab);
    connect(m_bar, &QTabBar::tabCloseRequested, this, &PageStack::closeTabAt);
}

Page* PageStack::add(const PageSpec& spec) {
    Page* page = spec.make(m_context, m_stack);
    page->setAccessibleName(pageTitle(spec));
    m_stack->addWidget(page);
    Tab tab;
    tab.page = page;
    tab.clusters = m_context.scope.clusters();
    tab.namespaces = m_context.scope.namespaces();
    m_pages[spec.id].tabs.push_back(std::move(tab));
    wire(page);
    connect(page, &Page::leftForGood, this, [this, &spec, page] { leave(spec, page); });
    return page;
}

void PageStack::wire(Page* page) {
    connect(page, &Page::headingChanged, this, [this] {
        nameTabs();
        emit headingChanged();
    });
}

Page* PageStack::open(const PageSpec& spec) {
    Tabs& tabs = m_pages[spec.id];
    if (tabs.tabs.empty())
        add(spec);
    bringForward(spec, tabs.tabs[static_cast<std::size_t>(tabs.current)].page);
    return m_current;
}

Page* PageStack::openTab(const PageSpec& spec, const PageTarget& target) {
    Tabs& tabs = m_pages[spec.id];
    if (spec.tabs == PageTabs::One || tabs.tabs.empty())
        return open(spec);
    const auto at = std::find_if(tabs.tabs.begin(), tabs.tabs.end(), [&target](const Tab& tab) {
        return tab.page->isAbout(target) || tab.page->isVacant();
    });
    if (at != tabs.tabs.end()) {
        tabs.current = static_cast<int>(at - tabs.tabs.begin());
        bringForward(spec, at->page);
        return at->page;
    }
    rememberScope();
    Page* page = add(spec);
    tabs.current = static_cast<int>(tabs.tabs.size()) - 1;
    bringForward(spec, page);
    return page;
}

Page* PageStack::built(const PageSpec& spec) const {
    const auto at = m_pages.find(spec.id);
    if (at == m_pages.end() || at->second.tabs.empty())
        return nullptr;
    return at->second.tabs[static_cast<std::size_t>(at->second.current)].page;
}

int PageStack::tabCount() const {
    if (!m_spec)
        return 0;
    return static_cast<int>(m_pages.at(m_spec->id).tabs.size());
}

void PageStack::bringForward(const PageSpec& spec, Page* page) {
    const bool same = m_current == page;
    m_spec = &spec;
    m_current = page;
    m_stack->setCurrentWidget(page);
    showTabs();
    if (!same)
        emit currentChanged(page);
}

// What a tab was narrowed to stays with it; going to another page does not touch the scope.
void PageStack::rememberScope() {
    if (!m_spec)
        return;
    Tabs& tabs = m_pages[m_spec->id];
    Tab& tab = tabs.tabs[static_cast<std::size_t>(tabs.current)];
    tab.clusters = m_context.scope.clusters();
    tab.namespaces = m_context.scope.namespaces();
}

void PageStack::chooseTab(int index) {
    if (!m_spec || index < 0)
        return;
    Tabs& tabs = m_pages[m_spec->id];
    if (index >= static_cast<int>(tabs.tabs.size()) || index == tabs.current)
        return;
    rememberScope();
    tabs.current = index;
    const Tab tab = tabs.tabs[static_cast<std::size_t>(index)];
    m_context.scope.set(tab.clusters, tab.namespaces);
    bringForward(*m_spec, tab.page);
}

void PageStack::closeTab() {
    if (m_spec)
        closeTabAt(m_pages[m_spec->id].current);
}

void PageStack::closeTabAt(int index) {
    const Tabs& tabs = m_pages[m_spec->id];
    if (tabs.tabs.size() < 2 || index < 0 || index >= static_cast<int>(tabs.tabs.size()))
        return;
    const Page* page = tabs.tabs[static_cast<std::size_t>(index)].page;
    askBeforeLoss(this, page->unsaved(), tr("Close tab"), [this, spec = m_spec, page] { dropTab(*spec, page); });
}

void PageStack::dropTab(const PageSpec& spec, const Page* page) {
    Tabs& tabs = m_pages[spec.id];
    const auto at =
        std::find_if(tabs.tabs.begin(), tabs.tabs.end(), [page](const Tab& tab) { return tab.page == page; });
    if (m_spec != &spec || at == tabs.tabs.end() || tabs.tabs.size() < 2)
        return;
    Page* dropped = at->page;
    const int index = static_cast<int>(at - tabs.tabs.begin());
    if (index == tabs.current)
        chooseTab(index > 0 ? index - 1 : 1);
    tabs.tabs.erase(tabs.tabs.begin() + index);
    if (tabs.current > index)
        --tabs.current;
    m_stack->removeWidget(dropped);
    dropped->deleteLater();
    showTabs();
}

QStringList PageStack::unsaved() const {
    QStringList all;
    for (const auto& [id, tabs] : m_pages) {
        for (const Tab& tab : tabs.tabs) {
            if (const QString lost = tab.page->unsaved(); !lost.isEmpty())
                all.append(lost);
        }
    }
    return all;
}

// A sheet has no scope of its own: what the page before was narrowed to stays.
void PageStack::leave(const PageSpec& spec, Page* page) {
    Tabs& tabs = m_pages[spec.id];
    const auto at =
        std::find_if(tabs.tabs.begin(), tabs.tabs.end(), [page](const Tab& tab) { return tab.page == page; });
    if (at == tabs.tabs.end())
        return;
    const bool wasInFront = m_current == page;
    if (tabs.tabs.size() > 1) {
        const int index = static_cast<int>(at - tabs.tabs.begin());
        tabs.tabs.erase(at);
        if (tabs.current > index || tabs.current == static_cast<int>(tabs.tabs.size()))
            --tabs.current;
        if (m_spec == &spec)
            bringForward(spec, tabs.tabs[static_cast<std::size_t>(tabs.current)].page);
        m_stack->removeWidget(page);
        page->deleteLater();
    }
    if (wasInFront)
        emit leftForGood();
}

void PageStack::stepTab(Step step) {
    const int count = tabCount();
    if (count < 2)
        return;
    const int current = m_pages[m_spec->id].current;
    chooseTab((current + (step == Step::Next ? 1 : count - 1)) % count);
}

void PageStack::showTabs() {
    const Tabs& tabs = m_pages[m_spec->id];
    const QSignalBlocker quiet(m_bar);
    while (m_bar->count() > static_cast<int>(tabs.tabs.size()))
        m_bar->removeTab(m_bar->count() - 1);
    while (m_bar->count() < static_cast<int>(tabs.tabs.size()))
        m_bar->addTab(QString());
    nameTabs();
    m_bar->setCurrentIndex(tabs.current);
    m_bar->setVisible(tabs.tabs.size() > 1);
    emit tabsChanged();
}

void PageStack::nameTabs() {
    if (!m_spec)
        return;
    const Tabs& tabs = m_pages[m_spec->id];
    for (int i = 0; i < m_bar->count() && i < static_cast<int>(tabs.tabs.size()); ++i) {
        const Page* page = tabs.tabs[static_cast<std::size_t>(i)].page;
        m_bar->setTabText(i, page->tabTitle());
        const int hue = page->tabHue();
        m_bar->setTabIcon(i, hue >= 0 ? QIcon(huePixmap(*this, hue)) : QIcon());
    }
}

QVariantMap PageStack::state() const {
    QVariantMap all;
    for (const auto& [id, tabs] : m_pages) {
        QVariantList states;
        for (const Tab& tab : tabs.tabs)
            states.append(tab.page->state());
        all.insert(QString::fromStdString(id), states);
    }
    return all;
}

// Pages come back when they are visited; further tabs at once, for their names stand on the strip.
void PageStack::restore(const QVariantMap& state) {
    for (const PageSpec& spec : pageList()) {
        const QVariantList states = state.value(QString::fromLatin1(spec.id)).toList();
        for (qsizetype i = 0; i < states.size(); ++i) {
            if (i > 0 && spec.tabs == PageTabs::One)
                break;
            Page* page = add(spec);
            page->restore(states.at(i).toMap());
            // A sheet of a former run of the program.
            if (page->isVacant() && m_pages[spec.id].tabs.size() > 1) {
                m_pages[spec.id].tabs.pop_back();
                m_stack->removeWidget(page);
                delete page;
            }
        }
    }
}

} // namespace ui
