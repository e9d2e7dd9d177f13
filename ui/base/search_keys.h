// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QAbstractItemView;
class QLineEdit;

namespace ui {

/// A line above a list, typed into while the keys that move go to the list: arrows and pages move its cursor, Enter
/// takes. Belongs to the line.
class SearchKeys : public QObject {
    Q_OBJECT
public:
    SearchKeys(QLineEdit* line, QAbstractItemView* list);

signals:
    void entered();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QAbstractItemView* m_list;
};

} // namespace ui
