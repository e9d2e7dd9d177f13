// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/format.h"

#include "core/base/age.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <array>
#include <cmath>

namespace ui {

class Format {
    Q_DECLARE_TR_FUNCTIONS(ui::Format)
};

QString countText(std::int64_t count) {
    return QLocale().toString(static_cast<qlonglong>(count));
}

QString momentText(std::int64_t ms, std::int64_t nowMs) {
    const QDateTime then = QDateTime::fromMSecsSinceEpoch(ms);
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(nowMs);
    if (then.date() == now.date())
        return then.toString(QStringLiteral("HH:mm"));
    if (std::abs(then.daysTo(now)) < 6)
        return QLocale().toString(then, QStringLiteral("ddd HH:mm"));
    return then.date().toString(Qt::ISODate);
}

QString ageText(std::int64_t thenMs, std::int64_t nowMs) {
    return QString::fromStdString(base::shortHumanDuration(nowMs - thenMs));
}

QString agoText(std::int64_t thenMs, std::int64_t nowMs) {
    const std::int64_t seconds = (nowMs - thenMs) / 1000;
    if (seconds < 1)
        return Format::tr("now", "when something changed last");
    if (seconds < 60)
        return Format::tr("%1 s ago", "seconds").arg(seconds);
    if (seconds < 60 * 60)
        return Format::tr("%1 min ago", "minutes").arg(seconds / 60);
    if (seconds < 48 * 60 * 60)
        return Format::tr("%1 h ago", "hours").arg(seconds / 3600);
    return Format::tr("%1 d ago", "days").arg(seconds / 86400);
}

Measured bytesText(std::int64_t bytes) {
    constexpr std::array<const char*, 5> units = {"B", "Ki", "Mi", "Gi", "Ti"};
    std::size_t unit = 0;
    double value = static_cast<double>(bytes);
    while (unit + 1 < units.size() && value >= 1024) {
        value /= 1024;
        ++unit;
    }
    const int decimals = unit > 0 && value < 10 ? 1 : 0;
    return {QLocale().toString(value, 'f', decimals), QString::fromLatin1(units[unit])};
}

Measured cpuText(std::int64_t milli) {
    if (milli < 10'000)
        return {countText(milli), QStringLiteral("m")};
    const double cores = static_cast<double>(milli) / 1000;
    return {QLocale().toString(cores, 'f', cores < 100 ? 1 : 0), Format::tr("cores", "unit of CPU")};
}

} // namespace ui
