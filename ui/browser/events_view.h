// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/keyed_table_model.h"
#include "ui/browser/object_subject.h"

#include <QWidget>

#include <memory>
#include <string>

class QLabel;

namespace fleet {
class Fleet;
class View;
} // namespace fleet

namespace ui {

class TableView;

/// The events about one object, newest first, live while shown.
class EventsView : public QWidget {
    Q_OBJECT
public:
    explicit EventsView(fleet::Fleet& fleet, QWidget* parent = nullptr);
    ~EventsView() override;

    /// Opens no watch before it is active.
    void setSubject(const ObjectSubject& subject);
    void setActive(bool active);
    [[nodiscard]] int count() const;
    [[nodiscard]] bool isSettled() const;
    void tick();

signals:
    void countChanged();

private:
    struct EventRow {
        std::string uid;
        std::int64_t seenMs = 0;
        QString age;
        QString type;
        QString reason;
        QString message;
        QString count;
        friend bool operator==(const EventRow&, const EventRow&) = default;
    };
    void read();
    void tellState();

    fleet::Fleet& m_fleet;
    ObjectSubject m_subject;
    std::unique_ptr<fleet::View> m_view;
    KeyedTableModel<EventRow, std::string> m_model;
    TableView* m_table;
    QLabel* m_blank;
    bool m_active = false;
};

} // namespace ui
