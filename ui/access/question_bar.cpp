// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/question_bar.h"

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QTabBar>
#include <QVBoxLayout>

#include <array>

namespace ui {

namespace {

// Those of requests first, then those that only rules know.
constexpr std::array<const char*, 15> kVerbs = {
    "get",  "list",     "watch",       "create",           "update", "patch",   "delete", "*",
    "bind", "escalate", "impersonate", "deletecollection", "use",    "approve", "sign"};

QLabel* fieldLabel(const QString& text, QWidget* field, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setProperty("ink", QStringLiteral("muted"));
    label->setBuddy(field);
    return label;
}

void setRoom(QComboBox& box, int characters) {
    box.setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box.setMinimumContentsLength(characters);
    box.setMaxVisibleItems(24);
}

} // namespace

QuestionBar::QuestionBar(QWidget* parent)
    : QWidget(parent)
    , m_tabs(new QTabBar(this))
    , m_namespace(new QComboBox(this))
    , m_row(nullptr)
    , m_verb(new QComboBox(this))
    , m_resource(new QComboBox(this))
    , m_name(new QLineEdit(this)) {
    m_tabs->setObjectName(QStringLiteral("accessTabs"));
    m_tabs->setAccessibleName(tr("Question"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("What I may do"));
    m_tabs->addTab(tr("Who can…"));
    m_namespace->setObjectName(QStringLiteral("accessNamespace"));
    m_namespace->setAccessibleName(tr("Namespace"));
    setRoom(*m_namespace, 20);
    auto* first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_tabs);
    first->addStretch(1);
    first->addWidget(fieldLabel(tr("Namespace"), m_namespace, this));
    first->addWidget(m_namespace);
    m_row = makeQuestionRow();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(first);
    layout->addWidget(m_row);
    m_row->hide();
    connect(m_tabs, &QTabBar::currentChanged, this, [this] {
        m_row->setVisible(mode() == Mode::WhoCan);
        emit modeChanged();
    });
    connect(m_namespace, &QComboBox::activated, this, [this] { emit namespaceChosen(ns()); });
    connect(m_verb, &QComboBox::currentTextChanged, this, &QuestionBar::readQuestion);
    connect(m_resource, &QComboBox::activated, this, &QuestionBar::readQuestion);
    connect(m_resource->lineEdit(), &QLineEdit::editingFinished, this, &QuestionBar::readQuestion);
    connect(m_name, &QLineEdit::textChanged, this, &QuestionBar::readQuestion);
}

QWidget* QuestionBar::makeQuestionRow() {
    auto* row = new QWidget(this);
    m_verb->setObjectName(QStringLiteral("accessVerb"));
    m_verb->setAccessibleName(tr("Verb"));
    for (const char* verb : kVerbs)
        m_verb->addItem(QLatin1String(verb));
    setRoom(*m_verb, 14);
    m_resource->setObjectName(QStringLiteral("accessResource"));
    m_resource->setAccessibleName(tr("Resource"));
    m_resource->setEditable(true);
    m_resource->setInsertPolicy(QComboBox::NoInsert);
    m_resource->completer()->setFilterMode(Qt::MatchContains);
    m_resource->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_resource->lineEdit()->setAccessibleName(tr("Resource"));
    m_resource->setToolTip(tr("A kind, a sub-resource such as pods/exec, or a path such as /metrics"));
    setRoom(*m_resource, 30);
    m_name->setObjectName(QStringLiteral("accessName"));
    m_name->setAccessibleName(tr("Name"));
    m_name->setPlaceholderText(tr("any", "no name of an object in particular"));
    m_name->setToolTip(tr("A rule may allow something for objects of certain names alone"));
    m_name->setClearButtonEnabled(true);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(fieldLabel(tr("Verb"), m_verb, row));
    layout->addWidget(m_verb);
    layout->addSpacing(8);
    layout->addWidget(fieldLabel(tr("Resource"), m_resource, row));
    layout->addWidget(m_resource, 3);
    layout->addSpacing(8);
    layout->addWidget(fieldLabel(tr("Name"), m_name, row));
    layout->addWidget(m_name, 2);
    m_resource->setEditText(m_question.resource);
    return row;
}

QuestionBar::Mode QuestionBar::mode() const {
    return m_tabs->currentIndex() == 1 ? Mode::WhoCan : Mode::Mine;
}

void QuestionBar::setMode(Mode mode) {
    m_tabs->setCurrentIndex(mode == Mode::WhoCan ? 1 : 0);
}

void QuestionBar::setQuestion(const GrantsView::Question& question) {
    {
        const QSignalBlocker verb(m_verb);
        const QSignalBlocker resource(m_resource);
        const QSignalBlocker name(m_name);
        if (m_verb->findText(question.verb) < 0)
            m_verb->addItem(question.verb);
        m_verb->setCurrentText(question.verb);
        m_resource->setEditText(question.resource);
        m_name->setText(question.name);
    }
    readQuestion();
}

void QuestionBar::readQuestion() {
    GrantsView::Question question;
    question.verb = m_verb->currentText();
    question.resource = m_resource->currentText().trimmed();
    question.name = m_name->text().trimmed();
    if (question.resource.isEmpty() || question == m_question)
        return;
    m_question = question;
    emit questionChanged();
}

QString QuestionBar::ns() const {
    return m_namespace->currentData().toString();
}

void QuestionBar::setNamespaces(const QStringList& names, All all, const QString& current) {
    QStringList wanted = names;
    if (all == All::Offered)
        wanted.prepend(QString());
    QStringList shown;
    for (int i = 0; i < m_namespace->count(); ++i)
        shown.append(m_namespace->itemData(i).toString());
    if (shown != wanted) {
        m_namespace->clear();
        for (const QString& name : wanted)
            m_namespace->addItem(name.isEmpty() ? tr("All namespaces") : name, name);
    }
    m_namespace->setCurrentIndex(static_cast<int>(wanted.indexOf(current)));
}

void QuestionBar::setResources(const QStringList& resources) {
    QStringList shown;
    for (int i = 0; i < m_resource->count(); ++i)
        shown.append(m_resource->itemText(i));
    if (shown == resources)
        return;
    const QSignalBlocker blocker(m_resource);
    const QString text = m_resource->currentText();
    m_resource->clear();
    m_resource->addItems(resources);
    m_resource->setEditText(text);
}

void QuestionBar::focusQuestion() {
    m_resource->setFocus(Qt::OtherFocusReason);
    m_resource->lineEdit()->selectAll();
}

} // namespace ui
