// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/cell_delegate.h"

#include "ui/base/marks.h"
#include "ui/base/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QFontMetrics>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace ui {

namespace {

constexpr int kGap = 6;
constexpr int kChipPadding = 6;
constexpr int kBarHeight = 6;
constexpr int kBarMinimum = 40;

// Qt 6.4 cannot ask a font for tabular figures: where its digits differ in width, each gets the widest one's place.
struct DigitPlaces {
    explicit DigitPlaces(const QFontMetrics& metrics) {
        for (char c = '0'; c <= '9'; ++c) {
            const int width = metrics.horizontalAdvance(QLatin1Char(c));
            equal = equal && (widest == 0 || width == widest);
            widest = std::max(widest, width);
        }
    }
    int widest = 0;
    bool equal = true;
};

int figureWidth(const QFontMetrics& metrics, const QString& text) {
    const DigitPlaces digits(metrics);
    if (digits.equal)
        return metrics.horizontalAdvance(text);
    int width = 0;
    for (const QChar c : text)
        width += c.isDigit() ? digits.widest : metrics.horizontalAdvance(c);
    return width;
}

void drawFigures(QPainter& painter, const QRect& box, const QString& text) {
    const QFontMetrics metrics = painter.fontMetrics();
    const DigitPlaces digits(metrics);
    if (digits.equal) {
        painter.drawText(box, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, text);
        return;
    }
    int x = box.right() + 1 - figureWidth(metrics, text);
    for (const QChar c : text) {
        const int width = c.isDigit() ? digits.widest : metrics.horizontalAdvance(c);
        painter.drawText(QRect(x, box.top(), width, box.height()), Qt::AlignCenter | Qt::TextSingleLine, QString(c));
        x += width;
    }
}

QString percentText(double share) {
    return QStringLiteral("%1%").arg(qRound(share * 100));
}

QColor inkOf(const Cell& cell, Ink ink) {
    if (cell.dimmed && (ink == Ink::Text || ink == Ink::Muted))
        return tokens().ink(Ink::Away);
    return tokens().ink(ink);
}

void paintBar(QPainter& painter, const QRect& box, const Cell& cell) {
    const QFontMetrics metrics = painter.fontMetrics();
    const int percentWidth = metrics.horizontalAdvance(QStringLiteral("100%"));
    const int barWidth = std::max(kBarMinimum, box.width() - percentWidth - kGap);
    const QRectF track(box.left(), box.center().y() - kBarHeight / 2 + 1, barWidth, kBarHeight);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    // Translucent, so that it is seen on a selected row too.
    QColor ground = tokens().muted;
    ground.setAlphaF(0.18F);
    painter.setBrush(ground);
    painter.drawRoundedRect(track, kBarHeight / 2.0, kBarHeight / 2.0);
    if (cell.share > 0) {
        if (cell.dimmed)
            painter.setOpacity(0.5);
        QRectF fill = track;
        fill.setWidth(std::max<qreal>(kBarHeight, track.width() * std::min(1.0, cell.share)));
        painter.setBrush(tokens().ink(cell.barInk));
        painter.drawRoundedRect(fill, kBarHeight / 2.0, kBarHeight / 2.0);
    }
    painter.restore();
    painter.setPen(inkOf(cell, cell.ink == Ink::Text ? Ink::Muted : cell.ink));
    const QRect percentBox(box.left() + barWidth + kGap, box.top(), percentWidth, box.height());
    drawFigures(painter, percentBox, percentText(cell.share));
}

void paintChip(QPainter& painter, const QRect& box, const Cell& cell) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens().line);
    painter.drawRoundedRect(box, 4, 4);
    painter.restore();
    painter.setPen(inkOf(cell, Ink::Text));
    painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, cell.chip);
}

} // namespace

QFont CellDelegate::fontOf(const Cell& cell) {
    switch (cell.face) {
    case CellFace::Plain:
        break;
    case CellFace::Strong:
        return strongFont();
    case CellFace::Mono:
        return monoFont();
    }
    return QApplication::font();
}

Cell CellDelegate::cellOf(const QModelIndex& index) {
    const QVariant value = index.data(CellRole);
    if (value.isValid())
        return value.value<Cell>();
    Cell cell;
    cell.text = index.data(Qt::DisplayRole).toString();
    return cell;
}

int cellWidth(const Cell& cell) {
    const QFontMetrics metrics(CellDelegate::fontOf(cell));
    int width = 2 * Measure::cellPadding;
    if (cell.hue >= 0 || cell.hue == kBandRoom)
        width += Measure::band;
    if (cell.mark != Mark::None)
        width += Measure::mark + (cell.text.isEmpty() ? 0 : kGap);
    if (cell.share >= 0)
        return width + kBarMinimum * 2 + kGap + metrics.horizontalAdvance(QStringLiteral("100%"));
    width += cell.align == CellAlign::Right ? figureWidth(metrics, cell.text) : metrics.horizontalAdvance(cell.text);
    if (!cell.unit.isEmpty())
        width += metrics.horizontalAdvance(QLatin1Char(' ') + cell.unit);
    if (!cell.chip.isEmpty())
        width += kGap + 2 * kChipPadding + QFontMetrics(QApplication::font()).horizontalAdvance(cell.chip);
    return width;
}

void paintCell(QPainter& painter, const QRect& box, const Cell& cell) {
    QRect inner = box;
    if (cell.hue >= 0) {
        painter.save();
        if (cell.dimmed)
            painter.setOpacity(0.6);
        const QColor hue = tokens().hues[static_cast<std::size_t>(cell.hue) % tokens().hues.size()];
        painter.fillRect(QRect(box.left(), box.top(), Measure::band, box.height()), hue);
        painter.restore();
    }
    if (cell.hue >= 0 || cell.hue == kBandRoom)
        inner.setLeft(inner.left() + Measure::band);
    inner.adjust(Measure::cellPadding, 0, -Measure::cellPadding, 0);
    painter.setFont(CellDelegate::fontOf(cell));
    if (cell.share >= 0) {
        paintBar(painter, inner, cell);
        return;
    }
    if (cell.mark != Mark::None) {
        const QRectF markBox(inner.left(), inner.center().y() - Measure::mark / 2.0 + 0.5, Measure::mark,
                             Measure::mark);
        paintMark(painter, markBox, cell.mark, cell.dimmed ? Ground::Dimmed : Ground::Full);
        inner.setLeft(inner.left() + Measure::mark + kGap);
    }
    const QFontMetrics metrics = painter.fontMetrics();
    if (cell.align == CellAlign::Right) {
        if (!cell.unit.isEmpty()) {
            const int unitWidth = metrics.horizontalAdvance(QLatin1Char(' ') + cell.unit);
            painter.setPen(inkOf(cell, Ink::Muted));
            painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, cell.unit);
            inner.setRight(inner.right() - unitWidth);
        }
        painter.setPen(inkOf(cell, cell.ink));
        if (figureWidth(metrics, cell.text) <= inner.width())
            drawFigures(painter, inner, cell.text);
        else
            painter.drawText(inner, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine,
                             metrics.elidedText(cell.text, Qt::ElideMiddle, inner.width()));
        return;
    }
    int chipWidth = 0;
    if (!cell.chip.isEmpty())
        chipWidth = QFontMetrics(QApplication::font()).horizontalAdvance(cell.chip) + 2 * kChipPadding;
    const int unitWidth = cell.unit.isEmpty() ? 0 : metrics.horizontalAdvance(QLatin1Char(' ') + cell.unit);
    const int room = std::max(0, inner.width() - unitWidth - (chipWidth > 0 ? chipWidth + kGap : 0));
    const auto elide = cell.elide == CellElide::End ? Qt::ElideRight : Qt::ElideMiddle;
    const QString text = metrics.elidedText(cell.text, elide, room);
    painter.setPen(inkOf(cell, cell.ink));
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
    int x = inner.left() + metrics.horizontalAdvance(text);
    if (unitWidth > 0) {
        painter.setPen(inkOf(cell, Ink::Muted));
        painter.drawText(QRect(x, inner.top(), unitWidth, inner.height()),
                         Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, cell.unit);
        x += unitWidth;
    }
    if (chipWidth > 0 && x + kGap + chipWidth <= inner.right() + 1) {
        painter.setFont(QApplication::font());
        const int height = std::min(20, box.height() - 4);
        paintChip(painter, QRect(x + kGap, box.center().y() - height / 2 + 1, chipWidth, height), cell);
    }
}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Cell cell = cellOf(index);
    painter->save();
    painter->setClipRect(option.rect);
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, tokens().selection);
    const QRect line(option.rect.left(), option.rect.bottom(), option.rect.width(), 1);
    painter->fillRect(line, tokens().line);
    paintCell(*painter, option.rect.adjusted(0, 0, 0, -1), cell);
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    Q_UNUSED(option);
    return {cellWidth(cellOf(index)), Measure::row()};
}

bool CellDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                             const QModelIndex& index) {
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QString tip = index.data(Qt::ToolTipRole).toString();
    if (tip.isEmpty()) {
        const Cell cell = cellOf(index);
        if (cellWidth(cell) > option.rect.width())
            tip = index.data(Qt::DisplayRole).toString();
    }
    QToolTip::showText(event->globalPos(), tip, view->viewport(), option.rect);
    return true;
}

} // namespace ui
