// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/find_bar.h"

#include "ui/editor/yaml_editor.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

FindBar::FindBar(YamlEditor& editor, QWidget* parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_find(new QLineEdit(this))
    , m_with(new QLineEdit(this))
    , m_replaceRow(new QWidget(this))
    , m_note(new QLabel(this)) {
    m_find->setObjectName(QStringLiteral("editorFind"));
    m_find->setPlaceholderText(tr("Find in YAML"));
    m_find->setAccessibleName(tr("Find in YAML"));
    m_with->setObjectName(QStringLiteral("editorReplace"));
    m_with->setPlaceholderText(tr("Replace with"));
    m_with->setAccessibleName(tr("Replace with"));
    m_note->setProperty("ink", QStringLiteral("muted"));
    auto* one = new QPushButton(tr("Replace"), m_replaceRow);
    auto* all = new QPushButton(tr("Replace all"), m_replaceRow);
    all->setObjectName(QStringLiteral("editorReplaceAll"));
    auto* findRow = new QHBoxLayout;
    findRow->addWidget(m_find, 1);
    findRow->addWidget(m_note);
    auto* replaceRow = new QHBoxLayout(m_replaceRow);
    replaceRow->setContentsMargins(0, 0, 0, 0);
    replaceRow->addWidget(m_with, 1);
    replaceRow->addWidget(one);
    replaceRow->addWidget(all);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(findRow);
    layout->addWidget(m_replaceRow);
    connect(one, &QPushButton::clicked, this, &FindBar::replaceOne);
    connect(all, &QPushButton::clicked, this, &FindBar::replaceAll);
    for (QLineEdit* line : {m_find, m_with})
        line->installEventFilter(this);
    hide();
}

void FindBar::open(Purpose purpose) {
    m_replaceRow->setVisible(purpose == Purpose::Replace && !m_editor.isReadOnly());
    show();
    if (m_editor.hasSelectedText() && !m_editor.selectedText().contains(u'\n'))
        m_find->setText(m_editor.selectedText());
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
}

bool FindBar::closeBar() {
    if (isHidden())
        return false;
    hide();
    m_editor.setFocus(Qt::OtherFocusReason);
    return true;
}

void FindBar::next() {
    go(true);
}

void FindBar::previous() {
    go(false);
}

void FindBar::go(bool isForward) {
    const bool isFound =
        m_editor.findText(m_find->text(), isForward ? YamlEditor::Way::Forward : YamlEditor::Way::Backward);
    m_note->setText(isFound || m_find->text().isEmpty() ? QString() : tr("not found"));
}

void FindBar::replaceOne() {
    if (m_editor.hasSelectedText() && m_editor.selectedText().compare(m_find->text(), Qt::CaseInsensitive) == 0)
        m_editor.replaceSelectedText(m_with->text());
    go(true);
}

void FindBar::replaceAll() {
    m_note->setText(tr("%Ln replaced", "places in a text", m_editor.replaceEvery(m_find->text(), m_with->text())));
}

bool FindBar::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Escape)
        return closeBar();
    if (key->key() != Qt::Key_Return && key->key() != Qt::Key_Enter)
        return QWidget::eventFilter(watched, event);
    if (watched == m_with)
        replaceOne();
    else
        go(!key->modifiers().testFlag(Qt::ShiftModifier));
    return true;
}

} // namespace ui
