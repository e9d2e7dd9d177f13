// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/table_view.h"

#include "ui/base/cell_delegate.h"
#include "ui/base/ordered_table_model.h"
#include "ui/base/theme.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int kArrow = 7;
constexpr int kArrowGap = 4;

} // namespace

HeaderView::HeaderView(QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent) {
    setSectionsClickable(true);
    setSectionsMovable(true);
    setHighlightSections(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setMinimumSectionSize(32);
    setFixedHeight(28);
}

// The hairline goes on where no column is.
void HeaderView::paintEvent(QPaintEvent* event) {
    {
        QPainter painter(viewport());
        painter.fillRect(QRect(0, height() - 1, width(), 1), tokens().line);
    }
    QHeaderView::paintEvent(event);
}

void HeaderView::paintSection(QPainter* painter, const QRect& rect, int section) const {
    painter->save();
    painter->fillRect(rect, tokens().panel);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tokens().line);
    const QVariant given = model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole);
    const bool right = given.isValid() && (given.toInt() & Qt::AlignRight) != 0;
    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == section;
    QRect inner = rect.adjusted(Measure::cellPadding, 0, -Measure::cellPadding, -1);
    painter->setFont(strongFont());
    const int room = inner.width() - (sorted ? kArrow + kArrowGap : 0);
    const QString text = painter->fontMetrics().elidedText(
        model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString(), Qt::ElideRight, std::max(0, room));
    const int width = painter->fontMetrics().horizontalAdvance(text);
    const int x = right ? inner.right() + 1 - width - (sorted ? kArrow + kArrowGap : 0) : inner.left();
    painter->setPen(sorted ? tokens().text : tokens().muted);
    painter->drawText(QRect(x, inner.top(), width, inner.height()), Qt::AlignLeft | Qt::AlignVCenter, text);
    if (sorted) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(tokens().text);
        const QPointF c(x + width + kArrowGap + kArrow / 2.0, inner.center().y() + 1);
        const qreal up = sortIndicatorOrder() == Qt::AscendingOrder ? -1 : 1;
        painter->drawPolygon(
            QPolygonF({c + QPointF(0, 2.2 * up), c + QPointF(3.2, -2.2 * up), c + QPointF(-3.2, -2.2 * up)}));
    }
    painter->restore();
}

QSize HeaderView::sectionSizeFromContents(int section) const {
    const QString text = model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
    return {QFontMetrics(strongFont()).horizontalAdvance(text) + 2 * Measure::cellPadding + kArrow + kArrowGap,
            height()};
}

TableView::TableView(QWidget* parent)
    : QTableView(parent) {
    setHorizontalHeader(new HeaderView(this));
    setItemDelegate(new CellDelegate(this));
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(16);
    verticalHeader()->setDefaultSectionSize(Measure::row());
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    setShowGrid(false);
    setWordWrap(false);
    setAlternatingRowColors(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setContextMenuPolicy(Qt::CustomContextMenu);
    connect(this, &QTableView::doubleClicked, this, &TableView::opened);
}

void TableView::setRooms(std::vector<Room> rooms) {
    m_rooms = std::move(rooms);
    divide();
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this] {
        if (!m_dividing)
            m_rooms.clear();
    });
}

void TableView::divide() {
    if (m_rooms.empty())
        return;
    int wanted = 0;
    int shares = 0;
    // A title is never cut, however long the language makes it.
    for (std::size_t i = 0; i < m_rooms.size(); ++i) {
        m_rooms[i].width = std::max(m_rooms[i].width, horizontalHeader()->sectionSizeHint(static_cast<int>(i)));
        wanted += m_rooms[i].width;
        shares += m_rooms[i].share;
    }
    const int extra = std::max(0, viewport()->width() - wanted);
    int given = 0;
    m_dividing = true;
    for (std::size_t i = 0; i < m_rooms.size(); ++i) {
        const int more = shares > 0 ? extra * m_rooms[i].share / shares : 0;
        // What rounding leaves goes to the last column, so that the hairlines reach the edge.
        const bool last = i + 1 == m_rooms.size();
        setColumnWidth(static_cast<int>(i), m_rooms[i].width + (last && shares > 0 ? extra - given : more));
        given += more;
    }
    m_dividing = false;
}

void TableView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    divide();
}

// A menu asked for by key is about the row under the cursor, wherever the pointer is.
bool TableView::event(QEvent* event) {
    if (event->type() == QEvent::ContextMenu && contextMenuPolicy() == Qt::CustomContextMenu &&
        static_cast<QContextMenuEvent*>(event)->reason() == QContextMenuEvent::Keyboard) {
        if (currentIndex().isValid()) {
            scrollTo(currentIndex());
            const QRect row = visualRect(currentIndex());
            emit customContextMenuRequested({std::max(0, row.left()), row.center().y()});
        }
        return true;
    }
    return QTableView::event(event);
}

void TableView::keyPressEvent(QKeyEvent* event) {
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        emit opened(currentIndex());
        return;
    }
    // A table is rows: Home and End are the first and the last one, not the first and last column.
    if (plain && model() && model()->rowCount() > 0 && (event->key() == Qt::Key_Home || event->key() == Qt::Key_End)) {
        const int row = event->key() == Qt::Key_Home ? 0 : model()->rowCount() - 1;
        setCurrentIndex(model()->index(row, std::max(0, currentIndex().column())));
        return;
    }
    QTableView::keyPressEvent(event);
}

void TableView::dataChanged(const QModelIndex& topLeft, const QModelIndex& bottomRight, const QList<int>& roles) {
    const auto* ordered = qobject_cast<const OrderedTableModel*>(model());
    // The base class paints everything, which many rows that change four times a second somewhere do not deserve.
    if (ordered == nullptr || !ordered->tellsWhichChange() || QAccessible::isActive()) {
        QTableView::dataChanged(topLeft, bottomRight, roles);
        return;
    }
    const int end = rowAt(viewport()->height() - 1);
    const int last = end < 0 ? bottomRight.row() : std::min(end, bottomRight.row());
    for (int row = std::max(rowAt(0), topLeft.row()); row <= last; ++row) {
        if (ordered->isChanging(row))
            viewport()->update(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
    }
}

void TableView::changeEvent(QEvent* event) {
    QTableView::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        verticalHeader()->setDefaultSectionSize(Measure::row());
}

} // namespace ui
