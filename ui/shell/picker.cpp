// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/picker.h"

#include "ui/base/fuzzy.h"
#include "ui/base/marks.h"
#include "ui/base/theme.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

Picker::Picker(const QString& name, const QString& allText, std::vector<PickerItem> items, Typed typed, QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_typed(typed) {
    setObjectName(QStringLiteral("picker"));
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("panel", true);
    setAccessibleName(name);
    m_search->setAccessibleName(tr("Narrow the list"));
    m_search->setPlaceholderText(name);
    m_search->setObjectName(QStringLiteral("pickerSearch"));
    m_list->setAccessibleName(name);
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_search);
    layout->addWidget(m_list);

    m_filling = true;
    auto* all = new QListWidgetItem(allText, m_list);
    all->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    const bool none = std::none_of(items.begin(), items.end(), [](const PickerItem& item) { return item.on; });
    all->setCheckState(none ? Qt::Checked : Qt::Unchecked);
    for (const PickerItem& item : items) {
        auto* entry = new QListWidgetItem(item.text, m_list);
        entry->setData(Qt::UserRole, item.key);
        entry->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        entry->setCheckState(item.on ? Qt::Checked : Qt::Unchecked);
        if (item.hue >= 0)
            entry->setIcon(huePixmap(*this, item.hue));
    }
    for (int i = 0; i < m_list->count(); ++i)
        m_list->item(i)->setSizeHint(QSize(0, Measure::row()));
    m_list->setCurrentRow(0);
    m_filling = false;

    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &Picker::narrow);
    connect(m_list, &QListWidget::itemChanged, this, &Picker::toggle);
    resize(280, std::min(420, 64 + Measure::row() * m_list->count()));
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
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: {
        QKeyEvent copy(key->type(), key->key(), key->modifiers());
        QCoreApplication::sendEvent(m_list, &copy);
        return true;
    }
    case Qt::Key_Space:
        if (QListWidgetItem* item = m_list->currentItem())
            item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        take();
        return true;
    default:
        return false;
    }
}

void Picker::narrow(const QString& text) {
    QListWidgetItem* first = nullptr;
    for (int i = 0; i < m_list->count(); ++i) {
        QListWidgetItem* item = m_list->item(i);
        item->setHidden(!fuzzyScore(text, item->text()));
        if (!first && !item->isHidden())
            first = item;
    }
    m_list->setCurrentItem(first);
}

// Enter on a narrowed list means "that one, alone"; a list nobody narrowed or ticked keeps what is ticked.
void Picker::take() {
    QListWidgetItem* item = m_list->currentItem();
    const bool narrowed = !m_search->text().isEmpty();
    if (!item && narrowed && m_typed == Typed::Taken) {
        emit picked({m_search->text().trimmed()});
        close();
        return;
    }
    if (item && (narrowed || item->checkState() == Qt::Unchecked)) {
        const QString key = item->data(Qt::UserRole).toString();
        emit picked(key.isEmpty() ? QStringList() : QStringList(key));
    }
    close();
}

void Picker::toggle(QListWidgetItem* item) {
    if (m_filling)
        return;
    m_filling = true;
    QListWidgetItem* all = m_list->item(0);
    if (item == all) {
        for (int i = 1; i < m_list->count(); ++i)
            m_list->item(i)->setCheckState(Qt::Unchecked);
        all->setCheckState(Qt::Checked);
    } else {
        bool any = false;
        for (int i = 1; i < m_list->count(); ++i)
            any = any || m_list->item(i)->checkState() == Qt::Checked;
        all->setCheckState(any ? Qt::Unchecked : Qt::Checked);
    }
    m_filling = false;
    tell();
}

void Picker::tell() {
    QStringList keys;
    for (int i = 1; i < m_list->count(); ++i) {
        if (m_list->item(i)->checkState() == Qt::Checked)
            keys.append(m_list->item(i)->data(Qt::UserRole).toString());
    }
    emit picked(keys);
}

} // namespace ui
