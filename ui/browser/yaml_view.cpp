// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/yaml_view.h"

#include "ui/base/format.h"
#include "ui/base/theme.h"
#include "ui/browser/yaml_highlighter.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ui {

YamlView::YamlView(QWidget* parent)
    : QWidget(parent)
    , m_text(new QPlainTextEdit(this))
    , m_bar(new QWidget(this))
    , m_find(new QLineEdit(m_bar))
    , m_matches(new QLabel(m_bar))
    , m_managed(new QCheckBox(tr("Show managedFields", "managedFields is a field of Kubernetes objects"), this))
    , m_values(new QCheckBox(tr("Show values"), this)) {
    m_text->setObjectName(QStringLiteral("yamlText"));
    m_text->setAccessibleName(tr("YAML"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(monoFont());
    m_text->installEventFilter(this);
    new YamlHighlighter(m_text->document());
    m_managed->setObjectName(QStringLiteral("managedFields"));
    m_values->setObjectName(QStringLiteral("yamlValues"));
    m_values->setAccessibleName(tr("Show the values of this secret"));
    m_values->setToolTip(m_values->accessibleName());
    m_values->hide();
    for (QCheckBox* choice : {m_managed, m_values})
        connect(choice, &QCheckBox::toggled, this, &YamlView::choiceChanged);

    m_find->setObjectName(QStringLiteral("yamlFind"));
    m_find->setPlaceholderText(tr("Find in YAML"));
    m_find->setAccessibleName(tr("Find in YAML"));
    m_find->installEventFilter(this);
    auto* barLayout = new QHBoxLayout(m_bar);
    barLayout->setContentsMargins(0, 0, 0, 0);
    barLayout->addWidget(m_find, 1);
    barLayout->addWidget(m_matches);
    m_bar->hide();
    connect(m_find, &QLineEdit::textChanged, this, [this] {
        QTextCursor cursor = m_text->textCursor();
        cursor.setPosition(cursor.selectionStart());
        m_text->setTextCursor(cursor);
        find(Way::Forward);
    });

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Measure::step, 0, 0);
    layout->setSpacing(Measure::step);
    layout->addWidget(m_bar);
    layout->addWidget(m_text, 1);
    auto* choices = new QHBoxLayout;
    choices->setSpacing(2 * Measure::step);
    choices->addWidget(m_managed);
    choices->addWidget(m_values);
    choices->addStretch(1);
    layout->addLayout(choices);
    setFocusProxy(m_text);
}

void YamlView::setYaml(const QString& text) {
    const QString known = m_text->toPlainText();
    if (known == text)
        return;
    // Only the lines between the common beginning and the common end are replaced, so that reading goes on.
    qsizetype head = 0;
    while (head < known.size() && head < text.size() && known[head] == text[head])
        ++head;
    qsizetype tail = 0;
    while (tail < known.size() - head && tail < text.size() - head &&
           known[known.size() - 1 - tail] == text[text.size() - 1 - tail])
        ++tail;
    const int scroll = m_text->verticalScrollBar()->value();
    QTextCursor cursor(m_text->document());
    cursor.setPosition(static_cast<int>(head));
    cursor.setPosition(static_cast<int>(known.size() - tail), QTextCursor::KeepAnchor);
    cursor.insertText(text.mid(head, text.size() - head - tail));
    m_text->verticalScrollBar()->setValue(scroll);
    markMatches();
}

void YamlView::clear() {
    m_values->setChecked(false);
    m_text->clear();
    m_text->moveCursor(QTextCursor::Start);
}

QString YamlView::yaml() const {
    return m_text->toPlainText();
}

bool YamlView::showsManagedFields() const {
    return m_managed->isChecked();
}

void YamlView::setHidesValues(bool on) {
    m_values->setVisible(on);
}

bool YamlView::showsValues() const {
    return m_values->isChecked();
}

void YamlView::openFind() {
    m_bar->show();
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
}

bool YamlView::closeFind() {
    if (m_bar->isHidden())
        return false;
    m_bar->hide();
    m_text->setExtraSelections({});
    m_text->setFocus(Qt::OtherFocusReason);
    return true;
}

void YamlView::find(Way way) {
    markMatches();
    const QString wanted = m_find->text();
    if (wanted.isEmpty())
        return;
    const auto flags = way == Way::Backward ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (m_text->find(wanted, flags))
        return;
    // Around the end.
    const QTextCursor before = m_text->textCursor();
    m_text->moveCursor(way == Way::Backward ? QTextCursor::End : QTextCursor::Start);
    if (!m_text->find(wanted, flags))
        m_text->setTextCursor(before);
}

void YamlView::markMatches() {
    const QString wanted = m_find->text();
    QList<QTextEdit::ExtraSelection> selections;
    if (!m_bar->isHidden() && !wanted.isEmpty()) {
        constexpr qsizetype kMost = 1000;
        QTextCursor at(m_text->document());
        while (selections.size() < kMost) {
            at = m_text->document()->find(wanted, at);
            if (at.isNull())
                break;
            QTextEdit::ExtraSelection selection;
            selection.cursor = at;
            selection.format.setBackground(tokens().selection);
            selections.append(selection);
        }
    }
    m_text->setExtraSelections(selections);
    m_matches->setText(wanted.isEmpty() ? QString()
                                        : tr("%n found", "places where a text was found", int(selections.size())));
}

bool YamlView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Find)) {
        event->accept();
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool back = key->modifiers().testFlag(Qt::ShiftModifier);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if ((watched == m_find && enter) || key->key() == Qt::Key_F3) {
        find(back ? Way::Backward : Way::Forward);
        return true;
    }
    if (key->matches(QKeySequence::Find)) {
        openFind();
        return true;
    }
    if (key->key() == Qt::Key_Escape && closeFind())
        return true;
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
