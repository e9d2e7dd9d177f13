// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace ui {

/// Makes `window` the active one again when `popup` closes. Some platforms make a popup the active window, and where it
/// closed at once they do so after it has gone: the window would stay deaf to its own keys. Belongs to the popup.
class PopupKeys : public QObject {
    Q_OBJECT
public:
    PopupKeys(QWidget* popup, QWidget* window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* m_window;
};

} // namespace ui
