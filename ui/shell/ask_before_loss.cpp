// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/ask_before_loss.h"

#include <QMessageBox>
#include <QPushButton>

#include <utility>

namespace ui {

void askBeforeLoss(QWidget* parent, const QString& lost, const QString& act, std::function<void()> go) {
    if (lost.isEmpty())
        return go();
    auto* box = new QMessageBox(QMessageBox::Warning, act, lost, QMessageBox::Cancel, parent);
    box->setObjectName(QStringLiteral("askBeforeLoss"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    QPushButton* proceed = box->addButton(act, QMessageBox::DestructiveRole);
    // Enter keeps what was written.
    box->setDefaultButton(QMessageBox::Cancel);
    QObject::connect(proceed, &QPushButton::clicked, parent, [go = std::move(go)] { go(); });
    box->open();
}

} // namespace ui
