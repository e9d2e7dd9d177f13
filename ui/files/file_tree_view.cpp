// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/file_tree_view.h"

#include "ui/base/cell_delegate.h"
#include "ui/base/table_view.h"
#include "ui/base/theme.h"
#include "ui/files/file_tree_model.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace ui {

namespace {

constexpr int kGlyph = 16;
constexpr int kIndent = 18;
constexpr int kNarrowest = 140; // of the names

using kube::files::EntryKind;
using kube::files::FolderItem;

void paintGlyph(QPainter& painter, const QRectF& box, const FolderItem& item) {
    const Tokens& t = tokens();
    const QColor ink = item.kind == EntryKind::Other ? t.away : t.muted;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 1.2));
    QColor ground = ink;
    ground.setAlphaF(item.isFolder() ? 0.28F : 0.0F);
    painter.setBrush(ground);
    QPainterPath path;
    if (item.isFolder()) {
        const QRectF r(box.left() + 1, box.top() + 3, 14, 10.5);
        path.moveTo(r.left(), r.bottom());
        path.lineTo(r.left(), r.top());
        path.lineTo(r.left() + 5, r.top());
        path.lineTo(r.left() + 6.5, r.top() + 2);
        path.lineTo(r.right(), r.top() + 2);
        path.lineTo(r.right(), r.bottom());
    } else {
        const QRectF r(box.left() + 3, box.top() + 1.5, 10, 13);
        path.moveTo(r.left(), r.bottom());
        path.lineTo(r.left(), r.top());
        path.lineTo(r.right() - 3.5, r.top());
        path.lineTo(r.right(), r.top() + 3.5);
        path.lineTo(r.right(), r.bottom());
    }
    path.closeSubpath();
    painter.drawPath(path);
    if (item.kind == EntryKind::Link) {
        painter.setPen(QPen(t.accent, 1.6));
        const QPointF c(box.left() + 8, box.top() + 9);
        painter.drawLine(c + QPointF(-3, 0), c + QPointF(3, 0));
        painter.drawLine(c + QPointF(0.5, -2.5), c + QPointF(3, 0));
        painter.drawLine(c + QPointF(0.5, 2.5), c + QPointF(3, 0));
    }
    painter.restore();
}

// Of two trees side by side one has the keyboard.
QColor selectionGround(const QWidget* view) {
    return view != nullptr && view->hasFocus() ? tokens().selection : tokens().window;
}

class FileDelegate : public CellDelegate {
public:
    using CellDelegate::CellDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        painter->save();
        painter->setClipRect(option.rect);
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, selectionGround(option.widget));
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), tokens().line);
        QRect box = option.rect.adjusted(0, 0, 0, -1);
        const auto* model = qobject_cast<const FileTreeModel*>(index.model());
        if (index.column() == FileTreeModel::Name && model != nullptr) {
            const QRectF glyph(box.left(), box.center().y() - kGlyph / 2.0 + 0.5, kGlyph, kGlyph);
            paintGlyph(*painter, glyph, *model->item(index));
            box.setLeft(box.left() + kGlyph - Measure::cellPadding / 2);
        }
        paintCell(*painter, box, cellOf(index));
        painter->restore();
    }
};

} // namespace

FileTreeView::FileTreeView(QWidget* parent)
    : QTreeView(parent) {
    setHeader(new HeaderView(this));
    setItemDelegate(new FileDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setExpandsOnDoubleClick(false);
    setIndentation(kIndent);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setDragEnabled(true);
    setAcceptDrops(true);
    setDropIndicatorShown(true);
    setDragDropMode(DragDrop);
    setDefaultDropAction(Qt::CopyAction);
    setAutoExpandDelay(800);
    setSortingEnabled(true);
    sortByColumn(FileTreeModel::Name, Qt::AscendingOrder);
    header()->setStretchLastSection(false);
    header()->setSectionsMovable(false);
    connect(this, &QTreeView::doubleClicked, this, &FileTreeView::opened);
}

// A menu asked for by key is about the row under the cursor, wherever the pointer is.
bool FileTreeView::event(QEvent* event) {
    if (event->type() == QEvent::ContextMenu &&
        static_cast<QContextMenuEvent*>(event)->reason() == QContextMenuEvent::Keyboard) {
        emit customContextMenuRequested(currentIndex().isValid() ? visualRect(currentIndex()).center() : QPoint());
        return true;
    }
    return QTreeView::event(event);
}

void FileTreeView::keyPressEvent(QKeyEvent* event) {
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
        emit opened(currentIndex());
    else if (plain && event->key() == Qt::Key_Backspace)
        emit upAsked();
    else
        QTreeView::keyPressEvent(event);
}

void FileTreeView::resizeEvent(QResizeEvent* event) {
    QTreeView::resizeEvent(event);
    divide();
}

// The names have what the rest leaves.
void FileTreeView::divide() {
    if (model() == nullptr)
        return;
    const QFontMetrics metrics(font());
    const int padding = 2 * Measure::cellPadding + 4;
    const int size = metrics.horizontalAdvance(QStringLiteral("99,999 Mi")) + padding;
    const int time = metrics.horizontalAdvance(QStringLiteral("2000-00-00 00:00")) + padding;
    const int mode = QFontMetrics(monoFont()).horizontalAdvance(QStringLiteral("rwxrwxrwx")) + padding;
    const int room = viewport()->width();
    setColumnHidden(FileTreeModel::Mode, room < kNarrowest + size + time + mode);
    setColumnHidden(FileTreeModel::Modified, room < kNarrowest + size + time);
    setColumnWidth(FileTreeModel::Size, size);
    setColumnWidth(FileTreeModel::Modified, time);
    setColumnWidth(FileTreeModel::Mode, mode);
    int taken = size;
    taken += isColumnHidden(FileTreeModel::Modified) ? 0 : time;
    taken += isColumnHidden(FileTreeModel::Mode) ? 0 : mode;
    setColumnWidth(FileTreeModel::Name, std::max(kNarrowest, room - taken));
}

void FileTreeView::drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const {
    painter->save();
    if (selectionModel()->isSelected(index))
        painter->fillRect(rect, selectionGround(this));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tokens().line);
    if (model()->hasChildren(index)) {
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(tokens().muted, 1.4));
        const QPointF c(rect.right() - kIndent / 2.0 + 1, rect.center().y() + 0.5);
        const QPolygonF chevron = isExpanded(index)
                                      ? QPolygonF({c + QPointF(-4, -2), c + QPointF(0, 2), c + QPointF(4, -2)})
                                      : QPolygonF({c + QPointF(-2, -4), c + QPointF(2, 0), c + QPointF(-2, 4)});
        painter->drawPolyline(chevron);
    }
    painter->restore();
}

} // namespace ui
