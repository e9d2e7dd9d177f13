// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/top_bar.h"

#include "ui/base/theme.h"
#include "ui/shell/command_line.h"
#include "ui/shell/scope_bar.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace ui {

TopBar::TopBar(const PageContext& context, QWidget* parent)
    : QWidget(parent)
    , m_name(new QPushButton(this))
    , m_scope(new ScopeBar(context, this))
    , m_line(new CommandLine(this)) {
    setObjectName(QStringLiteral("topBar"));
    setFixedHeight(44);
    m_name->setObjectName(QStringLiteral("programMenu"));
    m_name->setText(QStringLiteral("Quarterdeck"));
    m_name->setFont(strongFont());
    m_name->setFocusPolicy(Qt::TabFocus);
    m_name->setFlat(true);
    m_name->setFixedWidth(127);
    m_name->setAccessibleName(tr("Program menu"));
    auto* palette = new QToolButton(this);
    palette->setObjectName(QStringLiteral("paletteButton"));
    palette->setText(QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText));
    palette->setFont(smallFont());
    palette->setToolTip(tr("Go to a page, kind, cluster or namespace, or run an action"));
    palette->setAccessibleName(tr("Command palette"));
    palette->setFocusPolicy(Qt::TabFocus);
    connect(palette, &QToolButton::clicked, this, &TopBar::paletteAsked);
    auto* layout = new QHBoxLayout(this);
    // In line with the pages below.
    layout->setContentsMargins(15, 0, 12, 0);
    layout->setSpacing(10);
    layout->addWidget(m_name);
    layout->addSpacing(4);
    layout->addWidget(m_scope);
    layout->addWidget(m_line, 1);
    layout->addWidget(palette);
}

void TopBar::setMenu(QMenu* menu) {
    m_name->setMenu(menu);
}

void TopBar::dropMenu() {
    m_name->showMenu();
}

} // namespace ui
