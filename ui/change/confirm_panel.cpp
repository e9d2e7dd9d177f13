// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/confirm_panel.h"

#include "ui/base/marks.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

ConfirmPanel::ConfirmPanel(QWidget* parent)
    : QFrame(parent)
    , m_layout(new QVBoxLayout(this)) {
    setObjectName(QStringLiteral("confirmPanel"));
    setProperty("panel", true);
    m_layout->setContentsMargins(12, 6, 12, 6);
    m_layout->setSpacing(4);
    hide();
}

void ConfirmPanel::setClusters(const QStringList& names) {
    if (names != m_names) {
        m_names = names;
        makeLines();
    }
    setVisible(!names.isEmpty());
}

void ConfirmPanel::makeLines() {
    m_lines.clear();
    while (QLayoutItem* item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString& name : m_names) {
        auto* row = new QWidget(this);
        auto* layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(8);
        auto* mark = new QLabel(row);
        mark->setPixmap(markPixmap(*this, Mark::Attention));
        auto* text = new QLabel(tr("%1 is protected. Type its name to go on:", "%1 is a cluster").arg(name), row);
        text->setTextFormat(Qt::PlainText);
        auto* line = new QLineEdit(row);
        line->setObjectName(QStringLiteral("confirmName"));
        line->setAccessibleName(tr("Name of the protected cluster %1").arg(name));
        line->setFixedWidth(std::max(160, line->fontMetrics().horizontalAdvance(name) + 40));
        connect(line, &QLineEdit::textChanged, this, &ConfirmPanel::changed);
        connect(line, &QLineEdit::returnPressed, this, [this, line] {
            if (isConfirmed())
                emit entered();
            else
                line->nextInFocusChain()->setFocus(Qt::TabFocusReason);
        });
        layout->addWidget(mark);
        layout->addWidget(text);
        layout->addWidget(line);
        layout->addStretch(1);
        m_layout->addWidget(row);
        row->show(); // at once, where the panel is seen already
        m_lines.push_back(line);
    }
}

bool ConfirmPanel::isConfirmed() const {
    return confirmed().size() == m_names.size();
}

QStringList ConfirmPanel::confirmed() const {
    QStringList names;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        if (m_lines[i]->text() == m_names.at(static_cast<qsizetype>(i)))
            names.append(m_names.at(static_cast<qsizetype>(i)));
    }
    return names;
}

} // namespace ui
