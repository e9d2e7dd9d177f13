// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/page_head.h"

#include "ui/base/elided_label.h"
#include "ui/base/theme.h"
#include "ui/shell/action_registry.h"
#include "ui/shell/page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace ui {

PageHead::PageHead(QWidget* parent)
    : QWidget(parent)
    , m_title(new ElidedLabel(this))
    , m_subtitle(new ElidedLabel(this))
    , m_buttons(new QHBoxLayout) {
    m_title->setObjectName(QStringLiteral("pageTitle"));
    m_title->setFont(titleFont());
    m_subtitle->setObjectName(QStringLiteral("pageSubtitle"));
    m_subtitle->setProperty("ink", QStringLiteral("muted"));
    m_subtitle->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_subtitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle, 1);
    m_buttons->setSpacing(8);
    layout->addLayout(m_buttons);
    setFixedHeight(32);
}

// A long title leaves room to what the page has to say of itself.
void PageHead::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_title->setMaximumWidth(width() * 6 / 10);
}

void PageHead::showPage(Page* page) {
    if (m_page)
        disconnect(m_page, nullptr, this, nullptr);
    m_page = page;
    if (!page)
        return;
    connect(page, &Page::headingChanged, this, &PageHead::readHeading);
    connect(page, &Page::headActionsChanged, this, &PageHead::readActions);
    connect(page, &QObject::destroyed, this, [this] { m_page = nullptr; });
    readHeading();
    readActions();
}

void PageHead::readHeading() {
    m_title->setText(m_page->title());
    m_subtitle->setText(m_page->subtitle());
}

void PageHead::readActions() {
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (QAction* action : m_page->headActions()) {
        auto* button = new QPushButton(plainText(*action), this);
        button->setObjectName(action->objectName() + QStringLiteral(".button"));
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->toolTip());
        button->setAccessibleName(plainText(*action));
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, button, [button, action] {
            button->setEnabled(action->isEnabled());
            button->setText(plainText(*action));
        });
        m_buttons->addWidget(button);
    }
}

} // namespace ui
