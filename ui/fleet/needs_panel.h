// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/fleet/needs.h"

#include <QFrame>

class QLabel;
class QStackedWidget;

namespace ui {

class TableView;

/// What needs you: a list that leads to what it speaks of.
class NeedsPanel : public QFrame {
    Q_OBJECT
public:
    explicit NeedsPanel(QWidget* parent = nullptr);

    /// `anyConnected` tells an empty list from one that knows nothing.
    void setNeeds(const std::vector<Need>& needs, bool anyConnected, std::int64_t nowMs);

signals:
    void opened(const ui::Need& need);

private:
    NeedModel* m_model;
    QStackedWidget* m_content;
    TableView* m_view;
    QLabel* m_nothing;
};

} // namespace ui
