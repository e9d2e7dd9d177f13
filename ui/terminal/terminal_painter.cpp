// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminal_painter.h"

#include "ui/base/theme.h"
#include "ui/terminal/box_glyphs.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace ui {

namespace {

QColor paletteColor(int index) {
    if (index < 16)
        return tokens().terminal[static_cast<std::size_t>(index)];
    if (index >= 232)
        return QColor::fromRgb(qRgb(8 + (index - 232) * 10, 8 + (index - 232) * 10, 8 + (index - 232) * 10));
    const auto part = [index](int divisor) {
        const int level = (index - 16) / divisor % 6;
        return level == 0 ? 0 : 55 + level * 40;
    };
    return QColor::fromRgb(qRgb(part(36), part(6), part(1)));
}

QColor colorOf(TerminalColor color, const QColor& preset) {
    if (color.isDefault())
        return preset;
    return color.isRgb() ? QColor::fromRgb(color.rgb() | 0xFF000000) : paletteColor(color.index());
}

QColor groundOf(TerminalColor color, const QColor& preset) {
    if (!color.isDefault() && !color.isRgb() && color.index() < 8)
        return tokens().terminalGrounds[static_cast<std::size_t>(color.index())];
    return colorOf(color, preset);
}

QColor between(const QColor& one, const QColor& other, float part) {
    return QColor::fromRgbF(one.redF() + (other.redF() - one.redF()) * part,
                            one.greenF() + (other.greenF() - one.greenF()) * part,
                            one.blueF() + (other.blueF() - one.blueF()) * part);
}

// As WCAG 2 has it.
double luminance(const QColor& color) {
    const auto part = [](float value) {
        const double v = static_cast<double>(value);
        return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}

double contrast(const QColor& one, const QColor& other) {
    const double a = luminance(one) + 0.05;
    const double b = luminance(other) + 0.05;
    return std::max(a, b) / std::min(a, b);
}

bool isNamed(TerminalColor color) {
    return color.isDefault() || (!color.isRgb() && color.index() < 16);
}

// Programs choose pairs of names without knowing our colours: black on cyan must be readable in any scheme. What names
// a colour by its number or value means just that.
QColor readable(const QColor& ink, const QColor& ground) {
    constexpr double kLeast = 4.5;
    if (contrast(ink, ground) >= kLeast || ink == ground)
        return ink;
    const Tokens& t = tokens();
    const QColor& target = contrast(t.text, ground) > contrast(t.panel, ground) ? t.text : t.panel;
    for (const float part : {0.35F, 0.7F}) {
        if (const QColor mixed = between(ink, target, part); contrast(mixed, ground) >= kLeast)
            return mixed;
    }
    return target;
}

} // namespace

QColor TerminalPainter::ink(const TerminalPen& pen, bool isReversed) {
    const Tokens& t = tokens();
    const bool swaps = pen.has(TerminalPen::Reverse) != isReversed;
    QColor color = swaps ? groundOf(pen.background, t.panel) : colorOf(pen.foreground, t.text);
    // The eight colours are bright where the letters are bold, as xterm has it.
    if (!swaps && pen.has(TerminalPen::Bold) && !pen.foreground.isDefault() && !pen.foreground.isRgb() &&
        pen.foreground.index() < 8)
        color = paletteColor(pen.foreground.index() + 8);
    if (isNamed(pen.foreground) && isNamed(pen.background))
        color = readable(color, ground(pen, isReversed));
    if (pen.has(TerminalPen::Dim))
        color = between(color, ground(pen, isReversed), 0.4F);
    return color;
}

QColor TerminalPainter::ground(const TerminalPen& pen, bool isReversed) {
    const Tokens& t = tokens();
    return pen.has(TerminalPen::Reverse) != isReversed ? colorOf(pen.foreground, t.text)
                                                       : groundOf(pen.background, t.panel);
}

void TerminalPainter::setFont(const QFont& font, qreal ratio) {
    m_pixel = 1 / ratio;
    const QFontMetricsF metrics(font);
    const auto whole = [ratio](qreal size) { return std::max(1.0, std::ceil(size * ratio - 0.1)) / ratio; };
    m_cell = {whole(metrics.horizontalAdvance(u'M')), whole(metrics.height())};
    m_ascent = std::round(metrics.ascent() * ratio) / ratio;
    for (std::size_t i = 0; i < m_faces.size(); ++i) {
        Face& made = m_faces[i];
        made.font = font;
        made.font.setBold((i & 1) != 0);
        made.font.setItalic((i & 2) != 0);
        made.raw = QRawFont::fromFont(made.font);
        for (char32_t letter = 0; letter < made.ascii.size(); ++letter) {
            const QList<quint32> found = made.raw.glyphIndexesForString(QString(QChar(static_cast<char16_t>(letter))));
            made.ascii[letter] = letter > 0x20 && !found.isEmpty() ? found.front() : 0;
        }
    }
}

TerminalPainter::Face& TerminalPainter::face(const TerminalPen& pen) {
    return m_faces[(pen.has(TerminalPen::Bold) ? 1U : 0U) | (pen.has(TerminalPen::Italic) ? 2U : 0U)];
}

void TerminalPainter::flush(QPainter& painter, const Face& face, const QColor& color) {
    if (m_batch.glyphs.isEmpty())
        return;
    QGlyphRun run;
    run.setRawFont(face.raw);
    run.setGlyphIndexes(m_batch.glyphs);
    run.setPositions(m_batch.places);
    painter.setPen(color);
    painter.drawGlyphRun({}, run);
    m_batch.glyphs.clear();
    m_batch.places.clear();
}

void TerminalPainter::paintLine(QPainter& painter, QPointF at, const TerminalScreen& screen, const TerminalLine& line,
                                const std::vector<Ground>& grounds) {
    const bool isReversed = screen.isReversed();
    const std::size_t count = std::min(line.cells.size(), static_cast<std::size_t>(screen.columns()));
    const auto x = [&](std::size_t column) { return at.x() + static_cast<qreal>(column) * m_cell.width(); };
    for (std::size_t i = 0; i < count;) {
        std::size_t end = i + 1;
        const QColor color = ground(line.cells[i].pen, isReversed);
        while (end < count && ground(line.cells[end].pen, isReversed) == color)
            ++end;
        if (color != tokens().panel)
            painter.fillRect(QRectF(x(i), at.y(), x(end) - x(i), m_cell.height()), color);
        i = end;
    }
    for (const Ground& over : grounds)
        painter.fillRect(QRectF(x(static_cast<std::size_t>(over.begin)), at.y(),
                                (over.end - over.begin) * m_cell.width(), m_cell.height()),
                         over.color);
    TerminalPen pen;
    QColor color = ink(pen, isReversed);
    for (std::size_t i = 0; i < count; ++i) {
        const TerminalCell& cell = line.cells[i];
        const bool isDecorated = (cell.pen.flags & (TerminalPen::Underline | TerminalPen::DoubleUnderline |
                                                    TerminalPen::CurlyUnderline | TerminalPen::Strike)) != 0;
        if (cell.width == 0 || cell.pen.has(TerminalPen::Conceal) ||
            ((cell.glyph == 0 || cell.glyph == U' ') && !isDecorated))
            continue;
        if (cell.pen != pen) {
            flush(painter, face(pen), color);
            pen = cell.pen;
            color = ink(pen, isReversed);
        }
        const QPointF place(x(i), at.y());
        const quint32 glyph = cell.glyph < 128 ? face(pen).ascii[cell.glyph] : 0;
        if (glyph != 0) {
            m_batch.glyphs.append(glyph);
            m_batch.places.append(place + QPointF(0, m_ascent));
        } else if (cell.glyph > U' ') {
            paintGlyph(painter, place, screen, cell, color);
        }
        if (isDecorated)
            paintUnderline(painter, QRectF(place, QSizeF(m_cell.width() * cell.width, m_cell.height())), pen, color);
    }
    flush(painter, face(pen), color);
}

void TerminalPainter::paintGlyph(QPainter& painter, QPointF at, const TerminalScreen& screen, const TerminalCell& cell,
                                 const QColor& color) {
    const QRectF box(at, QSizeF(m_cell.width() * cell.width, m_cell.height()));
    if (!TerminalGlyphs::isCombined(cell.glyph) && paintBoxGlyph(painter, box, cell.glyph, color))
        return;
    const std::u32string_view characters = screen.characters(cell.glyph);
    const QString text = QString::fromUcs4(characters.data(), static_cast<qsizetype>(characters.size()));
    Face& with = face(cell.pen);
    painter.setPen(color);
    painter.setFont(with.font);
    // Other fonts step in for what this one lacks; they may be wider than the cell.
    const qreal width = QFontMetricsF(with.font).horizontalAdvance(text);
    painter.save();
    painter.setClipRect(box.adjusted(0, 0, cell.width == 1 ? m_pixel : 0, 0));
    if (width > box.width() + 1) {
        painter.translate(at.x(), 0);
        painter.scale(box.width() / width, 1);
        painter.drawText(QPointF(0, at.y() + m_ascent), text);
    } else {
        const qreal indent = cell.width == 2 ? (box.width() - width) / 2 : 0;
        painter.drawText(QPointF(at.x() + indent, at.y() + m_ascent), text);
    }
    painter.restore();
}

void TerminalPainter::paintUnderline(QPainter& painter, const QRectF& box, const TerminalPen& pen,
                                     const QColor& color) const {
    const qreal thick = std::max(m_pixel, std::round(m_cell.height() / 18 / m_pixel) * m_pixel);
    const qreal below = box.top() + m_ascent + thick;
    if (pen.has(TerminalPen::Strike))
        painter.fillRect(QRectF(box.left(), box.top() + m_ascent * 0.68, box.width(), thick), color);
    if (pen.has(TerminalPen::Underline) || pen.has(TerminalPen::DoubleUnderline))
        painter.fillRect(QRectF(box.left(), below, box.width(), thick), color);
    if (pen.has(TerminalPen::DoubleUnderline))
        painter.fillRect(QRectF(box.left(), below + 2 * thick, box.width(), thick), color);
    if (pen.has(TerminalPen::CurlyUnderline)) {
        const qreal step = box.width() / 4;
        for (int i = 0; i < 4; ++i)
            painter.fillRect(QRectF(box.left() + i * step, below + (i % 2) * thick, step, thick), color);
    }
}

void TerminalPainter::paintCursor(QPainter& painter, QPointF at, const TerminalScreen& screen, const TerminalCell& cell,
                                  TerminalCursor::Shape shape, bool hasFocus) {
    const QRectF box(at, QSizeF(m_cell.width() * std::max<int>(1, cell.width), m_cell.height()));
    const QColor color = tokens().accent;
    const qreal thick = std::max(m_pixel, std::round(1.5 / m_pixel) * m_pixel);
    if (!hasFocus) {
        const qreal edge = m_pixel;
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), edge), color);
        painter.fillRect(QRectF(box.left(), box.bottom() - edge, box.width(), edge), color);
        painter.fillRect(QRectF(box.left(), box.top(), edge, box.height()), color);
        painter.fillRect(QRectF(box.right() - edge, box.top(), edge, box.height()), color);
    } else if (shape == TerminalCursor::Shape::Bar) {
        painter.fillRect(QRectF(box.left(), box.top(), thick, box.height()), color);
    } else if (shape == TerminalCursor::Shape::Underline) {
        painter.fillRect(QRectF(box.left(), box.bottom() - thick, box.width(), thick), color);
    } else {
        painter.fillRect(box, color);
        const quint32 glyph = cell.glyph < 128 ? face(cell.pen).ascii[cell.glyph] : 0;
        if (glyph != 0) {
            m_batch.glyphs.append(glyph);
            m_batch.places.append(at + QPointF(0, m_ascent));
            flush(painter, face(cell.pen), tokens().panel);
        } else if (cell.glyph > U' ') {
            paintGlyph(painter, at, screen, cell, tokens().panel);
        }
    }
}

} // namespace ui
