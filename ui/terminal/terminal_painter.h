// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terminal/terminal_glyphs.h"
#include "ui/terminal/terminal_screen.h"

#include <QColor>
#include <QFont>
#include <QList>
#include <QPointF>
#include <QRawFont>
#include <QSizeF>

#include <array>
#include <vector>

class QPainter;

namespace ui {

/// Draws lines of cells with a fixed-pitch font, each glyph at its cell.
class TerminalPainter {
public:
    /// What lies over some cells of a line: a selection, a hit of the search.
    struct Ground {
        int begin = 0;
        int end = 0;
        QColor color;
    };

    /// `ratio`: of device pixels; cells are whole ones.
    void setFont(const QFont& font, qreal ratio);
    [[nodiscard]] QSizeF cellSize() const { return m_cell; }

    void paintLine(QPainter& painter, QPointF at, const TerminalScreen& screen, const TerminalLine& line,
                   const std::vector<Ground>& grounds);
    void paintCursor(QPainter& painter, QPointF at, const TerminalScreen& screen, const TerminalCell& cell,
                     TerminalCursor::Shape shape, bool hasFocus);

    [[nodiscard]] static QColor ink(const TerminalPen& pen, bool isReversed);
    [[nodiscard]] static QColor ground(const TerminalPen& pen, bool isReversed);

private:
    struct Batch {
        QList<quint32> glyphs;
        QList<QPointF> places;
    };
    struct Face {
        QFont font;
        QRawFont raw;
        std::array<quint32, 128> ascii{};
    };
    void paintGlyph(QPainter& painter, QPointF at, const TerminalScreen& screen, const TerminalCell& cell,
                    const QColor& color);
    void paintUnderline(QPainter& painter, const QRectF& box, const TerminalPen& pen, const QColor& color) const;
    void flush(QPainter& painter, const Face& face, const QColor& color);
    [[nodiscard]] Face& face(const TerminalPen& pen);

    std::array<Face, 4> m_faces; // bold: 1, italic: 2
    QSizeF m_cell{8, 16};
    qreal m_ascent = 12;
    qreal m_pixel = 1;
    Batch m_batch;
};

} // namespace ui
