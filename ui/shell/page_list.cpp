// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/page_list.h"

#include "ui/access/access_page.h"
#include "ui/browser/browser_page.h"
#include "ui/change/change_page.h"
#include "ui/config/config_page.h"
#include "ui/editor/editor_page.h"
#include "ui/files/files_page.h"
#include "ui/fleet/fleet_page.h"
#include "ui/journal/journal_page.h"
#include "ui/logs/logs_page.h"
#include "ui/ports/ports_page.h"
#include "ui/shell/page.h"
#include "ui/terminal/terminal_page.h"

#include <QCoreApplication>

namespace ui {

namespace {

template <typename P>
Page* make(const PageContext& context, QWidget* parent) {
    return new P(context, parent);
}

} // namespace

// A page is one line here: id, title, group, tabs, make<Class>.
const std::vector<PageSpec>& pageList() {
    static const std::vector<PageSpec> pages = {
        {"fleet", QT_TRANSLATE_NOOP("ui::PageList", "Fleet"), PageGroup::Work, PageTabs::One, make<FleetPage>},
        {"browser", QT_TRANSLATE_NOOP("ui::PageList", "Browser"), PageGroup::Work, PageTabs::Several,
         make<BrowserPage>},
        {"logs", QT_TRANSLATE_NOOP("ui::PageList", "Logs"), PageGroup::Work, PageTabs::Several, make<LogsPage>},
        {"terminal", QT_TRANSLATE_NOOP("ui::PageList", "Terminals"), PageGroup::Work, PageTabs::Sheets,
         make<TerminalPage>},
        {"files", QT_TRANSLATE_NOOP("ui::PageList", "Files"), PageGroup::Work, PageTabs::Sheets, make<FilesPage>},
        {"ports", QT_TRANSLATE_NOOP("ui::PageList", "Port forwards"), PageGroup::Work, PageTabs::One, make<PortsPage>},
        {"change", QT_TRANSLATE_NOOP("ui::PageList", "Changes"), PageGroup::Change, PageTabs::Sheets, make<ChangePage>},
        {"journal", QT_TRANSLATE_NOOP("ui::PageList", "Journal"), PageGroup::Record, PageTabs::One, make<JournalPage>},
        {"access", QT_TRANSLATE_NOOP("ui::PageList", "Access"), PageGroup::Record, PageTabs::One, make<AccessPage>},
        {"editor", QT_TRANSLATE_NOOP("ui::PageList", "Editor"), PageGroup::Change, PageTabs::Sheets, make<EditorPage>},
        {"config", QT_TRANSLATE_NOOP("ui::PageList", "Keys"), PageGroup::Change, PageTabs::Sheets, make<ConfigPage>},
    };
    return pages;
}

const PageSpec* findPage(const QString& id) {
    for (const PageSpec& spec : pageList()) {
        if (id == QLatin1String(spec.id))
            return &spec;
    }
    return nullptr;
}

QString pageTitle(const PageSpec& spec) {
    return QCoreApplication::translate("ui::PageList", spec.title);
}

QString groupTitle(PageGroup group) {
    switch (group) {
    case PageGroup::Work:
        return QCoreApplication::translate("ui::PageList", "Work", "group of pages in the navigation");
    case PageGroup::Change:
        return QCoreApplication::translate("ui::PageList", "Change", "group of pages in the navigation");
    case PageGroup::Ground:
        return QCoreApplication::translate("ui::PageList", "Ground", "group of pages in the navigation: hardware");
    case PageGroup::Record:
        return QCoreApplication::translate("ui::PageList", "Record", "group of pages in the navigation: journal");
    }
    return {};
}

} // namespace ui
