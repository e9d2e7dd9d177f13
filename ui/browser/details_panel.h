// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/error.h"
#include "ui/base/call.h"
#include "ui/browser/object_subject.h"

#include <QString>
#include <QWidget>

#include <optional>
#include <string>

class QLabel;
class QStackedWidget;
class QTabBar;
class QTimer;

namespace fleet {
class Fleet;
} // namespace fleet

namespace ui {

class EventsView;
class RelatedView;
class SummaryView;
class YamlView;

/// Everything about one object: what describe says, its events, owners and owned objects, its YAML. Reads the object
/// when it is shown and again whenever its row changes; what was read stays on the screen until something newer came.
class DetailsPanel : public QWidget {
    Q_OBJECT
public:
    enum class Tab { Summary, Events, Related, Yaml };

    DetailsPanel(fleet::Fleet& fleet, QWidget* parent = nullptr);
    ~DetailsPanel() override;

    void setSubject(const ObjectSubject& subject);
    [[nodiscard]] const ObjectSubject& subject() const { return m_subject; }
    /// Its row changed: it is read again, at most once a second.
    void refresh();
    /// It is gone from its cluster; what was read last stays, dated.
    void tellGone();
    void setTab(Tab tab);
    [[nodiscard]] Tab tab() const;
    void openFind();
    /// Esc: whether something in the panel was closed by it.
    bool closeInner();
    [[nodiscard]] bool isSettled() const;
    void tick();

signals:
    void closeWanted();
    void objectWanted(const QString& resource, const QString& ns, const QString& name);
    void settledChanged();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    enum class State { Empty, Reading, Read, Failed };

    void read();
    void take(std::string json, std::int64_t asOfMs);
    void fail(const base::Error& error);
    void showHeading();
    void showYaml();
    void activateTab();
    void followLink(const QUrl& url);

    fleet::Fleet& m_fleet;
    ObjectSubject m_subject;
    Subject m_turn;
    base::Cancel m_fetch;
    State m_state = State::Empty;
    bool m_again = false; // The row changed while a read was under way.
    bool m_gone = false;
    std::string m_json;
    std::int64_t m_asOfMs = 0;
    std::optional<base::Error> m_error;

    QLabel* m_title;
    QLabel* m_place;
    QLabel* m_note;
    QTabBar* m_tabs;
    QStackedWidget* m_stack;
    SummaryView* m_summary;
    EventsView* m_events;
    RelatedView* m_related;
    YamlView* m_yaml;
    QTimer* m_later;
};

} // namespace ui
