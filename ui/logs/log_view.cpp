// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/log_view.h"

#include "ui/base/theme.h"
#include "ui/logs/log_lines.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextLayout>
#include <QWheelEvent>

#include <algorithm>
#include <functional>

namespace ui {

namespace {

constexpr std::size_t kShown = 8'000;    // bytes of a line that are painted on one line
constexpr std::size_t kWrapped = 32'000; // and over many
constexpr int kChip = 8;
constexpr int kGutter = 16; // band and mark
constexpr int kSourceLetters = 30;
constexpr int kScrollStep = 40;

std::size_t sum(std::size_t place, qsizetype rows) {
    return rows < 0 ? place - std::min(place, static_cast<std::size_t>(-rows)) : place + static_cast<std::size_t>(rows);
}

} // namespace

struct LogView::Laid {
    logs::LogRow row;
    QTextLayout layout;
    int height = 0;
    int width = 0;
};

LogView::LogView(LogLines& lines, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_lines(lines)
    , m_filter(std::make_shared<logs::LogFilter>()) {
    setObjectName(QStringLiteral("logView"));
    readFont();
    setAccessibleName(tr("Lines of the logs"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setContextMenuPolicy(Qt::CustomContextMenu);
    viewport()->setAutoFillBackground(false);
    horizontalScrollBar()->setSingleStep(kScrollStep);
    connect(&lines, &LogLines::linesChanged, this, &LogView::linesChanged);
    connect(&lines, &LogLines::linesReset, this, &LogView::linesReset);
}

void LogView::setFilter(std::shared_ptr<const logs::LogFilter> filter) {
    m_filter = std::move(filter);
    viewport()->update();
}

void LogView::setWraps(bool on) {
    m_wraps = on;
    setHorizontalScrollBarPolicy(on ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    m_widest = 0;
    readRange();
}

void LogView::setShowsTimes(bool on) {
    m_showsTimes = on;
    readRange();
}

void LogView::setForm(LineForm form) {
    m_form = form;
    m_widest = 0;
    readRange();
}

void LogView::setEnlargement(int points) {
    const int bounded = std::clamp(points, kSmallest, kLargest);
    if (bounded == m_enlargement)
        return;
    m_enlargement = bounded;
    m_widest = 0;
    readFont();
    readRange();
    emit enlargementChanged();
}

void LogView::readFont() {
    m_font = monoFont();
    m_font.setPointSizeF(m_font.pointSizeF() + m_enlargement);
}

void LogView::setHues(std::function<int(fleet::ClusterId)> hueOf) {
    m_hueOf = std::move(hueOf);
    viewport()->update();
}

void LogView::setFollowing(bool on) {
    if (on)
        verticalScrollBar()->setValue(static_cast<int>(lastTop()));
    if (m_isFollowing == on)
        return;
    m_isFollowing = on;
    emit followingChanged();
}

std::optional<logs::Row> LogView::currentRow() const {
    return m_current && *m_current < m_lines.count() ? std::optional(m_lines.rowAt(*m_current)) : std::nullopt;
}

void LogView::goTo(logs::Row row) {
    if (m_lines.count() == 0)
        return;
    const std::size_t place = std::min(m_lines.placeOf(row), m_lines.count() - 1);
    m_current = m_anchor = place;
    const int shown = viewport()->height() / rowHeight();
    readRange();
    verticalScrollBar()->setValue(static_cast<int>(sum(place, -shown / 2)));
    ensureVisible(place);
    viewport()->update();
    emit currentChanged();
}

std::size_t LogView::selectedCount() const {
    if (!m_current)
        return 0;
    const std::size_t first = std::min(*m_current, m_anchor);
    const std::size_t end = std::min(std::max(*m_current, m_anchor) + 1, m_lines.count());
    return end - std::min(first, end);
}

QString LogView::selectedText() const {
    if (!m_current)
        return {};
    const std::size_t first = std::min(*m_current, m_anchor);
    const std::size_t last = std::min(std::max(*m_current, m_anchor), first + kMostCopied - 1);
    QString text;
    for (std::size_t place = first; place <= last && place < m_lines.count(); ++place) {
        const auto line = m_lines.line(place);
        if (!line)
            continue;
        text += QString::fromStdString(line->text);
        if (line->endsLine && place < last)
            text += u'\n';
    }
    return text;
}

void LogView::toggleMark() {
    const auto row = currentRow();
    if (!row)
        return;
    if (m_marks.erase(*row) == 0)
        m_marks.insert(*row);
    viewport()->update();
}

void LogView::clearMarks() {
    m_marks.clear();
    viewport()->update();
}

bool LogView::goToMark(Way way) {
    const logs::Row at = currentRow().value_or(way == Way::Next ? 0 : UINT64_MAX);
    // Marks that a filter hides wait until it is gone.
    const auto isShown = [this](logs::Row row) {
        const std::size_t place = m_lines.placeOf(row);
        return place < m_lines.count() && m_lines.rowAt(place) == row;
    };
    auto found = m_marks.end();
    if (way == Way::Next) {
        found = std::find_if(m_marks.upper_bound(at), m_marks.end(), isShown);
    } else {
        const auto before = std::find_if(std::make_reverse_iterator(m_marks.lower_bound(at)), m_marks.rend(), isShown);
        found = before == m_marks.rend() ? m_marks.end() : std::prev(before.base());
    }
    if (found == m_marks.end())
        return false;
    goTo(*found);
    return true;
}

void LogView::linesChanged(std::size_t gone) {
    if (gone > 0) {
        if (m_current)
            m_current = *m_current - std::min(*m_current, gone);
        m_anchor -= std::min(m_anchor, gone);
        m_isReading = true; // not the operator's scrolling
        verticalScrollBar()->setValue(std::max(0, verticalScrollBar()->value() - static_cast<int>(gone)));
        m_isReading = false;
    }
    readRange();
}

void LogView::linesReset() {
    m_current.reset();
    m_anchor = 0;
    m_widest = 0;
    m_sources.clear();
    m_isReading = true;
    verticalScrollBar()->setValue(0);
    m_isReading = false;
    readRange();
    emit currentChanged();
}

// Following holds on to the end; else the line on top stays where it is.
void LogView::readRange() {
    m_isReading = true;
    const int last = static_cast<int>(lastTop());
    verticalScrollBar()->setRange(0, last);
    verticalScrollBar()->setPageStep(std::max(1, viewport()->height() / rowHeight() - 1));
    if (m_isFollowing)
        verticalScrollBar()->setValue(last);
    m_isReading = false;
    viewport()->update();
}

void LogView::scrollContentsBy(int dx, int dy) {
    Q_UNUSED(dx);
    viewport()->update();
    if (dy != 0 && !m_isReading)
        scrolled();
}

void LogView::scrolled() {
    const bool isAtEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
    if (isAtEnd != m_isFollowing) {
        m_isFollowing = isAtEnd;
        emit followingChanged();
    }
}

LogView::Columns LogView::columns() const {
    const QFontMetrics metrics(m_font);
    const int letter = metrics.horizontalAdvance(u'0');
    Columns columns;
    columns.time = kGutter;
    columns.level = columns.time + (m_showsTimes ? letter * 12 + Measure::cellPadding : 0);
    columns.source = columns.level + letter * 5 + Measure::cellPadding;
    const bool isWide = viewport()->width() > letter * 90;
    columns.text = columns.source + (isWide ? letter * kSourceLetters : letter * 14) + kChip + Measure::cellPadding * 2;
    return columns;
}

int LogView::rowHeight() const {
    return QFontMetrics(m_font).height() + Measure::step;
}

std::unique_ptr<LogView::Laid> LogView::lay(std::size_t place) const {
    auto laid = std::make_unique<Laid>();
    if (auto row = m_lines.line(place))
        laid->row = std::move(*row);
    const LineText text = lineText(laid->row, m_form, *m_filter, m_wraps ? kWrapped : kShown);
    laid->layout.setText(text.text);
    laid->layout.setFont(m_font);
    laid->layout.setFormats(text.formats);
    QTextOption option;
    option.setWrapMode(m_wraps ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    laid->layout.setTextOption(option);
    laid->layout.setCacheEnabled(true);
    const int room = std::max(100, viewport()->width() - columns().text - Measure::cellPadding);
    laid->layout.beginLayout();
    qreal y = 0;
    for (QTextLine line = laid->layout.createLine(); line.isValid(); line = laid->layout.createLine()) {
        line.setLineWidth(m_wraps ? room : QWIDGETSIZE_MAX);
        line.setPosition({0, y});
        y += line.height();
        laid->width = std::max(laid->width, static_cast<int>(line.naturalTextWidth()));
    }
    laid->layout.endLayout();
    laid->height = std::max(rowHeight(), static_cast<int>(y) + Measure::step);
    return laid;
}

int LogView::heightOf(std::size_t place) const {
    return m_wraps ? lay(place)->height : rowHeight();
}

std::size_t LogView::lastTop() const {
    const std::size_t count = m_lines.count();
    int room = viewport()->height();
    std::size_t top = count;
    while (top > 0) {
        room -= heightOf(top - 1);
        if (room < 0 && top < count)
            break;
        --top;
        if (room < 0)
            break;
    }
    return std::min<std::size_t>(top, INT_MAX);
}

std::size_t LogView::placeAt(int y) const {
    std::size_t place = static_cast<std::size_t>(verticalScrollBar()->value());
    while (place + 1 < m_lines.count()) {
        const int height = heightOf(place);
        if (y < height)
            break;
        y -= height;
        ++place;
    }
    return place;
}

bool LogView::isSelected(std::size_t place) const {
    return m_current && place >= std::min(*m_current, m_anchor) && place <= std::max(*m_current, m_anchor);
}

const logs::SourceInfo& LogView::sourceOf(logs::SourceId id) const {
    if (id >= m_sources.size())
        m_sources.resize(id + 1U);
    if (!m_sources[id])
        m_sources[id] = m_lines.store().source(id);
    return *m_sources[id];
}

void LogView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.fillRect(event->rect(), tokens().panel);
    painter.setFont(m_font);
    int y = 0;
    int widest = m_widest;
    for (auto place = static_cast<std::size_t>(verticalScrollBar()->value());
         place < m_lines.count() && y < viewport()->height(); ++place) {
        const std::unique_ptr<Laid> laid = lay(place);
        paintRow(painter, place, *laid, y);
        y += laid->height;
        widest = std::max(widest, laid->width);
    }
    if (!m_wraps && (widest != m_widest || horizontalScrollBar()->pageStep() != viewport()->width())) {
        m_widest = widest;
        const int room = viewport()->width() - columns().text - Measure::cellPadding;
        horizontalScrollBar()->setPageStep(viewport()->width());
        horizontalScrollBar()->setRange(0, std::max(0, m_widest - room));
    }
}

void LogView::paintRow(QPainter& painter, std::size_t place, const Laid& laid, int y) {
    const Columns at = columns();
    const int line = rowHeight();
    const Tokens& ink = tokens();
    const QRect box(0, y, viewport()->width(), laid.height);
    if (isSelected(place))
        painter.fillRect(box, ink.selection);
    if (m_current == place && hasFocus()) {
        painter.setPen(ink.accent);
        painter.drawRect(box.adjusted(0, 0, -1, -1));
    }
    if (m_hueOf) {
        if (const int hue = m_hueOf(sourceOf(laid.row.source).clusterId); hue >= 0)
            painter.fillRect(0, y, Measure::band, laid.height, ink.hues[static_cast<std::size_t>(hue) % 8]);
    }
    if (m_marks.contains(laid.row.row)) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink.accent);
        const int middle = y + line / 2;
        painter.drawPolygon(QPolygon({{6, middle - 4}, {12, middle}, {6, middle + 4}}));
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    const auto cell = [&](int from, int to) { return QRect(from, y, to - from, line); };
    if (laid.row.startsLine) {
        if (m_showsTimes) {
            painter.setPen(ink.muted);
            painter.drawText(cell(at.time, at.level), Qt::AlignLeft | Qt::AlignVCenter, lineTime(laid.row.timeNs));
        }
        painter.setPen(levelColour(laid.row.level));
        painter.drawText(cell(at.level, at.source), Qt::AlignLeft | Qt::AlignVCenter, levelText(laid.row.level));
        paintSource(painter, laid.row, cell(at.source, at.text));
    }
    painter.save();
    painter.setClipRect(QRect(at.text, y, viewport()->width() - at.text, laid.height));
    painter.setPen(ink.text);
    laid.layout.draw(&painter,
                     QPointF(at.text - (m_wraps ? 0 : horizontalScrollBar()->value()), y + Measure::step / 2));
    painter.restore();
}

void LogView::paintSource(QPainter& painter, const logs::LogRow& row, const QRect& box) {
    const logs::SourceInfo& source = sourceOf(row.source);
    const Tokens& ink = tokens();
    painter.fillRect(box.left(), box.center().y() - kChip / 2 + 1, kChip, kChip,
                     ink.hues[source.seat % ink.hues.size()]);
    painter.setPen(ink.muted);
    const QRect room = box.adjusted(kChip + Measure::step, 0, -Measure::cellPadding, 0);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(sourceText(source), Qt::ElideMiddle, room.width()));
}

void LogView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    readRange();
}

void LogView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() != QEvent::PaletteChange && event->type() != QEvent::FontChange)
        return;
    readFont();
    readRange();
}

void LogView::moveTo(std::size_t place, bool extends) {
    if (m_lines.count() == 0)
        return;
    m_current = std::min(place, m_lines.count() - 1);
    if (!extends)
        m_anchor = *m_current;
    ensureVisible(*m_current);
    viewport()->update();
    emit currentChanged();
}

void LogView::ensureVisible(std::size_t place) {
    const auto top = static_cast<std::size_t>(verticalScrollBar()->value());
    if (place < top) {
        verticalScrollBar()->setValue(static_cast<int>(place));
        return;
    }
    int room = viewport()->height();
    std::size_t first = place + 1;
    while (first > 0 && room >= heightOf(first - 1))
        room -= heightOf(--first);
    if (first > top)
        verticalScrollBar()->setValue(static_cast<int>(std::min(first, place)));
    scrolled();
}

void LogView::keyPressEvent(QKeyEvent* event) {
    const bool extends = event->modifiers().testFlag(Qt::ShiftModifier);
    const auto top = static_cast<std::size_t>(verticalScrollBar()->value());
    const int page = verticalScrollBar()->pageStep();
    // The first key starts from what is on the screen.
    const std::size_t at = m_current.value_or(m_isFollowing ? m_lines.count() : top);
    switch (event->key()) {
    case Qt::Key_Up:
        return moveTo(sum(at, -1), extends);
    case Qt::Key_Down:
        return moveTo(m_current ? at + 1 : at, extends);
    case Qt::Key_PageUp:
        return moveTo(sum(at, -page), extends);
    case Qt::Key_PageDown:
        return moveTo(sum(at, page), extends);
    case Qt::Key_Home:
        return moveTo(0, extends);
    case Qt::Key_End:
        moveTo(m_lines.count(), extends);
        return setFollowing(true);
    case Qt::Key_Left:
    case Qt::Key_Right:
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() +
                                        (event->key() == Qt::Key_Left ? -kScrollStep : kScrollStep));
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        emit activated();
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void LogView::mousePressEvent(QMouseEvent* event) {
    if (m_lines.count() == 0 || (event->button() == Qt::RightButton && isSelected(placeAt(event->pos().y()))))
        return;
    moveTo(placeAt(event->pos().y()), event->modifiers().testFlag(Qt::ShiftModifier));
}

void LogView::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons().testFlag(Qt::LeftButton) && m_lines.count() > 0)
        moveTo(placeAt(event->pos().y()), true);
}

void LogView::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier))
        return QAbstractScrollArea::wheelEvent(event);
    m_wheel += event->angleDelta().y();
    const int steps = m_wheel / QWheelEvent::DefaultDeltasPerStep;
    m_wheel -= steps * QWheelEvent::DefaultDeltasPerStep;
    setEnlargement(m_enlargement + steps);
    event->accept();
}

void LogView::mouseDoubleClickEvent(QMouseEvent* event) {
    Q_UNUSED(event);
    emit activated();
}

} // namespace ui
