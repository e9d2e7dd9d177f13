// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/search_keys.h"

#include <QAbstractItemView>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>

namespace ui {

SearchKeys::SearchKeys(QLineEdit* line, QAbstractItemView* list)
    : QObject(line)
    , m_list(list) {
    line->installEventFilter(this);
}

bool SearchKeys::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: {
        QKeyEvent copy(key->type(), key->key(), key->modifiers());
        QCoreApplication::sendEvent(m_list, &copy);
        return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
        emit entered();
        return true;
    default:
        return QObject::eventFilter(watched, event);
    }
}

} // namespace ui
