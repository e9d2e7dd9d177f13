// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/marks.h"

#include "ui/base/theme.h"

#include <QPainter>
#include <QPolygonF>
#include <QWidget>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ui {

namespace {

QPixmap canvas(const QWidget& widget, int width, int height) {
    const qreal ratio = widget.devicePixelRatioF();
    QPixmap pixmap(static_cast<int>(std::ceil(width * ratio)), static_cast<int>(std::ceil(height * ratio)));
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    return pixmap;
}

// Eight short arcs: reads as "dotted ring" at any size.
void paintDottedRing(QPainter& painter, const QPointF& centre, qreal radius, const QColor& color) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    constexpr int dots = 8;
    for (int i = 0; i < dots; ++i) {
        const qreal angle = 2 * std::numbers::pi * i / dots;
        painter.drawEllipse(centre + QPointF(std::cos(angle), std::sin(angle)) * radius, radius * 0.22, radius * 0.22);
    }
}

} // namespace

void paintMark(QPainter& painter, const QRectF& box, Mark mark, Ground ground) {
    if (mark == Mark::None)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (ground == Ground::Dimmed)
        painter.setOpacity(painter.opacity() * 0.7);
    const QColor color = tokens().mark(mark);
    const qreal size = std::min(box.width(), box.height());
    const qreal radius = size * 0.45;
    const QPointF centre = box.center();
    switch (mark) {
    case Mark::None:
        break;
    case Mark::Good:
    case Mark::Info:
    case Mark::Done:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawEllipse(centre, radius, radius);
        break;
    case Mark::Attention:
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawPolygon(QPolygonF({centre + QPointF(0, -size * 0.46), centre + QPointF(size * 0.54, size * 0.46),
                                       centre + QPointF(-size * 0.54, size * 0.46)}));
        break;
    case Mark::Broken: {
        painter.setPen(QPen(color, size * 0.18, Qt::SolidLine, Qt::RoundCap));
        const qreal reach = size * 0.33;
        painter.drawLine(centre + QPointF(-reach, -reach), centre + QPointF(reach, reach));
        painter.drawLine(centre + QPointF(-reach, reach), centre + QPointF(reach, -reach));
        break;
    }
    case Mark::Pending:
    case Mark::Away:
        paintDottedRing(painter, centre, size * 0.38, color);
        break;
    case Mark::NotConnected:
        painter.setPen(QPen(color, size * 0.12));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(centre, size * 0.38, size * 0.38);
        break;
    }
    painter.restore();
}

QPixmap markPixmap(const QWidget& widget, Mark mark) {
    QPixmap pixmap = canvas(widget, 12, 12);
    QPainter painter(&pixmap);
    paintMark(painter, QRectF(1, 1, Measure::mark, Measure::mark), mark);
    return pixmap;
}

QPixmap huePixmap(const QWidget& widget, int hue) {
    QPixmap pixmap = canvas(widget, 12, 14);
    if (hue < 0)
        return pixmap;
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens().hues[static_cast<std::size_t>(hue) % tokens().hues.size()]);
    painter.drawRoundedRect(QRectF(4, 1, Measure::band, 12), 1, 1);
    return pixmap;
}

} // namespace ui
