// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

class QWidget;

namespace ui {

class Page;
struct PageContext;

/// The four groups of the navigation.
enum class PageGroup { Work, Change, Ground, Record };

/// Whether a page may stand in several tabs at once.
enum class PageTabs {
    One,
    Several, ///< Opened at will, kept over a restart.
    Sheets,  ///< One for each subject that is handed to it; without a subject there is nothing to open.
};

/// How a page is known to the shell.
struct PageSpec {
    const char* id;    ///< "fleet": in --page, in the command line, in settings.
    const char* title; ///< Translated in the context "ui::PageList".
    PageGroup group;
    PageTabs tabs;
    Page* (*make)(const PageContext& context, QWidget* parent);
};

/// All pages in the order of the navigation.
const std::vector<PageSpec>& pageList();
/// Null if there is no such page.
const PageSpec* findPage(const QString& id);
QString pageTitle(const PageSpec& spec);
QString groupTitle(PageGroup group);

} // namespace ui
