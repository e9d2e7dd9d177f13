// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terminal/terminal_find_bar.h"

#include "ui/terminal/terminal_view.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

TerminalFindBar::TerminalFindBar(TerminalView& view, QWidget* parent)
    : QWidget(parent)
    , m_view(view)
    , m_line(new QLineEdit(this))
    , m_count(new QLabel(this)) {
    m_line->setObjectName(QStringLiteral("terminalFind"));
    m_line->setAccessibleName(tr("Find in the terminal"));
    m_line->setPlaceholderText(tr("Find in the terminal"));
    m_line->installEventFilter(this);
    m_count->setObjectName(QStringLiteral("terminalFindCount"));
    m_count->setProperty("ink", QStringLiteral("muted"));
    m_count->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("10,000 / 10,000 +")));
    m_count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto* older = new QPushButton(tr("Older", "hits of a search"), this);
    auto* newer = new QPushButton(tr("Newer", "hits of a search"), this);
    auto* close = new QPushButton(tr("Close"), this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(8);
    layout->addWidget(m_line, 1);
    layout->addWidget(m_count);
    layout->addWidget(older);
    layout->addWidget(newer);
    layout->addWidget(close);
    hide();
    connect(m_line, &QLineEdit::textChanged, this, [this](const QString& text) { m_view.find(text); });
    connect(older, &QPushButton::clicked, this, [this] { m_view.stepFind(TerminalView::Step::Older); });
    connect(newer, &QPushButton::clicked, this, [this] { m_view.stepFind(TerminalView::Step::Newer); });
    connect(close, &QPushButton::clicked, this, &TerminalFindBar::closeBar);
    connect(&m_view, &TerminalView::hitsChanged, this, &TerminalFindBar::showCount);
}

void TerminalFindBar::open() {
    if (const QString selected = m_view.selectedText(); !selected.isEmpty() && !selected.contains(u'\n'))
        m_line->setText(selected);
    show();
    m_line->setFocus(Qt::ShortcutFocusReason);
    m_line->selectAll();
    m_view.find(m_line->text());
}

void TerminalFindBar::closeBar() {
    hide();
    m_view.find({});
    m_view.setFocus(Qt::OtherFocusReason);
}

void TerminalFindBar::showCount() {
    if (m_line->text().isEmpty())
        m_count->clear();
    else if (m_view.hitCount() == 0)
        m_count->setText(tr("Not found"));
    else
        m_count->setText(tr("%L1 of %L2", "number of a hit, and how many there are")
                             .arg(m_view.currentHit())
                             .arg(m_view.hitCount()));
}

bool TerminalFindBar::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const auto& key = static_cast<const QKeyEvent&>(*event);
        if (key.key() == Qt::Key_Escape) {
            closeBar();
            return true;
        }
        if (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) {
            m_view.stepFind(key.modifiers().testFlag(Qt::ShiftModifier) ? TerminalView::Step::Newer
                                                                        : TerminalView::Step::Older);
            return true;
        }
    }
    // Escape would otherwise go back a page.
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
