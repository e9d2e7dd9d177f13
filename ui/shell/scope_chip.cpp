// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/scope_chip.h"

#include "ui/base/theme.h"

#include <QPainter>

#include <utility>

namespace ui {

namespace {

constexpr int kPadding = 8;
constexpr int kGap = 5;

} // namespace

ScopeChip::ScopeChip(QWidget* parent)
    : QAbstractButton(parent) {
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void ScopeChip::showText(const QString& text) {
    setParts({{text, Part::Face::Plain}}, -1);
    setAccessibleName(text);
}

void ScopeChip::showCluster(const QString& name, int hue, const QString& word) {
    std::vector<Part> parts = {{name, Part::Face::Strong}};
    if (!word.isEmpty())
        parts.push_back({word, Part::Face::Muted});
    setParts(std::move(parts), hue);
}

void ScopeChip::showNamed(const QString& word, const QString& name) {
    setParts({{word, Part::Face::Plain}, {name, Part::Face::Strong}}, -1);
    setAccessibleName(word + QLatin1Char(' ') + name);
}

void ScopeChip::setParts(std::vector<Part> parts, int hue) {
    m_parts = std::move(parts);
    m_hue = hue;
    updateGeometry();
    update();
}

QFont ScopeChip::fontOf(const Part& part) const {
    return part.face == Part::Face::Strong ? strongFont() : font();
}

QSize ScopeChip::sizeHint() const {
    int width = 2 * kPadding + (m_hue >= 0 ? Measure::band + kGap : 0);
    for (const Part& part : m_parts)
        width += QFontMetrics(fontOf(part)).horizontalAdvance(part.text);
    width += kGap * (static_cast<int>(m_parts.size()) - 1);
    return {width + 1, 24};
}

void ScopeChip::paintEvent(QPaintEvent* event) {
    Q_UNUSED(event);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(tokens().accent) : QPen(Qt::NoPen));
    painter.setBrush(isDown() || underMouse() ? tokens().selection : tokens().line);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    int x = kPadding;
    if (m_hue >= 0) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens().hues[static_cast<std::size_t>(m_hue) % tokens().hues.size()]);
        painter.drawRoundedRect(QRectF(x, 6, Measure::band, height() - 12), 1, 1);
        x += Measure::band + kGap;
    }
    for (const Part& part : m_parts) {
        painter.setFont(fontOf(part));
        painter.setPen(part.face == Part::Face::Muted ? tokens().muted : tokens().text);
        const int width = painter.fontMetrics().horizontalAdvance(part.text);
        painter.drawText(QRect(x, 0, width + 1, height()), Qt::AlignLeft | Qt::AlignVCenter, part.text);
        x += width + kGap;
    }
}

} // namespace ui
