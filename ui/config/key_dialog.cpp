// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/config/key_dialog.h"

#include "ui/base/theme.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace ui {

KeyDialog::KeyDialog(const QString& title, const QString& key, Problem problem, QWidget* parent)
    : QDialog(parent)
    , m_problem(std::move(problem))
    , m_line(new QLineEdit(key, this))
    , m_note(new QLabel(this)) {
    setObjectName(QStringLiteral("keyDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setMinimumWidth(440);
    m_line->setObjectName(QStringLiteral("keyName"));
    m_line->setFont(monoFont());
    m_note->setObjectName(QStringLiteral("keyProblem"));
    m_note->setProperty("ink", QStringLiteral("attention"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    // The longest sentence has room before it is there: the dialog does not jump.
    m_note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_note->setMinimumHeight(3 * m_note->fontMetrics().lineSpacing());
    auto* label = new QLabel(tr("&Key:"), this);
    label->setBuddy(m_line);
    auto* hint = new QLabel(tr("Letters, digits, - _ and . as in a file's name."), this);
    hint->setProperty("ink", QStringLiteral("muted"));
    hint->setWordWrap(true);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_go = buttons->button(QDialogButtonBox::Ok);
    m_go->setObjectName(QStringLiteral("keyGo"));
    m_go->setText(title);
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(label);
    layout->addWidget(m_line);
    layout->addWidget(hint);
    layout->addWidget(m_note);
    layout->addStretch(1);
    layout->addWidget(buttons);
    connect(m_line, &QLineEdit::textChanged, this, &KeyDialog::read);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        const QString name = m_line->text();
        accept();
        emit chosen(name);
    });
    m_line->selectAll();
    m_line->setFocus();
    read();
}

void KeyDialog::read() {
    const QString problem = m_problem(m_line->text());
    // Nobody has done wrong before writing anything.
    m_note->setText(m_line->text().isEmpty() ? QString() : problem);
    m_go->setEnabled(!m_line->text().isEmpty() && problem.isEmpty());
}

} // namespace ui
