// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/ids.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QVariantMap>
#include <QWidget>

#include <memory>
#include <optional>
#include <string>
#include <vector>

class QAction;

namespace change {
class Door;
} // namespace change
namespace fleet {
class Fleet;
class Settings;
} // namespace fleet

namespace ui {

class ActionRegistry;
class ChangeRuns;
struct EditorSubject;
struct FilesSubject;
struct LogsSubject;
class Navigator;
class Scope;
struct TerminalSubject;

/// What a page stands on. All of it outlives every page.
struct PageContext {
    fleet::Fleet& fleet;
    fleet::Settings& settings;
    change::Door& door; ///< All writes go through it.
    ChangeRuns& changes;
    Scope& scope;
    ActionRegistry& actions;
    Navigator& navigator;
    std::vector<std::string> lookedAt; ///< Where kubeconfigs were looked for, for the page that finds none.
};

/// Where to go: a page and, as far as given, what to show there. A page takes what it understands.
struct PageTarget {
    QString page;                                       ///< "browser"; empty: the page in front.
    QString kind;                                       ///< As typed or Kind::resource(): "po", "deployments.apps".
    std::optional<std::vector<fleet::ClusterId>> scope; ///< Becomes the scope's clusters.
    std::optional<QStringList> namespaces;              ///< Becomes the scope's namespaces.
    std::optional<QString> filter;
    fleet::ClusterId cluster; ///< With ns and name: the object to select and to show in detail.
    QString ns;
    QString name;
    QString change;                                  ///< The ChangeRun to show.
    std::shared_ptr<const EditorSubject> edit;       ///< What to write YAML for.
    std::shared_ptr<const FilesSubject> files;       ///< Whose files to show.
    std::shared_ptr<const LogsSubject> logs;         ///< Whose logs to show.
    std::shared_ptr<const TerminalSubject> terminal; ///< Where to open a terminal.
};

/// How pages reach each other and the frame. Implemented by the shell.
class Navigator {
public:
    enum class Tab { Same, New };
    virtual ~Navigator() = default;
    virtual void open(const PageTarget& target, Tab tab = Tab::Same) = 0;
    /// To the page before.
    virtual void goBack() = 0;
    /// One sentence in the foot for some seconds: what an action did or why it could not.
    virtual void say(const QString& sentence) = 0;
    /// Gives the keyboard to the filter line.
    virtual void editFilter() = 0;
};

/// Why a filter text is not understood, for the mark under it. Columns count UTF-16 units from 0.
struct FilterProblem {
    int column = 0;
    int length = 1;
    QString message;
};

/// A page of the window. The shell shows title, subtitle and actions in the page's head and passes the text of the
/// filter line on; the page draws the rest. Built when first visited, deleted with its tab or the window. A hidden page
/// refreshes nothing. Texts are made once: a change of language builds the window anew.
class Page : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    [[nodiscard]] virtual QString title() const = 0;
    /// The count in words: "27 of 1,284 match".
    [[nodiscard]] virtual QString subtitle() const { return {}; }
    /// Buttons on the right of the head, from left to right; from the ActionRegistry.
    [[nodiscard]] virtual QList<QAction*> headActions() const { return {}; }
    /// Something that waits for the operator, shown as a count in the navigation; 0: nothing.
    [[nodiscard]] virtual int waiting() const { return 0; }
    /// The text of the page's tab, and the hue (0..7) of the cluster it is confined to, or -1.
    [[nodiscard]] virtual QString tabTitle() const { return title(); }
    [[nodiscard]] virtual int tabHue() const { return -1; }

    /// Whether the scope's namespaces mean anything here.
    [[nodiscard]] virtual bool hasNamespaces() const { return true; }

    /// What the filter line says while it is empty: "filter pods: app:shop age<30d".
    [[nodiscard]] virtual QString filterHint() const { return {}; }
    [[nodiscard]] virtual QString filter() const { return {}; }
    virtual void setFilter(const QString& text) { Q_UNUSED(text); }
    [[nodiscard]] virtual std::optional<FilterProblem> filterProblem() const { return std::nullopt; }

    /// Shows what is asked for, as far as this page knows it. Scope and filter of the target are applied by the shell.
    virtual void show(const PageTarget& target) { Q_UNUSED(target); }
    /// Whether this tab is the one that shows what is asked for, so that no second one is opened.
    [[nodiscard]] virtual bool isAbout(const PageTarget& target) const {
        Q_UNUSED(target);
        return false;
    }
    /// Whether the tab has nothing to show any more, so that another subject may take its place.
    [[nodiscard]] virtual bool isVacant() const { return false; }
    /// What would be lost with the tab, in a sentence; empty: nothing, it may close unasked.
    [[nodiscard]] virtual QString unsaved() const { return {}; }
    /// Gives the keyboard to the page's main view.
    virtual void focusMain() = 0;
    /// Everything asked for has answered or failed and is on the screen (or will be with the next paint).
    [[nodiscard]] virtual bool isSettled() const { return true; }
    /// What brings this page back as it is now (kind, sorting); strings, numbers, lists.
    [[nodiscard]] virtual QVariantMap state() const { return {}; }
    virtual void restore(const QVariantMap& state) { Q_UNUSED(state); }

    using QWidget::show;

signals:
    /// title, subtitle, waiting, tabTitle or tabHue may read differently.
    void headingChanged();
    void headActionsChanged();
    /// filter, filterHint or filterProblem may read differently.
    void filterChanged();
    void settledChanged();
    /// Its subject is done with: the tab may close, and the page before comes back.
    void leftForGood();
};

} // namespace ui
