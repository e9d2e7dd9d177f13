// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_histogram.h"

#include "ui/base/theme.h"
#include "ui/logs/line_text.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <array>
#include <cmath>
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
    setFocusPolicy(Qt::TabFocus);
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
    if (isEmpty())
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

bool LogHistogram::isEmpty() const {
    return !m_counts || m_counts->steps().empty();
}

std::int64_t LogHistogram::upToStep(std::int64_t ns) const {
    const std::int64_t step = m_counts->stepNs();
    const std::int64_t since = std::max<std::int64_t>(0, ns - m_counts->firstNs());
    return m_counts->firstNs() + (since + step - 1) / step * step;
}

LogHistogram::Bars LogHistogram::bars() const {
    const auto [from, until] = shown();
    const int room = std::max(1, plot().width());
    const double perBar = static_cast<double>(until - from) * (kBar + 1) / room;
    const std::int64_t step = m_counts->stepNs();
    if (static_cast<double>(step) <= perBar)
        return {from, perBar, (room + kBar) / (kBar + 1)};
    const std::int64_t first = upToStep(from);
    return {first, static_cast<double>(step), std::max(1, static_cast<int>((until - first + step - 1) / step))};
}

int LogHistogram::barAt(std::int64_t ns) const {
    const Bars all = bars();
    const double bar = std::floor(static_cast<double>(ns - all.fromNs) / all.widthNs);
    return static_cast<int>(std::clamp(bar, 0.0, static_cast<double>(all.count - 1)));
}

LogHistogram::Range LogHistogram::rangeOf(int first, int last) const {
    const Bars all = bars();
    const auto edge = [&](int bar) {
        return upToStep(all.fromNs + static_cast<std::int64_t>(std::llround(bar * all.widthNs)));
    };
    return {edge(first), edge(last + 1)};
}

LogHistogram::Range LogHistogram::cursorRange() const {
    const int at = barAt(*m_at);
    const int anchor = m_anchor ? barAt(*m_anchor) : at;
    return rangeOf(std::min(at, anchor), std::max(at, anchor));
}

QString LogHistogram::cursorText() const {
    const auto [from, until] = cursorRange();
    std::uint64_t count = 0;
    const auto& steps = m_counts->steps();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::int64_t time = m_counts->firstNs() + static_cast<std::int64_t>(i) * m_counts->stepNs();
        if (time >= from && time < until)
            count = std::accumulate(steps[i].begin(), steps[i].end(), count);
    }
    return tr("%1 · %Ln lines", "a time; lines from then on in one bar", static_cast<int>(count)).arg(lineTime(from));
}

void LogHistogram::goToBar(int bar, Mark mark) {
    const Bars all = bars();
    if (mark == Mark::Bar)
        m_anchor.reset();
    else if (!m_anchor)
        m_anchor = m_at;
    // Its middle: edges are moved by rounding.
    const double middle = (std::clamp(bar, 0, all.count - 1) + 0.5) * all.widthNs;
    m_at = all.fromNs + static_cast<std::int64_t>(middle);
    tellCursor();
}

void LogHistogram::tellCursor() {
    setAccessibleDescription(cursorText());
    update();
}

int LogHistogram::xOf(std::int64_t ns) const {
    const QRect box = plot();
    const auto [from, until] = shown();
    const double share = static_cast<double>(ns - from) / static_cast<double>(std::max<std::int64_t>(1, until - from));
    return box.left() + static_cast<int>(std::clamp(share, 0.0, 1.0) * box.width());
}

QRect LogHistogram::cursorBox(const QRect& box) const {
    const auto [from, until] = cursorRange();
    const int left = std::min(xOf(from), box.right() - kBar);
    const int right = std::max(left + kBar, xOf(until) - 1);
    return {QPoint(left, box.top()), QPoint(right, box.bottom())};
}

void LogHistogram::paintCursor(QPainter& painter, const QRect& box) {
    const QRect cursor = cursorBox(box);
    painter.fillRect(cursor, tokens().selection);
    painter.setPen(tokens().accent);
    painter.drawRect(cursor.adjusted(-1, -1, 0, 0));
}

// Beside the cursor; where it leaves no room there, in it.
void LogHistogram::paintCursorText(QPainter& painter, const QRect& box) {
    const QRect cursor = cursorBox(box);
    const QString text = cursorText();
    const int width = fontMetrics().horizontalAdvance(text);
    int x = cursor.right() + Measure::cellPadding;
    if (x + width > box.right())
        x = cursor.left() - Measure::cellPadding - width;
    if (x < box.left())
        x = box.left() + Measure::cellPadding;
    painter.setPen(tokens().text);
    painter.drawText(x, box.top() + fontMetrics().ascent(), text);
}

void LogHistogram::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    if (isEmpty())
        return;
    if (m_at)
        tellCursor();
    else
        goToBar(bars().count - 1, Mark::Bar);
}

void LogHistogram::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    update();
}

void LogHistogram::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        if (m_range)
            emit allChosen();
        else
            emit left();
        return;
    }
    if (isEmpty())
        return QWidget::keyPressEvent(event);
    if (!m_at)
        goToBar(bars().count - 1, Mark::Bar);
    const int at = barAt(*m_at);
    const Mark mark = event->modifiers() & Qt::ShiftModifier ? Mark::Stretch : Mark::Bar;
    switch (event->key()) {
    case Qt::Key_Left:
        return goToBar(at - 1, mark);
    case Qt::Key_Right:
        return goToBar(at + 1, mark);
    case Qt::Key_Home:
        return goToBar(0, mark);
    case Qt::Key_End:
        return goToBar(bars().count - 1, mark);
    case Qt::Key_Return:
    case Qt::Key_Enter: {
        const Range chosen = cursorRange();
        m_anchor.reset();
        if (chosen.first < chosen.second)
            emit rangeChosen(chosen.first, chosen.second);
        return;
    }
    default:
        QWidget::keyPressEvent(event);
    }
}

void LogHistogram::paintEvent(QPaintEvent* event) {
    Q_UNUSED(event);
    QPainter painter(this);
    painter.fillRect(rect(), tokens().panel);
    const QRect box = plot();
    painter.setPen(tokens().line);
    painter.drawLine(box.left(), box.bottom() + 1, box.right(), box.bottom() + 1);
    painter.drawLine(rect().bottomLeft(), rect().bottomRight());
    if (hasFocus()) {
        painter.setPen(tokens().accent);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
    if (isEmpty())
        return;
    const Range range = shown();
    const bool hasCursor = hasFocus() && m_at;
    if (hasCursor)
        paintCursor(painter, box);
    paintBars(painter, box, range);
    if (hasCursor)
        paintCursorText(painter, box);
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
    // Esc is the page's, too, which would go back further than one step.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::ToolTip && !isEmpty()) {
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
