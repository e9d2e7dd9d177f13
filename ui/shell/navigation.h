// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <vector>

namespace ui {

struct PageSpec;

/// The pages on the left, in their groups, with a count where something waits. Groups without a page are not shown.
/// Up and Down move, Enter opens.
class Navigation : public QWidget {
    Q_OBJECT
public:
    explicit Navigation(QWidget* parent = nullptr);
    ~Navigation() override;

    void setCurrent(const QString& id);
    void setWaiting(const QString& id, int count);

signals:
    void chosen(const QString& id);

private:
    class Entry;
    std::vector<Entry*> m_entries;
};

} // namespace ui
