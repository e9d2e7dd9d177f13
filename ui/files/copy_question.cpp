// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/copy_question.h"

#include "ui/base/theme.h"
#include "ui/change/confirm_panel.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int kMostNamed = 8;
constexpr int kWidth = 480;

} // namespace

CopyQuestion::CopyQuestion(const Subject& subject, QWidget* parent)
    : QDialog(parent)
    , m_confirm(new ConfirmPanel(this)) {
    setObjectName(QStringLiteral("copyQuestion"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Copy files"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    const auto add = [&](const QString& text, const char* name) {
        auto* label = new QLabel(text, this);
        label->setObjectName(QLatin1String(name));
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        layout->addWidget(label);
        return label;
    };
    const auto there = static_cast<int>(subject.there.size());
    if (there == 0) {
        add(tr("Copy %Ln files or folders into %1?", "%1 is a folder", subject.count).arg(subject.folder), "copyWhat")
            ->setFont(strongFont());
    } else {
        add(tr("%Ln of them are in %1 already. Replace them?", "%1 is a folder", there).arg(subject.folder), "copyWhat")
            ->setFont(strongFont());
        QStringList named = subject.there.mid(0, kMostNamed);
        if (there > kMostNamed)
            named.append(tr("and %Ln more", nullptr, there - kMostNamed));
        add(named.join(u'\n'), "copyThere")->setFont(monoFont());
        add(tr("Of folders, files of the same name are replaced; what is equal is not sent, and nothing is deleted."),
            "copyHow")
            ->setProperty("ink", QStringLiteral("muted"));
    }
    if (!subject.protectedName.isEmpty())
        m_confirm->setClusters({subject.protectedName});
    setMinimumWidth(std::max(kWidth, m_confirm->sizeHint().width() + 32));
    layout->addWidget(m_confirm);
    layout->addStretch(1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    m_go = buttons->addButton(there == 0 ? tr("Copy") : tr("Replace"), QDialogButtonBox::AcceptRole);
    m_go->setObjectName(QStringLiteral("copyGo"));
    if (there > 0 && there < subject.count) {
        m_skip = buttons->addButton(tr("Copy only the others"), QDialogButtonBox::ActionRole);
        m_skip->setObjectName(QStringLiteral("copySkip"));
        connect(m_skip, &QPushButton::clicked, this, [this] { take(Existing::Left); });
    }
    layout->addWidget(buttons);
    // Enter replaces nothing, unless a name was typed for it.
    QPushButton* enters =
        there > 0 && subject.protectedName.isEmpty() ? buttons->button(QDialogButtonBox::Cancel) : m_go;
    enters->setDefault(true);
    if (subject.protectedName.isEmpty())
        enters->setFocus();
    connect(buttons, &QDialogButtonBox::accepted, this, [this] { take(Existing::Replaced); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_confirm, &ConfirmPanel::changed, this, &CopyQuestion::readConfirmed);
    readConfirmed();
}

void CopyQuestion::readConfirmed() {
    m_go->setEnabled(m_confirm->isConfirmed());
    if (m_skip)
        m_skip->setEnabled(m_confirm->isConfirmed());
}

void CopyQuestion::take(Existing existing) {
    emit chosen(existing, m_confirm->confirmed());
    accept();
}

} // namespace ui
