// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/ids.h"

#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <vector>

class QAction;
class QMenu;
class QWidget;

namespace ui {

struct PageContext;

/// What can be done with the clusters chosen on the Fleet page; menus, keys and the palette share these actions.
class ClusterActions : public QObject {
    Q_OBJECT
public:
    using Chosen = std::function<std::vector<fleet::ClusterId>()>;

    ClusterActions(const PageContext& context, QWidget* page, Chosen chosen);
    ~ClusterActions() override;

    /// After the choice or the clusters' states changed.
    void refresh();
    /// The context menu, made anew each time; deletes itself.
    [[nodiscard]] QMenu* makeMenu();
    /// Connects what is not, goes to the Browser with what is.
    void open(fleet::ClusterId id);
    void connectOne(fleet::ClusterId id);
    [[nodiscard]] QAction* connectAction() const { return m_connect; }
    [[nodiscard]] QAction* groupAction() const { return m_connectGroup; }

signals:
    /// Settings of a cluster were changed by an action.
    void changed();

private:
    void addHues(QMenu& menu);
    void addWaysIn(QMenu& menu);
    void chooseGroup();
    void editGroups();
    void setProtected();
    void setReadOnly();
    void setReconnect();
    void copyNames();
    void say(const QString& sentence);

    std::unique_ptr<PageContext> m_context;
    QWidget* m_page;
    Chosen m_chosen;
    QAction* m_open;
    QAction* m_connect;
    QAction* m_disconnect;
    QAction* m_retry;
    QAction* m_connectGroup;
    QAction* m_protect;
    QAction* m_readOnly;
    QAction* m_reconnect;
    QAction* m_groups;
    QAction* m_copy;
};

} // namespace ui
