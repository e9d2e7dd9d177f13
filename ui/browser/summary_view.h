// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/base/error.h"
#include "core/base/result.h"
#include "core/fleet/ids.h"
#include "core/kube/describe/summary.h"
#include "ui/base/call.h"

#include <QString>
#include <QUrl>
#include <QWidget>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

class QLabel;
class QTextBrowser;
class QTimer;

namespace fleet {
class Fleet;
}

namespace ui {

/// What describe says of an object. What of it stands in other objects (a service's endpoints, a node's pods) is asked
/// for while the view is active and shown when it comes; what could not be read is said above.
class SummaryView : public QWidget {
    Q_OBJECT
public:
    explicit SummaryView(fleet::Fleet& fleet, QWidget* parent = nullptr);

    /// The object as read last; keeps what is known of other objects until they are read again.
    void setObject(fleet::ClusterId cluster, const std::string& json);
    /// Another object comes.
    void clear();
    void setActive(bool active);
    /// Everything asked for has answered or failed.
    [[nodiscard]] bool isSettled() const { return m_waiting == 0; }
    /// Once a second.
    void tick();
    /// The colours changed.
    void repaintTexts();

signals:
    void linkActivated(const QUrl& url);
    void settledChanged();

private:
    void ask();
    void askSoon();
    void take(const kube::RelatedQuery& query, base::Result<std::string> answer);
    void showText();
    void tellMissing();

    fleet::Fleet& m_fleet;
    fleet::ClusterId m_cluster;
    std::string m_json;
    kube::Related m_related;
    std::map<std::string, base::Error> m_missing; // By query.
    Subject m_turn;
    std::vector<base::Cancel> m_fetches;
    std::size_t m_waiting = 0;
    std::int64_t m_askedMs = 0; // 0: not yet.
    bool m_active = false;
    QString m_html;
    QLabel* m_note;
    QTextBrowser* m_text;
    QTimer* m_later;
};

} // namespace ui
