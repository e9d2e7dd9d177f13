// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/scope_chip.h"

#include "ui/base/theme.h"

#include <QPainter>

#include <utility>

namespace ui {

namespace {

constexpr int kPadding = 8;
constexpr int kGap = 5;
constexpr int kClusterGap = 10;

} // namespace

ScopeChip::ScopeChip(QWidget* parent)
    : QAbstractButton(parent) {
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void ScopeChip::showText(const QString& text) {
    setParts({{text, Part::Face::Plain}});
    setAccessibleName(text);
}

void ScopeChip::showCluster(const QString& name, int hue, const QString& word) {
    std::vector<Part> parts = {{name, Part::Face::Strong, hue}};
    if (!word.isEmpty())
        parts.push_back({word, Part::Face::Muted});
    setParts(std::move(parts));
}

void ScopeChip::showClusters(const std::vector<Cluster>& clusters) {
    std::vector<Part> parts;
    for (const Cluster& cluster : clusters)
        parts.push_back({cluster.name, Part::Face::Strong, cluster.hue});
    setParts(std::move(parts));
}

void ScopeChip::showNamed(const QString& word, const QString& name) {
    setParts({{word, Part::Face::Plain}, {name, Part::Face::Strong}});
    setAccessibleName(word + QLatin1Char(' ') + name);
}

void ScopeChip::setParts(std::vector<Part> parts) {
    m_parts = std::move(parts);
    updateGeometry();
    update();
}

QFont ScopeChip::fontOf(const Part& part) const {
    return part.face == Part::Face::Strong ? strongFont() : font();
}

QSize ScopeChip::sizeHint() const {
    int width = 2 * kPadding;
    for (const Part& part : m_parts) {
        width += &part == &m_parts.front() ? 0 : part.hue >= 0 ? kClusterGap : kGap;
        width += QFontMetrics(fontOf(part)).horizontalAdvance(part.text) + (part.hue >= 0 ? Measure::band + kGap : 0);
    }
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
    for (const Part& part : m_parts) {
        if (&part != &m_parts.front())
            x += part.hue >= 0 ? kClusterGap : kGap;
        if (part.hue >= 0) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(tokens().hues[static_cast<std::size_t>(part.hue) % tokens().hues.size()]);
            painter.drawRoundedRect(QRectF(x, 6, Measure::band, height() - 12), 1, 1);
            x += Measure::band + kGap;
        }
        painter.setFont(fontOf(part));
        painter.setPen(part.face == Part::Face::Muted ? tokens().muted : tokens().text);
        const int width = painter.fontMetrics().horizontalAdvance(part.text);
        painter.drawText(QRect(x, 0, width + 1, height()), Qt::AlignLeft | Qt::AlignVCenter, part.text);
        x += width;
    }
}

} // namespace ui
