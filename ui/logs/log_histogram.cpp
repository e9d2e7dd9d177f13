// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_histogram.h"

#include "ui/base/theme.h"
#include "ui/logs/line_text.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace ui {

namespace {

constexpr int kHeight = 72;
constexpr int kBar = 4;   // wide, with a pixel between
constexpr int kLeast = 6; // drawn over by fewer is a slip
constexpr std::int64_t kMs = 1'000'000;

// From the bottom up: what matters most stands on the ground, where lengths compare.
constexpr std::array<logs::Level, logs::kLevels> kOrder{logs::Level::Fatal, logs::Level::Error, logs::Level::Warn,
                                                        logs::Level::Info,  logs::Level::Debug, logs::Level::Trace,
                                                        logs::Level::None};

QString timeText(std::int64_t ns, std::int64_t spanNs) {
    constexpr std::int64_t kDay = 86'400LL * 1000 * kMs;
    constexpr std::int64_t kMinutes = 300LL * 1000 * kMs;
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ns / kMs);
    return time.toString(spanNs > kDay       ? QStringLiteral("MM-dd HH:mm")
                         : spanNs > kMinutes ? QStringLiteral("HH:mm")
                                             : QStringLiteral("HH:mm:ss"));
}

} // namespace

LogHistogram::LogHistogram(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("logHistogram"));
    setAccessibleName(tr("Lines over time"));
    setMouseTracking(true);
    setCursor(Qt::CrossCursor);
}

QSize LogHistogram::sizeHint() const {
    return {200, kHeight};
}

void LogHistogram::setCounts(const logs::LogCounts* counts) {
    m_counts = counts;
    update();
}

void LogHistogram::setRange(std::optional<Range> range) {
    m_range = range;
    update();
}

QRect LogHistogram::plot() const {
    return rect().adjusted(Measure::cellPadding, Measure::step, -Measure::cellPadding,
                           -fontMetrics().height() - Measure::step - 2);
}

LogHistogram::Range LogHistogram::shown() const {
    if (m_range)
        return *m_range;
    if (!m_counts || m_counts->steps().empty())
        return {0, 1};
    const std::int64_t first = m_counts->firstNs();
    const auto steps = static_cast<std::int64_t>(m_counts->steps().size());
    // A burst within a moment is no wall over the whole width.
    return {first, first + std::max<std::int64_t>(steps * m_counts->stepNs(), 10'000 * kMs)};
}

std::int64_t LogHistogram::timeAt(int x) const {
    const QRect box = plot();
    const auto [from, until] = shown();
    const double share = std::clamp(double(x - box.left()) / std::max(1, box.width()), 0.0, 1.0);
    return from + static_cast<std::int64_t>(share * static_cast<double>(until - from));
}

void LogHistogram::paintEvent(QPaintEvent* event) {
    Q_UNUSED(event);
    QPainter painter(this);
    painter.fillRect(rect(), tokens().panel);
    const QRect box = plot();
    painter.setPen(tokens().line);
    painter.drawLine(box.left(), box.bottom() + 1, box.right(), box.bottom() + 1);
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
    if (!m_counts || m_counts->steps().empty())
        return;
    const Range range = shown();
    paintBars(painter, box, range);
    paintAxis(painter, box, range);
    if (m_from) {
        QColor ground = tokens().accent;
        ground.setAlpha(50);
        painter.fillRect(
            QRect(QPoint(std::min(*m_from, m_to), box.top()), QPoint(std::max(*m_from, m_to), box.bottom())), ground);
    }
}

void LogHistogram::paintBars(QPainter& painter, const QRect& box, Range range) {
    const auto [from, until] = range;
    const double perBar = static_cast<double>(until - from) * (kBar + 1) / std::max(1, box.width());
    std::vector<logs::LogCounts::ByLevel> bars(static_cast<std::size_t>(std::max(1, box.width() / (kBar + 1))) + 1);
    const auto& steps = m_counts->steps();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::int64_t time = m_counts->firstNs() + static_cast<std::int64_t>(i) * m_counts->stepNs();
        if (time < from || time >= until)
            continue;
        const auto bar = static_cast<std::size_t>(static_cast<double>(time - from) / perBar);
        for (std::size_t level = 0; level < logs::kLevels && bar < bars.size(); ++level)
            bars[bar][level] += steps[i][level];
    }
    std::uint32_t most = 1;
    for (const auto& bar : bars)
        most = std::max(most, std::accumulate(bar.begin(), bar.end(), std::uint32_t(0)));
    // A step wider than a bar fills all of its own.
    const int width =
        std::max(kBar, static_cast<int>(static_cast<double>(m_counts->stepNs()) / perBar * (kBar + 1)) - 1);
    for (std::size_t i = 0; i < bars.size(); ++i) {
        std::uint32_t below = 0;
        const int x = box.left() + static_cast<int>(i) * (kBar + 1);
        for (const logs::Level level : kOrder) {
            const std::uint32_t count = bars[i][static_cast<std::size_t>(level)];
            if (count == 0)
                continue;
            const auto height = [&](std::uint32_t lines) {
                return static_cast<int>((static_cast<double>(lines) * box.height() + most - 1) / most);
            };
            const int bottom = box.bottom() + 1 - height(below);
            const int top = std::min(bottom - 1, box.bottom() + 1 - height(below + count));
            painter.fillRect(QRect(x, top, std::min(width, box.right() - x + 1), bottom - top), levelColour(level));
            below += count;
        }
    }
}

void LogHistogram::paintAxis(QPainter& painter, const QRect& box, Range range) {
    const auto [from, until] = range;
    painter.setPen(tokens().muted);
    const int count = std::max(2, box.width() / 160);
    for (int i = 0; i <= count; ++i) {
        const int x = box.left() + box.width() * i / count;
        const QString text = timeText(from + (until - from) / count * i, until - from);
        const int width = fontMetrics().horizontalAdvance(text);
        const int left = i == 0 ? x : i == count ? x - width : x - width / 2;
        painter.drawText(left, rect().bottom() - fontMetrics().descent() - 2, text);
    }
}

void LogHistogram::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_from = event->pos().x();
    m_to = *m_from;
}

void LogHistogram::mouseMoveEvent(QMouseEvent* event) {
    if (!m_from)
        return;
    m_to = event->pos().x();
    update();
}

void LogHistogram::mouseReleaseEvent(QMouseEvent* event) {
    Q_UNUSED(event);
    if (!m_from)
        return;
    const int from = std::min(*m_from, m_to);
    const int to = std::max(*m_from, m_to);
    m_from.reset();
    update();
    if (to - from >= kLeast)
        emit rangeChosen(timeAt(from), timeAt(to));
}

void LogHistogram::mouseDoubleClickEvent(QMouseEvent* event) {
    Q_UNUSED(event);
    m_from.reset();
    emit allChosen();
}

bool LogHistogram::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && m_counts && !m_counts->steps().empty()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const std::int64_t time = timeAt(help->x());
        QToolTip::showText(help->globalPos(),
                           tr("%1 · drag to look at a stretch of time, double-click for all").arg(lineTime(time)),
                           this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace ui
