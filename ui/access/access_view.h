// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "ui/access/access_state.h"
#include "ui/shell/page.h"

#include <QWidget>

#include <vector>

namespace ui {

class AccessFilter;
class OrderedTableModel;
class TablePanel;
class TableView;

/// A question about permissions to every cluster in scope, and the table of its answers. Asks only while it is active;
/// a cluster that comes back is asked again.
class AccessView : public QWidget {
    Q_OBJECT
public:
    AccessView(const PageContext& context, const AccessFilter& filter, QWidget* parent);

    /// Empty: all namespaces.
    void setNamespace(const QString& ns);
    [[nodiscard]] const QString& ns() const { return m_ns; }
    void setActive(bool active);
    /// The filter's text is another one.
    virtual void refilter() = 0;
    /// Clusters or their state changed.
    void clustersChanged();
    /// What is known is void.
    void askAgain();
    /// Asks one cluster again, or all that failed for a null id.
    void retry(fleet::ClusterId cluster);

    [[nodiscard]] TableView& table() const { return *m_table; }
    [[nodiscard]] virtual OrderedTableModel& model() const = 0;
    [[nodiscard]] const std::vector<AccessPart>& parts() const { return m_parts; }
    /// The text for whoever may grant what is missing.
    [[nodiscard]] const QString& request() const { return m_request; }
    [[nodiscard]] bool isSettled() const;

signals:
    void changed();
    void clearFilterWanted();
    void fleetWanted();
    void requestWanted();

protected:
    /// Puts the question to one cluster; what came before goes.
    virtual void ask(fleet::ClusterId cluster) = 0;
    /// Gives up what is being asked; what was answered before stays.
    virtual void giveUp(fleet::ClusterId cluster) = 0;
    /// Forgets all of a cluster.
    virtual void drop(fleet::ClusterId cluster) = 0;
    /// Makes rows of the answers, and notes what each part has to say.
    virtual void readRows() = 0;
    /// What the derived view adds: the question's words and the sentence for no rows.
    virtual void describe(AccessFacts& facts) const = 0;

    [[nodiscard]] AccessPart* part(fleet::ClusterId cluster);
    [[nodiscard]] std::vector<AccessPart>& mutableParts() { return m_parts; }
    void answered(fleet::ClusterId cluster);
    void failed(fleet::ClusterId cluster, const base::Error& error);
    /// Rows and faces anew.
    void refresh();
    [[nodiscard]] const PageContext& context() const { return m_context; }
    [[nodiscard]] const AccessFilter& accessFilter() const { return m_filter; }
    [[nodiscard]] bool isActive() const { return m_active; }

    /// A line below the table.
    void addFoot(QWidget* foot);

private:
    void begin(AccessPart& part);
    void readHealth(AccessPart& part);
    [[nodiscard]] QString shownNow() const;

    PageContext m_context;
    const AccessFilter& m_filter;
    TableView* m_table;
    TablePanel* m_panel;
    std::vector<AccessPart> m_parts;
    QString m_ns;
    QString m_request;
    QString m_shown; ///< What the table was last made from.
    bool m_active = false;
};

} // namespace ui
