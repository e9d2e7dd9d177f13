// SPDX-License-Identifier: GPL-3.0-or-later
// How a terminal is laid out and painted; see terminal_hands.cpp for what the operator does.
#include "ui/terminal/terminal_view.h"

#include "ui/base/theme.h"

#include <QGuiApplication>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyleHints>

#include <algorithm>
#include <cmath>

namespace ui {

namespace {

constexpr int kFrameMs = 16;
constexpr int kMargin = 4;
constexpr std::size_t kMostHits = 10'000;

} // namespace

TerminalView::TerminalView(QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_fontSize(defaultFontSize()) {
    setObjectName(QStringLiteral("terminalView"));
    setAccessibleName(tr("Terminal"));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    m_frame.setSingleShot(true);
    m_frame.setInterval(kFrameMs);
    connect(&m_frame, &QTimer::timeout, this, &TerminalView::refresh);
    m_blink.setInterval(std::max(200, QGuiApplication::styleHints()->cursorFlashTime() / 2));
    connect(&m_blink, &QTimer::timeout, this, [this] {
        m_isCursorShown = !m_isCursorShown || !m_screen.cursor().blinks;
        updateCursor();
    });
    m_dragScroll.setInterval(50);
    connect(&m_dragScroll, &QTimer::timeout, this, [this] {
        const bool isAbove = m_mouse.y() < 0;
        scrollTo(topLine() + (isAbove ? -2 : 2));
        select(placeAt(m_mouse));
    });
    measure();
}

int TerminalView::defaultFontSize() {
    return std::max(kSmallest, monoFont().pointSize());
}

void TerminalView::setFontSize(int points) {
    m_fontSize = std::clamp(points, kSmallest, kLargest);
    measure();
    layOut();
}

void TerminalView::measure() {
    QFont font = monoFont();
    font.setPointSize(m_fontSize);
    m_painter.setFont(font, devicePixelRatioF());
    viewport()->update();
}

QSize TerminalView::sizeHint() const {
    const QSizeF cell = m_painter.cellSize();
    return {int(cell.width() * 80) + 2 * kMargin + verticalScrollBar()->sizeHint().width(),
            int(cell.height() * 24) + 2 * kMargin};
}

void TerminalView::layOut() {
    const QSizeF cell = m_painter.cellSize();
    const int rows =
        std::clamp(int((viewport()->height() - 2 * kMargin) / cell.height()), 1, TerminalScreen::kMostRows);
    const int columns =
        std::clamp(int((viewport()->width() - 2 * kMargin) / cell.width()), 2, TerminalScreen::kMostColumns);
    if (rows != m_screen.rows() || columns != m_screen.columns()) {
        m_screen.resize(rows, columns);
        emit resized(rows, columns);
    }
    refresh();
    viewport()->update();
}

void TerminalView::take(std::string_view bytes) {
    m_screen.write(bytes);
    sendInput();
    if (!m_frame.isActive())
        m_frame.start();
}

void TerminalView::endProgram() {
    // The last picture stays to be read; only the modes go.
    take("\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?2004l\x1b[?1l\x1b>\x1b[?25h\x1b[0m");
}

void TerminalView::setLive(bool isLive) {
    m_isLive = isLive;
    updateCursor();
}

std::int64_t TerminalView::topLine() const {
    return m_follows ? m_screen.screenLine() : std::clamp(m_top, m_screen.firstLine(), m_screen.screenLine());
}

// What has changed since the last frame.
void TerminalView::refresh() {
    const bool wasAtOtherPlace = m_shownScreenLine != m_screen.screenLine() || m_shownFirstLine != m_screen.firstLine();
    const std::vector<bool> damage = m_screen.takeDamage();
    if (wasAtOtherPlace) {
        readScrollBar();
        m_shownScreenLine = m_screen.screenLine();
        m_shownFirstLine = m_screen.firstLine();
        viewport()->update();
    } else {
        const int shift = int(m_screen.screenLine() - topLine());
        for (int row = 0; row < int(damage.size()); ++row) {
            if (damage[std::size_t(row)])
                updateRows(row + shift, row + shift + 1);
        }
    }
    if (m_shownCursor != m_screen.cursor()) {
        updateCursor();
        m_shownCursor = m_screen.cursor();
        m_isCursorShown = true;
        updateCursor();
    }
    const QString title = QString::fromStdString(m_screen.title());
    if (title != m_shownTitle) {
        m_shownTitle = title;
        emit titleChanged();
    }
}

void TerminalView::readScrollBar() {
    m_isReading = true;
    QScrollBar* bar = verticalScrollBar();
    const int above = int(m_screen.screenLine() - m_screen.firstLine());
    bar->setPageStep(m_screen.rows());
    bar->setRange(0, above);
    bar->setValue(int(topLine() - m_screen.firstLine()));
    m_isReading = false;
}

void TerminalView::scrollTo(std::int64_t topLine) {
    verticalScrollBar()->setValue(
        int(std::clamp(topLine, m_screen.firstLine(), m_screen.screenLine()) - m_screen.firstLine()));
}

void TerminalView::scrollToEnd() {
    m_follows = true;
    readScrollBar();
    viewport()->update();
}

void TerminalView::scrollContentsBy(int /*dx*/, int /*dy*/) {
    if (m_isReading)
        return;
    m_follows = verticalScrollBar()->value() == verticalScrollBar()->maximum();
    m_top = m_screen.firstLine() + verticalScrollBar()->value();
    viewport()->update();
}

QRectF TerminalView::rowRect(int row) const {
    const qreal height = m_painter.cellSize().height();
    return {0, kMargin + row * height, qreal(viewport()->width()), height};
}

void TerminalView::updateRows(int firstRow, int lastRow) {
    viewport()->update(rowRect(firstRow).united(rowRect(lastRow - 1)).toAlignedRect());
}

void TerminalView::updateCursor() {
    const int shift = int(m_screen.screenLine() - topLine());
    for (const int row : {m_shownCursor.row, m_screen.cursor().row})
        updateRows(row + shift, row + shift + 1);
}

void TerminalView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_screen.isReversed() ? tokens().text : tokens().panel);
    paintLines(painter, event->rect());
    paintCursor(painter);
    paintPreedit(painter);
}

void TerminalView::paintLines(QPainter& painter, const QRect& clip) {
    const Tokens& t = tokens();
    const std::int64_t top = topLine();
    QColor hitColor = t.attention;
    hitColor.setAlphaF(0.28F);
    QColor currentColor = t.attention;
    currentColor.setAlphaF(0.6F);
    auto hit = std::lower_bound(m_hits.begin(), m_hits.end(), top,
                                [](const TerminalRange& range, std::int64_t line) { return range.end.line < line; });
    const int rows = m_screen.rows();
    for (int row = 0; row < rows && top + row < m_screen.endLine(); ++row) {
        const std::int64_t number = top + row;
        while (hit != m_hits.end() && hit->end.line < number)
            ++hit;
        if (!rowRect(row).toAlignedRect().intersects(clip))
            continue;
        std::vector<TerminalPainter::Ground> grounds;
        const auto add = [&](const TerminalRange& range, const QColor& color) {
            const int begin = range.begin.line < number ? 0 : range.begin.column;
            const int end =
                range.end.line > number ? m_screen.columns() : std::min(range.end.column, m_screen.columns());
            if (range.begin.line <= number && range.end.line >= number && begin < end)
                grounds.push_back({begin, end, color});
        };
        add(m_selection, t.selection);
        for (auto at = hit; at != m_hits.end() && at->begin.line <= number; ++at)
            add(*at, at - m_hits.begin() == m_hit ? currentColor : hitColor);
        m_screen.readLine(number, m_line);
        m_painter.paintLine(painter, QPointF(kMargin, rowRect(row).top()), m_screen, m_line, grounds);
    }
}

void TerminalView::paintCursor(QPainter& painter) {
    const TerminalCursor cursor = m_screen.cursor();
    const int row = int(m_screen.screenLine() - topLine()) + cursor.row;
    if (!m_isLive || !cursor.isVisible || row >= m_screen.rows() || !m_preedit.isEmpty())
        return;
    if (hasFocus() && cursor.blinks && !m_isCursorShown)
        return;
    m_screen.readLine(m_screen.screenLine() + cursor.row, m_line);
    const auto column = std::size_t(std::min(cursor.column, m_screen.columns() - 1));
    m_painter.paintCursor(painter, QPointF(kMargin + qreal(column) * m_painter.cellSize().width(), rowRect(row).top()),
                          m_screen, m_line.cells[column], cursor.shape, hasFocus());
}

// What an input method has not finished yet, over the place where it will stand.
void TerminalView::paintPreedit(QPainter& painter) {
    if (m_preedit.isEmpty())
        return;
    QFont font = monoFont();
    font.setPointSize(m_fontSize);
    painter.setFont(font);
    const TerminalCursor cursor = m_screen.cursor();
    const QRectF line = rowRect(int(m_screen.screenLine() - topLine()) + cursor.row);
    const qreal width = QFontMetricsF(font).horizontalAdvance(m_preedit);
    const qreal left = kMargin + cursor.column * m_painter.cellSize().width();
    const QRectF box(std::max<qreal>(kMargin, std::min(left, viewport()->width() - width)), line.top(), width,
                     line.height());
    painter.fillRect(box, tokens().accentGround);
    painter.setPen(tokens().text);
    painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft, m_preedit);
    painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), tokens().accent);
}

void TerminalView::resizeEvent(QResizeEvent* /*event*/) {
    layOut();
}

void TerminalView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        viewport()->update();
    QAbstractScrollArea::changeEvent(event);
}

int TerminalView::find(const QString& text) {
    m_needle = text;
    const bool hasUpper = std::any_of(text.begin(), text.end(), [](QChar letter) { return letter.isUpper(); });
    m_hits = m_screen.find(text.toStdString(), hasUpper ? TerminalScreen::Case::Matters : TerminalScreen::Case::Ignored,
                           kMostHits);
    m_hit = int(m_hits.size()) - 1;
    goToHit();
    return int(m_hits.size());
}

void TerminalView::stepFind(Step step) {
    // More may have come meanwhile.
    const std::optional<TerminalRange> at =
        m_hit >= 0 ? std::optional(m_hits[std::size_t(m_hit)]) : std::optional<TerminalRange>();
    find(m_needle);
    if (m_hits.empty() || !at)
        return;
    const auto found =
        std::lower_bound(m_hits.begin(), m_hits.end(), at->begin,
                         [](const TerminalRange& range, const TerminalPlace& place) { return range.begin < place; });
    const int count = int(m_hits.size());
    m_hit = (int(found - m_hits.begin()) + (step == Step::Newer ? 1 : count - 1)) % count;
    goToHit();
}

void TerminalView::goToHit() {
    if (m_hit >= 0) {
        const std::int64_t line = m_hits[std::size_t(m_hit)].begin.line;
        if (line < topLine() || line >= topLine() + m_screen.rows())
            scrollTo(line - m_screen.rows() / 2);
    }
    viewport()->update();
    emit hitsChanged();
}

} // namespace ui
