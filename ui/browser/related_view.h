// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/discovery.h"
#include "ui/browser/object_subject.h"

#include <QTreeWidget>

#include <map>
#include <memory>
#include <string>
#include <vector>

class QTimer;

namespace fleet {
class Fleet;
class View;
} // namespace fleet

namespace ui {

/// Who owns an object and what it owns, as a tree: the owners above it, what it owns below, live while shown.
class RelatedView : public QTreeWidget {
    Q_OBJECT
public:
    explicit RelatedView(fleet::Fleet& fleet, QWidget* parent = nullptr);
    ~RelatedView() override;

    void setSubject(const ObjectSubject& subject);
    /// Watches nothing before it is active.
    void setActive(bool active);
    [[nodiscard]] bool isSettled() const;

signals:
    /// Enter or a double click on an object that is not the one shown.
    void objectWanted(const QString& resource, const QString& ns, const QString& name);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Node {
        std::string resource;
        std::string kind;
        std::string ns;
        std::string name;
        std::string owner;
        QString status;
        kube::ObjectState state = kube::ObjectState::None;
    };
    void openViews();
    void openView(const std::string& resource);
    void rebuild();
    void readNodes(std::map<std::string, Node>& nodes) const;
    QTreeWidgetItem* append(QTreeWidgetItem* parent, const Node& node);
    void appendOwned(QTreeWidgetItem* parent, const std::string& uid, const std::map<std::string, Node>& nodes,
                     const std::multimap<std::string, std::string>& owned, int depth);
    void want(QTreeWidgetItem* item);

    fleet::Fleet& m_fleet;
    ObjectSubject m_subject;
    std::vector<std::unique_ptr<fleet::View>> m_views;
    QTimer* m_later;
    QString m_shown; // What the tree holds, to leave it alone while nothing differs.
    bool m_active = false;
};

} // namespace ui
