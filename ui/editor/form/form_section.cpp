// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/form/form_section.h"

#include "ui/base/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace ui {

FormSection::FormSection(FormText& text, const QString& title, QWidget* parent)
    : QWidget(parent)
    , m_text(text)
    , m_grid(new QGridLayout)
    , m_problems(new QLabel(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    if (!title.isEmpty()) {
        auto* head = new QLabel(title, this);
        head->setFont(strongFont());
        layout->addWidget(head);
    }
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnMinimumWidth(0, kFormNameWidth);
    m_grid->setColumnStretch(1, 1);
    layout->addLayout(m_grid);
    m_problems->setObjectName(QStringLiteral("formProblems"));
    m_problems->setProperty("ink", QStringLiteral("attention"));
    m_problems->setTextFormat(Qt::PlainText);
    m_problems->setWordWrap(true);
    m_problems->hide();
    layout->addWidget(m_problems);
}

void FormSection::read() {
    for (FormLine* line : m_lines)
        line->readField();
    for (FormChoice* choice : m_choices)
        choice->readField();
}

void FormSection::addRow(const QString& name, QWidget* field) {
    const int row = m_grid->rowCount();
    m_grid->addWidget(field, row, 1);
    if (name.isEmpty())
        return;
    auto* label = new QLabel(name, this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFixedWidth(kFormNameWidth);
    label->setProperty("ink", QStringLiteral("muted"));
    m_grid->addWidget(label, row, 0, Qt::AlignTop);
    label->setMinimumHeight(field->sizeHint().height());
    label->setAlignment(Qt::AlignVCenter | Qt::AlignLeft);
}

void FormSection::addWide(QWidget* widget) {
    m_grid->addWidget(widget, m_grid->rowCount(), 0, 1, 2);
}

FormLine* FormSection::makeLine(FormLine::Kind kind, const QString& name, const char* objectName) {
    auto* line = new FormLine(m_text, kind, name, this);
    line->setObjectName(QLatin1String(objectName));
    m_lines.push_back(line);
    connect(line, &FormLine::problemChanged, this, &FormSection::showProblems);
    return line;
}

FormLine* FormSection::addLine(FormLine::Kind kind, const QString& name, const char* objectName) {
    FormLine* line = makeLine(kind, name, objectName);
    addRow(name, line);
    return line;
}

FormChoice* FormSection::makeChoice(const QString& name, const char* objectName) {
    auto* choice = new FormChoice(m_text, name, this);
    choice->setObjectName(QLatin1String(objectName));
    m_choices.push_back(choice);
    return choice;
}

QComboBox* FormSection::makeBox(const QString& name, const char* objectName) {
    auto* box = new FormChoice(m_text, name, this);
    box->setObjectName(QLatin1String(objectName));
    return box;
}

void FormSection::setRemark(const QString& remark) {
    m_remark = remark;
    showProblems();
}

void FormSection::showProblems() {
    QStringList all;
    for (const FormLine* line : m_lines) {
        if (!line->problem().isEmpty())
            all.append(tr("%1: %2. Not written.", "a field, what is wrong with what was typed into it")
                           .arg(line->accessibleName(), line->problem()));
    }
    if (!m_remark.isEmpty())
        all.append(m_remark);
    m_problems->setText(all.join(u'\n'));
    m_problems->setVisible(!all.isEmpty());
}

} // namespace ui
