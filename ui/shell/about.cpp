// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/about.h"

#include "ui/base/theme.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

AboutDialog::AboutDialog(QWidget* parent)
    : QDialog(parent) {
    setObjectName(QStringLiteral("about"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("About Quarterdeck"));
    auto* icon = new QLabel(this);
    icon->setPixmap(QIcon(QStringLiteral(":/icons/quarterdeck.svg")).pixmap(QSize(64, 64), devicePixelRatioF()));
    icon->setAccessibleName(QStringLiteral("Quarterdeck"));
    auto* name = new QLabel(QStringLiteral("Quarterdeck %1").arg(QCoreApplication::applicationVersion()), this);
    name->setFont(titleFont());
    auto* what = new QLabel(tr("One window over every Kubernetes cluster you run."), this);
    auto* promise = new QLabel(tr("It connects to the clusters you ask for and to nothing else."), this);
    promise->setProperty("ink", QStringLiteral("muted"));
    auto* licence = new QLabel(tr("Free software under the GNU General Public License, version 3 or later."), this);
    licence->setProperty("ink", QStringLiteral("muted"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setText(tr("Close"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 16);
    layout->setSpacing(8);
    layout->addWidget(icon);
    layout->addWidget(name);
    layout->addWidget(what);
    layout->addSpacing(8);
    layout->addWidget(promise);
    layout->addWidget(licence);
    layout->addSpacing(8);
    layout->addWidget(buttons);
}

} // namespace ui
