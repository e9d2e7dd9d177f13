// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/act_dialogs.h"

#include "ui/base/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

namespace {

constexpr int kMostReplicas = 100'000;
constexpr qsizetype kMostLines = 8;

} // namespace

ActDialog::ActDialog(const QString& name, const QString& title, const QString& about, QWidget* parent)
    : QDialog(parent)
    , m_body(new QVBoxLayout(this)) {
    setObjectName(name);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    m_body->setContentsMargins(16, 16, 16, 16);
    m_body->setSpacing(12);
    auto* head = new QLabel(about, this);
    head->setFont(strongFont());
    head->setTextFormat(Qt::PlainText);
    head->setWordWrap(true);
    m_body->addWidget(head);
    setMinimumWidth(440);
}

void ActDialog::finish(const QString& hint) {
    auto* label = new QLabel(hint, this);
    label->setProperty("ink", QStringLiteral("muted"));
    label->setWordWrap(true);
    m_body->addWidget(label);
    m_body->addStretch(1);
    m_buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("Dry run"));
    m_buttons->button(QDialogButtonBox::Ok)->setObjectName(QStringLiteral("actGo"));
    m_buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    m_body->addWidget(m_buttons);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &ActDialog::take);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ActDialog::setReady(bool ready) {
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(ready);
}

ScaleDialog::ScaleDialog(const QString& about, QWidget* parent)
    : ActDialog(QStringLiteral("scaleDialog"), tr("Scale"), about, parent)
    , m_replicas(new QSpinBox(this)) {
    m_replicas->setObjectName(QStringLiteral("scaleReplicas"));
    m_replicas->setAccessibleName(tr("Replicas"));
    m_replicas->setRange(0, kMostReplicas);
    m_replicas->setValue(1);
    m_replicas->selectAll();
    auto* label = new QLabel(tr("&Replicas:"), this);
    label->setBuddy(m_replicas);
    body().addWidget(label);
    body().addWidget(m_replicas);
    finish(tr("Nothing is changed before you have seen what the servers say to it."));
    m_replicas->setFocus();
}

void ScaleDialog::take() {
    m_replicas->interpretText();
    const int replicas = m_replicas->value();
    accept();
    emit chosen(replicas);
}

KeysDialog::KeysDialog(const QString& about, change::KeysOf of, QWidget* parent)
    : ActDialog(of == change::KeysOf::Labels ? QStringLiteral("labelDialog") : QStringLiteral("annotateDialog"),
                of == change::KeysOf::Labels ? tr("Label") : tr("Annotate"), about, parent)
    , m_of(of)
    , m_line(new QLineEdit(this))
    , m_problem(new QLabel(this)) {
    m_line->setObjectName(QStringLiteral("keysLine"));
    m_line->setAccessibleName(of == change::KeysOf::Labels ? tr("Labels") : tr("Annotations"));
    m_line->setPlaceholderText(QStringLiteral("tier=web team=shop old-"));
    m_problem->setObjectName(QStringLiteral("keysProblem"));
    m_problem->setProperty("ink", QStringLiteral("attention"));
    m_problem->setWordWrap(true);
    auto* label = new QLabel(of == change::KeysOf::Labels ? tr("&Labels:") : tr("&Annotations:"), this);
    label->setBuddy(m_line);
    body().addWidget(label);
    body().addWidget(m_line);
    body().addWidget(m_problem);
    finish(tr("key=value sets, key- takes away; blanks divide, and a value with blanks stands in quotes."));
    connect(m_line, &QLineEdit::textChanged, this, &KeysDialog::read);
    setReady(false);
    m_line->setFocus();
}

namespace {

/// Words divided by blanks; a part in double quotes keeps its own.
std::vector<std::string> wordsOf(const QString& text) {
    std::vector<std::string> words;
    QString word;
    bool isQuoted = false;
    bool isOpen = false;
    for (const QChar c : text) {
        if (c == u'"') {
            isQuoted = !isQuoted;
            isOpen = true;
        } else if (c.isSpace() && !isQuoted) {
            if (isOpen)
                words.push_back(word.toStdString());
            word.clear();
            isOpen = false;
        } else {
            word += c;
            isOpen = true;
        }
    }
    if (isOpen)
        words.push_back(word.toStdString());
    return words;
}

} // namespace

void KeysDialog::read() {
    const auto changes = change::parseKeyChanges(wordsOf(m_line->text()), m_of);
    // Nobody has finished a word while typing it.
    const bool isEmpty = m_line->text().trimmed().isEmpty();
    m_problem->setText(changes || isEmpty ? QString() : QString::fromStdString(changes.error().message));
    setReady(changes.has_value());
}

void KeysDialog::take() {
    const auto changes = change::parseKeyChanges(wordsOf(m_line->text()), m_of);
    if (!changes)
        return;
    accept();
    emit chosen(*changes);
}

DeleteDialog::DeleteDialog(const QString& about, const QStringList& objects, QWidget* parent)
    : ActDialog(QStringLiteral("deleteDialog"), tr("Delete"), about, parent)
    , m_propagation(new QComboBox(this)) {
    auto* list = new QPlainTextEdit(objects.join(u'\n'), this);
    list->setObjectName(QStringLiteral("deleteObjects"));
    list->setAccessibleName(tr("What is deleted"));
    list->setReadOnly(true);
    list->setTabChangesFocus(true);
    list->setLineWrapMode(QPlainTextEdit::NoWrap);
    list->setFixedHeight(static_cast<int>(std::min(objects.size(), kMostLines)) * list->fontMetrics().lineSpacing() +
                         28);
    m_propagation->setObjectName(QStringLiteral("deletePropagation"));
    m_propagation->setAccessibleName(tr("What becomes of what it owns"));
    m_propagation->addItem(tr("What it owns is deleted after it (background)"), int(change::Propagation::Background));
    m_propagation->addItem(tr("What it owns is deleted before it (foreground)"), int(change::Propagation::Foreground));
    m_propagation->addItem(tr("What it owns stays, without an owner (orphan)"), int(change::Propagation::Orphan));
    body().addWidget(list);
    body().addWidget(m_propagation);
    finish(tr("The sheet tells what holds it, and who would make it again. Nothing is deleted before that."));
    m_propagation->setFocus();
}

void DeleteDialog::take() {
    const auto propagation = static_cast<change::Propagation>(m_propagation->currentData().toInt());
    accept();
    emit chosen(propagation);
}

} // namespace ui
