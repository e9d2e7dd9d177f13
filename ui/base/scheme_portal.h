// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/theme.h"

#include <QDBusVariant>
#include <QObject>
#include <QString>

namespace ui {

/// Asks the desktop whether it is light or dark, and hears when that changes: org.freedesktop.appearance color-scheme
/// of the settings portal (Qt 6.4 does not read it). Says nothing where there is no portal.
class SchemePortal : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// Never blocks; the answer comes as schemeRead.
    void start();

signals:
    void schemeRead(ui::Scheme scheme);

private slots:
    void readChange(const QString& space, const QString& key, const QDBusVariant& value);

private:
    void tell(uint colorScheme);
};

} // namespace ui
