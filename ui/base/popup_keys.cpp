// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/popup_keys.h"

#include <QEvent>
#include <QGuiApplication>
#include <QWidget>

namespace ui {

PopupKeys::PopupKeys(QWidget* popup, QWidget* window)
    : QObject(popup)
    , m_window(window) {
    popup->installEventFilter(this);
}

bool PopupKeys::eventFilter(QObject* watched, QEvent* event) {
    // Not where it closes because another program came to the front.
    if (event->type() == QEvent::Hide && !event->spontaneous() && m_window->isVisible() &&
        QGuiApplication::applicationState() == Qt::ApplicationActive)
        m_window->activateWindow();
    return QObject::eventFilter(watched, event);
}

} // namespace ui
