// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/object_table.h"

#include "core/fleet/settings.h"
#include "ui/base/cell_delegate.h"
#include "ui/base/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int kSampleRows = 200;
constexpr int kWidestName = 460;
constexpr int kWidestColumn = 280;

// Marked rows stand on the accent's ground, their first cell bears a tick.
class ObjectDelegate final : public CellDelegate {
public:
    using CellDelegate::CellDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const bool marked = index.data(ObjectTableModel::MarkedRole).toBool();
        if (marked)
            painter->fillRect(option.rect, tokens().accentGround);
        CellDelegate::paint(painter, option, index);
        if (marked && index.column() == 0) {
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(QPen(tokens().accent, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            const QPointF at(option.rect.right() - 16, option.rect.center().y());
            painter->drawPolyline(QPolygonF({at + QPointF(0, 1), at + QPointF(3, 4), at + QPointF(9, -4)}));
            painter->restore();
        }
    }
};

} // namespace

ObjectTable::ObjectTable(ObjectTableModel& model, QWidget* parent)
    : TableView(parent)
    , m_model(model) {
    setObjectName(QStringLiteral("objectTable"));
    setAccessibleName(tr("Objects"));
    setItemDelegate(new ObjectDelegate(this));
    // Before the view's own connections, so that what they do to the cursor counts as following.
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeInserted, this, &ObjectTable::holdPlace);
    connect(&m_model, &QAbstractItemModel::rowsAboutToBeRemoved, this, &ObjectTable::holdPlace);
    connect(&m_model, &QAbstractItemModel::layoutAboutToBeChanged, this, &ObjectTable::holdPlace);
    setModel(&m_model);
    horizontalHeader()->setSortIndicatorShown(true);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    connectModel();
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this, &ObjectTable::cycleSort);
    connect(horizontalHeader(), &QHeaderView::sectionMoved, this, &ObjectTable::saveColumns);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this] {
        if (m_applying)
            return;
        m_ownWidths = true;
        saveColumns();
    });
}

void ObjectTable::connectModel() {
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &ObjectTable::restorePlace);
    connect(&m_model, &QAbstractItemModel::rowsRemoved, this, &ObjectTable::restorePlace);
    connect(&m_model, &QAbstractItemModel::layoutChanged, this, &ObjectTable::restorePlace);
    connect(&m_model, &QAbstractItemModel::modelAboutToBeReset, this, &ObjectTable::holdObjects);
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        applyColumns();
        restoreObjects();
        m_following = false;
    });
    connect(&m_model, &OrderedTableModel::countsChanged, this, [this] {
        if (!m_sized)
            sizeColumns();
    });
    connect(&m_model, &OrderedTableModel::sortingChanged, this,
            [this] { horizontalHeader()->setSortIndicator(m_model.sortColumn(), m_model.sortOrder()); });
}

void ObjectTable::setKind(fleet::Settings* settings, const std::string& resource) {
    m_settings = settings;
    m_resource = resource;
    m_held = {};
    m_sized = false;
    m_ownWidths = false;
    m_printed.clear();
    // Before the rows come, so that they are sorted once.
    m_model.sort(OrderedTableModel::kNaturalOrder);
}

// Which columns stand where, how wide and by which the rows are sorted: as remembered, else as the server has them.
void ObjectTable::applyColumns() {
    if (m_model.columnCount() == 0)
        return;
    const QScopedValueRollback applying(m_applying, true);
    std::vector<std::string> shown;
    if (m_settings != nullptr)
        shown = m_settings->list(fleet::Setting::Columns, m_resource);
    std::erase_if(shown, [this](const std::string& id) { return m_model.columnIndex(id) < 0; });
    if (shown.empty()) {
        for (const ObjectTableModel::Column& column : m_model.columns()) {
            if (!column.isWide)
                shown.push_back(column.id);
        }
    }
    QHeaderView& header = *horizontalHeader();
    for (int section = 0; section < m_model.columnCount(); ++section)
        header.setSectionHidden(section, true);
    int visual = 0;
    for (const std::string& id : shown) {
        const int section = m_model.columnIndex(id);
        header.setSectionHidden(section, false);
        header.moveSection(header.visualIndex(section), visual++);
    }
    m_sized = false;
    sizeColumns();
    if (m_settings == nullptr)
        return;
    for (const std::string& entry : m_settings->list(fleet::Setting::ColumnWidths, m_resource)) {
        const std::size_t equals = entry.rfind('=');
        if (equals == std::string::npos)
            continue;
        const int section = m_model.columnIndex(std::string_view(entry).substr(0, equals));
        const int width = QString::fromStdString(entry.substr(equals + 1)).toInt();
        if (section >= 0 && width >= header.minimumSectionSize()) {
            m_ownWidths = true;
            header.resizeSection(section, width);
        }
    }
    const std::string sorted = m_settings->text(fleet::Setting::SortColumn, m_resource);
    const int column = sorted.empty() ? -1 : m_model.columnIndex(sorted);
    const auto order =
        m_settings->flag(fleet::Setting::SortDescending, m_resource) ? Qt::DescendingOrder : Qt::AscendingOrder;
    if (column >= 0 && (m_model.sortColumn() != column || m_model.sortOrder() != order))
        m_model.sort(column, order);
}

void ObjectTable::sizeColumns() {
    if (m_ownWidths)
        return;
    const QScopedValueRollback applying(m_applying, true);
    const int rows = std::min(m_model.rowCount(), kSampleRows);
    for (int column = 0; column < m_model.columnCount(); ++column) {
        if (isColumnHidden(column))
            continue;
        int width = horizontalHeader()->sectionSizeHint(column);
        for (int row = 0; row < rows; ++row)
            width = std::max(width, cellWidth(CellDelegate::cellOf(m_model.index(row, column))));
        const bool name = m_model.columns()[static_cast<std::size_t>(column)].id == "name";
        setColumnWidth(column, std::min(width + Measure::step, name ? kWidestName : kWidestColumn));
    }
    m_sized = rows > 0;
    giveNameTheRest();
}

void ObjectTable::giveNameTheRest() {
    const int name = m_model.columnIndex("name");
    if (m_ownWidths || name < 0 || isColumnHidden(name))
        return;
    const QScopedValueRollback applying(m_applying, true);
    const int rest = viewport()->width() - horizontalHeader()->length();
    if (rest > 0)
        setColumnWidth(name, columnWidth(name) + rest);
}

void ObjectTable::resizeEvent(QResizeEvent* event) {
    TableView::resizeEvent(event);
    if (m_model.columnCount() > 0 && event->size().width() != event->oldSize().width())
        sizeColumns();
}

std::vector<std::string> ObjectTable::shownColumns() const {
    std::vector<std::string> ids;
    for (int visual = 0; visual < horizontalHeader()->count(); ++visual) {
        const int section = horizontalHeader()->logicalIndex(visual);
        if (!isColumnHidden(section))
            ids.push_back(m_model.columns()[static_cast<std::size_t>(section)].id);
    }
    return ids;
}

void ObjectTable::setShownColumns(const std::vector<std::string>& ids) {
    if (m_settings != nullptr)
        m_settings->set(fleet::Setting::Columns, ids, m_resource);
    applyColumns();
}

void ObjectTable::resetColumns() {
    m_ownWidths = false;
    if (m_settings != nullptr)
        m_settings->set(fleet::Setting::ColumnWidths, std::vector<std::string>(), m_resource);
    setShownColumns({});
}

void ObjectTable::saveColumns() {
    if (m_applying || m_settings == nullptr || m_resource.empty())
        return;
    m_settings->set(fleet::Setting::Columns, shownColumns(), m_resource);
    if (!m_ownWidths)
        return;
    std::vector<std::string> widths;
    for (const std::string& id : shownColumns())
        widths.push_back(id + "=" + std::to_string(columnWidth(m_model.columnIndex(id))));
    m_settings->set(fleet::Setting::ColumnWidths, widths, m_resource);
}

void ObjectTable::sortBy(const std::string& id, Qt::SortOrder order) {
    const int column = id.empty() ? OrderedTableModel::kNaturalOrder : m_model.columnIndex(id);
    m_model.sort(column, order);
    if (m_settings == nullptr || m_resource.empty())
        return;
    m_settings->set(fleet::Setting::SortColumn, column < 0 ? std::string() : id, m_resource);
    m_settings->set(fleet::Setting::SortDescending, column >= 0 && order == Qt::DescendingOrder, m_resource);
}

void ObjectTable::cycleSort(int column) {
    const std::string& id = m_model.columns()[static_cast<std::size_t>(column)].id;
    if (m_model.sortColumn() != column)
        sortBy(id, Qt::AscendingOrder);
    else if (m_model.sortOrder() == Qt::AscendingOrder)
        sortBy(id, Qt::DescendingOrder);
    else
        sortBy({}, Qt::AscendingOrder);
    horizontalHeader()->setSortIndicator(m_model.sortColumn(), m_model.sortOrder());
}

void ObjectTable::moveSort(int step) {
    const std::vector<std::string> ids = shownColumns();
    if (ids.empty())
        return;
    const auto count = static_cast<int>(ids.size());
    int at = step > 0 ? -1 : count;
    for (int i = 0; i < count; ++i) {
        if (m_model.columnIndex(ids[static_cast<std::size_t>(i)]) == m_model.sortColumn())
            at = i;
    }
    at = (at + step + count) % count;
    sortBy(ids[static_cast<std::size_t>(at)], Qt::AscendingOrder);
}

void ObjectTable::reverseSort() {
    if (m_model.sortColumn() < 0)
        return;
    sortBy(m_model.columns()[static_cast<std::size_t>(m_model.sortColumn())].id,
           m_model.sortOrder() == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder);
}

std::vector<int> ObjectTable::actionRows() const {
    std::vector<int> rows = m_model.markedRows();
    if (!rows.empty())
        return rows;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        rows.push_back(index.row());
    if (rows.empty() && currentIndex().isValid())
        rows.push_back(currentIndex().row());
    std::sort(rows.begin(), rows.end());
    return rows;
}

ObjectKey ObjectTable::currentKey() const {
    const QModelIndex index = currentIndex();
    return index.isValid() && index.row() < m_model.rowCount() && m_model.view() != nullptr ? m_model.keyAt(index.row())
                                                                                            : ObjectKey();
}

void ObjectTable::goTo(int row) {
    const QModelIndex index = m_model.index(row, 0);
    setCurrentIndex(index);
    scrollTo(index, PositionAtCenter);
}

// The row under the cursor, else the first one in sight, shall stay where it is on the screen.
void ObjectTable::holdPlace() {
    m_following = true;
    m_cursorRow = currentIndex().isValid() ? currentIndex().row() : -1;
    m_anchor = QPersistentModelIndex();
    const int top = verticalScrollBar()->value();
    const int height = verticalHeader()->defaultSectionSize();
    const int cursorY = m_cursorRow * height - top;
    if (m_cursorRow >= 0 && cursorY > -height && cursorY < viewport()->height()) {
        m_anchor = m_model.index(m_cursorRow, 0);
        m_anchorY = cursorY;
    } else if (top > 0 && top / height < m_model.rowCount()) {
        m_anchor = m_model.index(top / height, 0);
        m_anchorY = top / height * height - top;
    }
}

void ObjectTable::restorePlace() {
    executeDelayedItemsLayout();
    if (m_anchor.isValid())
        verticalScrollBar()->setValue(m_anchor.row() * verticalHeader()->defaultSectionSize() - m_anchorY);
    if (m_cursorRow >= 0 && !currentIndex().isValid() && m_model.rowCount() > 0) {
        const QModelIndex next = m_model.index(std::min(m_cursorRow, m_model.rowCount() - 1), 0);
        selectionModel()->setCurrentIndex(next, QItemSelectionModel::NoUpdate);
    }
    m_anchor = QPersistentModelIndex();
    restoreObjects();
    m_following = false;
}

void ObjectTable::holdObjects() {
    m_following = true;
    // A second reset before the rows came back knows less.
    if (!currentIndex().isValid())
        return;
    m_held = {currentKey(), rowViewportPosition(currentIndex().row()), {}};
    for (const QModelIndex& index : selectionModel()->selectedRows())
        m_held.selected.push_back(m_model.keyAt(index.row()));
}

// Rows may come one cluster after the other: it waits for the one with the cursor.
void ObjectTable::restoreObjects() {
    const int cursor = m_held.cursor.isNull() ? -1 : m_model.rowOfKey(m_held.cursor);
    if (cursor < 0)
        return;
    const HeldObjects held = std::exchange(m_held, {});
    QItemSelection selection;
    for (const int row : m_model.rowsOfKeys(held.selected))
        selection.select(m_model.index(row, 0), m_model.index(row, m_model.columnCount() - 1));
    selectionModel()->setCurrentIndex(m_model.index(cursor, 0), QItemSelectionModel::NoUpdate);
    selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    executeDelayedItemsLayout();
    verticalScrollBar()->setValue(cursor * verticalHeader()->defaultSectionSize() - held.cursorY);
}

void ObjectTable::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    if (m_following) {
        // Not scrolled to: what changes by itself does not move what is in sight.
        return;
    }
    m_held = {};
    TableView::currentChanged(current, previous);
    if (current.row() != previous.row())
        emit cursorMoved();
}

void ObjectTable::keyboardSearch(const QString& search) {
    Q_UNUSED(search); // Letters are commands here; the filter searches.
}

void ObjectTable::toggleMark(bool range) {
    const QModelIndex index = currentIndex();
    if (!index.isValid())
        return;
    if (range && m_markFrom >= 0) {
        const auto [first, last] = std::minmax(m_markFrom, index.row());
        for (int row = first; row <= last && row < m_model.rowCount(); ++row)
            m_model.setMarked(row, true);
    } else {
        m_model.setMarked(index.row(), !m_model.isMarked(index.row()));
    }
    m_markFrom = index.row();
    if (!range && index.row() + 1 < m_model.rowCount())
        setCurrentIndex(m_model.index(index.row() + 1, index.column()));
}

void ObjectTable::keyPressEvent(QKeyEvent* event) {
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    if (event->key() == Qt::Key_Space && (modifiers == Qt::NoModifier || modifiers == Qt::ControlModifier)) {
        toggleMark(modifiers == Qt::ControlModifier);
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        m_model.markAllShown();
        return;
    }
    TableView::keyPressEvent(event);
}

void ObjectTable::tick() {
    if (m_model.view() == nullptr || m_model.rowCount() == 0 || !isVisible())
        return;
    const int height = verticalHeader()->defaultSectionSize();
    const int first = verticalScrollBar()->value() / height;
    const int last = std::min(m_model.rowCount() - 1, first + viewport()->height() / height + 1);
    std::size_t cell = 0;
    for (int column = 0; column < m_model.columnCount(); ++column) {
        if (isColumnHidden(column) || !m_model.ticks(column))
            continue;
        for (int row = first; row <= last; ++row, ++cell) {
            std::string printed = m_model.text(row, column);
            if (cell >= m_printed.size())
                m_printed.resize(cell + 1);
            if (m_printed[cell] == printed)
                continue;
            m_printed[cell] = std::move(printed);
            update(m_model.index(row, column));
        }
    }
}

} // namespace ui
