// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/kind_panel.h"

#include "ui/base/format.h"
#include "ui/base/theme.h"
#include "ui/browser/kind_model.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPainter>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace ui {

namespace {

// Headings small and muted, kinds with their count on the right, the one that is shown on the accent's ground.
class KindDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        painter->save();
        const bool heading = index.data(KindModel::HeadingRole).toBool();
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        QRect box = option.rect.adjusted(4, 1, -4, -1);
        if (selected) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(tokens().accentGround);
            painter->drawRoundedRect(box, 4, 4);
        }
        box.adjust(Measure::cellPadding, 0, -Measure::cellPadding, 0);
        painter->setFont(heading ? smallFont() : option.font);
        const qlonglong count = heading ? -1 : index.data(KindModel::CountRole).toLongLong();
        if (count >= 0) {
            const QString text = countText(count);
            painter->setPen(tokens().muted);
            painter->drawText(box, Qt::AlignRight | Qt::AlignVCenter, text);
            box.setRight(box.right() - painter->fontMetrics().horizontalAdvance(text) - Measure::cellPadding);
        }
        painter->setPen(heading ? tokens().muted : selected ? tokens().accent : tokens().text);
        const QString title = index.data(Qt::DisplayRole).toString();
        painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(title, Qt::ElideRight, box.width()));
        painter->restore();
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const QFontMetrics metrics(option.font);
        const int height = index.data(KindModel::HeadingRole).toBool() ? Measure::row() - 2 : Measure::row() - 3;
        return {metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString()) + 72, height};
    }
};

} // namespace

KindPanel::KindPanel(KindModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_search(new QLineEdit(this))
    , m_list(new QListView(this))
    , m_none(new QLabel(this)) {
    m_search->setObjectName(QStringLiteral("kindSearch"));
    m_search->setPlaceholderText(tr("Find kind", "placeholder of the line that searches in kinds"));
    m_search->setAccessibleName(tr("Find kind", "placeholder of the line that searches in kinds"));
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName(QStringLiteral("kindList"));
    m_list->setAccessibleName(tr("Kinds of objects"));
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new KindDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_none->setObjectName(QStringLiteral("noKind"));
    m_none->setWordWrap(true);
    m_none->setProperty("ink", QStringLiteral("muted"));
    m_none->setContentsMargins(Measure::step * 3, Measure::step, Measure::step * 3, 0);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Measure::step * 2, 0, Measure::step);
    layout->setSpacing(Measure::step);
    auto* searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(Measure::step * 2, 0, Measure::step * 2, 0);
    searchRow->addWidget(m_search);
    layout->addLayout(searchRow);
    layout->addWidget(m_none);
    layout->addWidget(m_list, 1);
    m_search->installEventFilter(this);
    m_list->installEventFilter(this);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_model.setSearch(text.trimmed());
        if (!text.isEmpty() && m_model.rowCount() > 1)
            m_list->setCurrentIndex(m_model.index(1));
    });
    connect(m_list, &QListView::clicked, this, &KindPanel::choose);
    connect(m_list, &QWidget::customContextMenuRequested, this, &KindPanel::showMenu);
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        setCurrent(m_current);
        tellNone();
    });
    tellNone();
}

void KindPanel::tellNone() {
    m_none->setVisible(m_model.rowCount() == 0);
    m_none->setText(m_search->text().isEmpty() ? tr("Kinds appear here once a cluster has said which ones it has.")
                                               : tr("No kind is called “%1”", "%1 was typed").arg(m_search->text()));
}

void KindPanel::setCurrent(const std::string& resource) {
    m_current = resource;
    const int row = m_model.rowOf(resource);
    if (row >= 0)
        m_list->setCurrentIndex(m_model.index(row));
    else
        m_list->clearSelection();
}

void KindPanel::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void KindPanel::choose() {
    const QString resource = m_list->currentIndex().data(KindModel::ResourceRole).toString();
    if (!resource.isEmpty())
        emit chosen(resource);
}

bool KindPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_list && event->type() == QEvent::ContextMenu &&
        static_cast<QContextMenuEvent*>(event)->reason() == QContextMenuEvent::Keyboard) {
        showMenu(m_list->visualRect(m_list->currentIndex()).center());
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        choose();
        m_search->clear();
        emit left();
        return true;
    }
    if (key == Qt::Key_Escape) {
        m_search->clear();
        setCurrent(m_current);
        emit left();
        return true;
    }
    if (watched == m_search && (key == Qt::Key_Down || key == Qt::Key_Up)) {
        m_list->setFocus(Qt::OtherFocusReason);
        QCoreApplication::sendEvent(m_list, event);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void KindPanel::showMenu(const QPoint& at) {
    const QModelIndex index = m_list->indexAt(at);
    const QString resource = index.data(KindModel::ResourceRole).toString();
    if (resource.isEmpty())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Show"), this, [this, resource] { emit chosen(resource); });
    const bool favourite = index.data(KindModel::FavouriteRole).toBool();
    menu->addAction(favourite ? tr("Remove from favourites") : tr("Add to favourites"), this,
                    [this, resource] { emit favouriteToggled(resource); });
    menu->popup(m_list->viewport()->mapToGlobal(at));
}

} // namespace ui
