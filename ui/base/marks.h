// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/cell.h"

#include <QPixmap>
#include <QRectF>

class QPainter;
class QWidget;

namespace ui {

enum class Ground : std::uint8_t { Full, Dimmed };

/// Draws the mark's shape, centred in `box`, as vectors in the colours of the scheme in use.
void paintMark(QPainter& painter, const QRectF& box, Mark mark, Ground ground = Ground::Full);
/// The mark as a picture for labels and menus, in the pixels of `widget`'s screen.
QPixmap markPixmap(const QWidget& widget, Mark mark);
/// A cluster's band as a small picture for menus and lists.
QPixmap huePixmap(const QWidget& widget, int hue);

} // namespace ui
