// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/scheme_portal.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace ui {

namespace {

constexpr auto kPortal = "org.freedesktop.portal.Desktop";
constexpr auto kPath = "/org/freedesktop/portal/desktop";
constexpr auto kSettings = "org.freedesktop.portal.Settings";
constexpr auto kAppearance = "org.freedesktop.appearance";
constexpr auto kColorScheme = "color-scheme";

} // namespace

void SchemePortal::start() {
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    const QString service = QString::fromLatin1(kPortal);
    const QString path = QString::fromLatin1(kPath);
    const QString settings = QString::fromLatin1(kSettings);
    bus.connect(service, path, settings, QStringLiteral("SettingChanged"), this,
                SLOT(readChange(QString, QString, QDBusVariant)));
    QDBusMessage read = QDBusMessage::createMethodCall(service, path, settings, QStringLiteral("Read"));
    read.setArguments({QString::fromLatin1(kAppearance), QString::fromLatin1(kColorScheme)});
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(read, 2000), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        watcher->deleteLater();
        if (reply.isError())
            return;
        // Read puts the value into a variant of its own, unlike the signal.
        QVariant value = reply.value().variant();
        if (value.canConvert<QDBusVariant>())
            value = value.value<QDBusVariant>().variant();
        tell(value.toUInt());
    });
}

void SchemePortal::readChange(const QString& space, const QString& key, const QDBusVariant& value) {
    if (space == QLatin1String(kAppearance) && key == QLatin1String(kColorScheme))
        tell(value.variant().toUInt());
}

// 0: no preference, 1: dark, 2: light.
void SchemePortal::tell(uint colorScheme) {
    emit schemeRead(colorScheme == 1 ? Scheme::Dark : Scheme::Light);
}

} // namespace ui
