// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>

class QPainter;

namespace ui {

/// Draws lines, blocks and braille dots (U+2500 to U+259F, U+2800 to U+28FF) so that they join without gaps whatever
/// the font has. False: the character is another one.
bool paintBoxGlyph(QPainter& painter, const QRectF& cell, char32_t character, const QColor& color);

} // namespace ui
