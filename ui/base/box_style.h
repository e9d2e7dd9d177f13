// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace ui {

/// Fusion, but for boxes to be ticked: it derives their outline from the window's colour, which leaves none to be seen
/// in a dark scheme.
class BoxStyle : public QProxyStyle {
    Q_OBJECT
public:
    BoxStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
};

} // namespace ui
