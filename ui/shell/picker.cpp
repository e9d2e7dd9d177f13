// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/picker.h"

#include "ui/base/fuzzy.h"
#include "ui/base/marks.h"
#include "ui/base/popup_keys.h"
#include "ui/base/search_keys.h"
#include "ui/base/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMouseEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int kKeyRole = Qt::UserRole;
constexpr int kTypedRole = Qt::UserRole + 1;
constexpr int kCrossWidth = 28;
constexpr int kMostHeight = 420;

// A row that was typed ends in a cross.
class PickerDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        if (!index.data(kTypedRole).toBool())
            return;
        painter->save();
        painter->setPen(tokens().muted);
        painter->drawText(option.rect.adjusted(option.rect.width() - kCrossWidth, 0, 0, 0), Qt::AlignCenter,
                          QStringLiteral("\u2715"));
        painter->restore();
    }
};

// What the API server takes as a name: a DNS label.
bool isLabel(const QString& text) {
    static const QRegularExpression label(QStringLiteral("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"));
    return label.match(text).hasMatch();
}

} // namespace

Picker::Picker(const QString& name, const QString& allText, std::vector<PickerItem> items, Typed typed, QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_hint(new QLabel(this)) {
    setObjectName(QStringLiteral("picker"));
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("panel", true);
    setAccessibleName(name);
    m_search->setAccessibleName(tr("Narrow the list"));
    m_search->setPlaceholderText(name);
    m_search->setObjectName(QStringLiteral("pickerSearch"));
    m_list->setObjectName(QStringLiteral("pickerList"));
    m_list->setAccessibleName(name);
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setItemDelegate(new PickerDelegate(m_list));
    m_hint->setObjectName(QStringLiteral("pickerHint"));
    m_hint->setProperty("ink", QStringLiteral("muted"));
    m_hint->setWordWrap(true);
    m_hint->hide();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_search);
    layout->addWidget(m_list);
    layout->addWidget(m_hint);

    m_all = addItem({{}, allText});
    std::for_each(items.begin(), items.end(), [this](const PickerItem& item) { addItem(item); });
    readAll();
    if (typed == Typed::Taken) {
        m_offer = new QListWidgetItem(m_list);
        m_offer->setSizeHint(QSize(0, Measure::row()));
        m_offer->setHidden(true);
    }
    m_list->setCurrentItem(m_all);

    connect(new SearchKeys(m_search, m_list), &SearchKeys::entered, this, &Picker::take);
    if (parent)
        new PopupKeys(this, parent->window());
    m_search->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &Picker::narrow);
    connect(m_list, &QListWidget::itemChanged, this, &Picker::toggle);
    resize(280, std::min(kMostHeight, 64 + Measure::row() * m_list->count()));
}

QListWidgetItem* Picker::addItem(const PickerItem& item) {
    const bool filling = std::exchange(m_filling, true);
    auto* entry = new QListWidgetItem(item.text);
    entry->setData(kKeyRole, item.key);
    entry->setData(kTypedRole, item.typed);
    entry->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    entry->setCheckState(item.on ? Qt::Checked : Qt::Unchecked);
    entry->setSizeHint(QSize(0, Measure::row()));
    if (item.hue >= 0)
        entry->setIcon(huePixmap(*this, item.hue));
    if (item.typed) {
        entry->setToolTip(tr("Typed here. Delete takes it out again."));
        entry->setData(Qt::AccessibleDescriptionRole, entry->toolTip());
    }
    m_list->insertItem(m_offer ? m_list->row(m_offer) : m_list->count(), entry);
    m_filling = filling;
    return entry;
}

void Picker::setHint(const QString& hint) {
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    if (!hint.isEmpty())
        resize(width(), std::min(kMostHeight, height() + m_hint->heightForWidth(width() - 16) + 8));
}

void Picker::dropFrom(QWidget* anchor) {
    QPoint at = anchor->mapToGlobal(QPoint(0, anchor->height() + 4));
    const QRect screen = anchor->screen()->availableGeometry();
    at.setX(std::min(at.x(), screen.right() - width()));
    move(at);
    show();
    m_search->setFocus();
}

bool Picker::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_list->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const QPoint at = static_cast<QMouseEvent*>(event)->position().toPoint();
        QListWidgetItem* item = m_list->itemAt(at);
        if (item && item->data(kTypedRole).toBool() && at.x() >= m_list->viewport()->width() - kCrossWidth) {
            remove(item);
            return true;
        }
    }
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    QListWidgetItem* item = m_list->currentItem();
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Space:
        if (item)
            flip(item);
        return true;
    case Qt::Key_Delete:
        if (!item || !item->data(kTypedRole).toBool() || m_search->cursorPosition() < m_search->text().size())
            return false;
        remove(item);
        return true;
    default:
        return QFrame::eventFilter(watched, event);
    }
}

void Picker::narrow(const QString& text) {
    const QString name = text.trimmed();
    QListWidgetItem* first = nullptr;
    bool known = false;
    for (int i = 0; i < m_list->count(); ++i) {
        QListWidgetItem* item = m_list->item(i);
        if (item == m_offer)
            continue;
        item->setHidden(!fuzzyScore(text, item->text()));
        known = known || item->data(kKeyRole).toString() == name;
        if (!first && !item->isHidden())
            first = item;
    }
    if (m_offer) {
        const bool fits = isLabel(name);
        m_offer->setHidden(name.isEmpty() || known);
        m_offer->setText(fits ? tr("Use “%1”", "%1 is a name as typed").arg(name)
                              : tr("“%1” cannot be a name", "%1 was typed").arg(name));
        m_offer->setFlags(fits ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::NoItemFlags);
        if (!first && fits && !m_offer->isHidden())
            first = m_offer;
    }
    m_list->setCurrentItem(first);
}

// Enter on a narrowed list means "that one, alone"; a list nobody narrowed or ticked keeps what is ticked.
void Picker::take() {
    QListWidgetItem* item = m_list->currentItem();
    const bool narrowed = !m_search->text().isEmpty();
    if (!item && narrowed)
        return;
    if (item && item == m_offer) {
        const QString name = m_search->text().trimmed();
        emit added(name);
        emit picked({name});
    } else if (item && (narrowed || item->checkState() == Qt::Unchecked)) {
        const QString key = item->data(kKeyRole).toString();
        emit picked(key.isEmpty() ? QStringList() : QStringList(key));
    }
    close();
}

void Picker::flip(QListWidgetItem* item) {
    if (item == m_offer)
        addOffered();
    else
        item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
}

void Picker::addOffered() {
    const QString name = m_search->text().trimmed();
    QListWidgetItem* item = addItem({name, name, -1, true, true});
    m_search->clear();
    m_list->setCurrentItem(item);
    emit added(name);
    readAll();
    tell();
}

void Picker::remove(QListWidgetItem* item) {
    const QString key = item->data(kKeyRole).toString();
    const bool wasOn = item->checkState() == Qt::Checked;
    delete item;
    emit removed(key);
    readAll();
    if (wasOn)
        tell();
}

void Picker::toggle(QListWidgetItem* item) {
    if (m_filling || item == m_offer)
        return;
    m_filling = true;
    if (item == m_all) {
        for (int i = 0; i < m_list->count(); ++i) {
            if (m_list->item(i) != m_offer)
                m_list->item(i)->setCheckState(Qt::Unchecked);
        }
    }
    m_filling = false;
    readAll();
    tell();
}

// "All" is ticked exactly where nothing else is.
void Picker::readAll() {
    m_filling = true;
    m_all->setCheckState(ticked().isEmpty() ? Qt::Checked : Qt::Unchecked);
    m_filling = false;
}

QStringList Picker::ticked() const {
    QStringList keys;
    for (int i = 0; i < m_list->count(); ++i) {
        const QListWidgetItem* item = m_list->item(i);
        if (item != m_all && item != m_offer && item->checkState() == Qt::Checked)
            keys.append(item->data(kKeyRole).toString());
    }
    return keys;
}

void Picker::tell() {
    emit picked(ticked());
}

} // namespace ui
