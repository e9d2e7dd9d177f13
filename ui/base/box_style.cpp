// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/box_style.h"

#include "ui/base/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleFactory>
#include <QStyleOption>

#include <cmath>

namespace ui {

namespace {

constexpr qreal kSide = 13;
constexpr qreal kRound = 3;

void drawTick(QPainter& painter, const QRectF& box) {
    QPainterPath tick(box.topLeft() + QPointF(3, 6.5));
    tick.lineTo(box.topLeft() + QPointF(5.5, 9));
    tick.lineTo(box.topLeft() + QPointF(10, 3.8));
    painter.drawPath(tick);
}

void drawBox(const QStyleOption& option, QPainter& painter) {
    const Tokens& t = tokens();
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    const QPointF middle = QRectF(option.rect).center();
    const QRectF box(std::floor(middle.x() - kSide / 2) + 0.5, std::floor(middle.y() - kSide / 2) + 0.5, kSide - 1,
                     kSide - 1);
    const bool isSet = !option.state.testFlag(QStyle::State_Off);
    const QColor ink = !isEnabled                                               ? t.line
                       : isSet || option.state.testFlag(QStyle::State_HasFocus) ? t.accent
                                                                                : t.muted;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 1));
    painter.setBrush(t.panel);
    painter.drawRoundedRect(box, kRound, kRound);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(isEnabled ? t.accent : t.muted, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (option.state.testFlag(QStyle::State_On))
        drawTick(painter, box);
    else if (option.state.testFlag(QStyle::State_NoChange))
        painter.drawLine(QPointF(box.left() + 3, box.center().y()), QPointF(box.right() - 3, box.center().y()));
    painter.restore();
}

} // namespace

BoxStyle::BoxStyle()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void BoxStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                             const QWidget* widget) const {
    if (element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck)
        drawBox(*option, *painter);
    else
        QProxyStyle::drawPrimitive(element, option, painter, widget);
}

} // namespace ui
