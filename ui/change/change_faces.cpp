// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/change_faces.h"

#include "core/change/acts/act.h"
#include "core/change/line_diff.h"
#include "ui/base/theme.h"
#include "ui/browser/yaml_highlighter.h"
#include "ui/change/change_run.h"
#include "ui/change/diff_view.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <utility>

namespace ui {

namespace {

bool endsObject(const change::Operation& operation) {
    return operation.verb == change::Verb::Delete || operation.verb == change::Verb::Evict;
}

QString wouldText(const ChangeRun& run, const change::Operation& operation, const change::PlannedOperation& planned) {
    const bool isOver = run.state() == ChangeRun::State::Over;
    if (!planned.would.empty() && planned.verdict == change::Verdict::Conflict)
        return ChangeFaces::tr("If all of ours were taken over");
    if (!planned.would.empty())
        return isOver ? ChangeFaces::tr("After") : ChangeFaces::tr("As the server would store it");
    switch (planned.verdict) {
    case change::Verdict::Conflict:
        return ChangeFaces::tr("Stays so until the conflicts are decided");
    case change::Verdict::Refused:
        return ChangeFaces::tr("Stays so: the server refuses");
    case change::Verdict::Accepted:
    case change::Verdict::NoChange:
        return endsObject(operation) ? (isOver ? ChangeFaces::tr("Gone") : ChangeFaces::tr("Would be gone"))
                                     : ChangeFaces::tr("Not known yet");
    case change::Verdict::Pending:
    case change::Verdict::Deferred:
    case change::Verdict::Unreached:
    case change::Verdict::Over:
        break;
    }
    return ChangeFaces::tr("Not known yet");
}

} // namespace

ChangeFaces::ChangeFaces(QWidget* parent)
    : QWidget(parent)
    , m_faces(new QTabBar(this))
    , m_fold(new QPushButton(this))
    , m_stack(new QStackedWidget(this))
    , m_diff(new DiffView(this))
    , m_written(new QPlainTextEdit(this)) {
    build();
    connect(m_fold, &QPushButton::clicked, this, &ChangeFaces::toggleFold);
}

void ChangeFaces::build() {
    m_faces->setObjectName(QStringLiteral("changeFaces"));
    m_faces->setAccessibleName(tr("What is shown of the chosen object"));
    m_faces->setExpanding(false);
    m_faces->setDrawBase(false);
    m_faces->setUsesScrollButtons(false);
    m_faces->addTab(tr("Difference"));
    m_faces->addTab(tr("As written", "the body of a change, as the operator wrote it"));
    m_faces->addTab(tr("Moved on", "what others changed since"));
    m_fold->setObjectName(QStringLiteral("changeFold"));
    m_fold->setFlat(true);
    m_written->setObjectName(QStringLiteral("changeWritten"));
    m_written->setAccessibleName(tr("As written", "the body of a change, as the operator wrote it"));
    m_written->setReadOnly(true);
    m_written->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_written->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_written->setTabChangesFocus(true);
    m_written->setFont(monoFont());
    new YamlHighlighter(m_written->document());
    m_stack->addWidget(m_diff);
    m_stack->addWidget(m_written);
    auto* head = new QHBoxLayout;
    head->addWidget(m_faces, 1);
    head->addWidget(m_fold);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(m_stack, 1);
    connect(m_faces, &QTabBar::currentChanged, this, &ChangeFaces::turned);
}

ChangeFaces::Face ChangeFaces::face() const {
    return static_cast<Face>(m_faces->currentIndex());
}

void ChangeFaces::show(const ChangeRun& run, std::size_t number) {
    const change::Plan& plan = run.plan();
    const bool isPlan = number < plan.operations.size();
    {
        // A face that is there no more is left without a word: what is shown is read below.
        const QSignalBlocker blocker(m_faces);
        m_faces->setTabVisible(int(Face::MovedOn), isPlan && plan.operations[number].movedOn);
        m_faces->setTabVisible(int(Face::Written), isPlan && !plan.set.operations[number].body.empty());
        if (!m_faces->isTabVisible(m_faces->currentIndex()))
            m_faces->setCurrentIndex(int(Face::Difference));
    }
    if (isPlan && face() == Face::Written && m_body != plan.set.operations[number].body) {
        m_body = plan.set.operations[number].body;
        m_written->setPlainText(
            QString::fromStdString(change::diffText(m_body, plan.set.operations[number].object.kind)));
    }
    if (Texts wanted = texts(run, number); !(wanted == m_shown)) {
        m_shown = std::move(wanted);
        m_diff->setTexts(change::diffText(m_shown.left, m_shown.kind), change::diffText(m_shown.right, m_shown.kind));
    }
    readFace();
}

void ChangeFaces::clear() {
    const QSignalBlocker blocker(m_faces);
    m_faces->setCurrentIndex(int(Face::Difference));
    m_shown = {};
}

ChangeFaces::Texts ChangeFaces::texts(const ChangeRun& run, std::size_t number) {
    const change::Plan& plan = run.plan();
    if (number >= plan.operations.size()) {
        const std::size_t refusal = number - plan.operations.size();
        if (refusal >= run.refused().size())
            return {};
        m_diff->setHeads(tr("Right after the act that is taken back"), tr("Now"));
        return {run.refused()[refusal].after, run.refused()[refusal].live, run.refused()[refusal].object.kind};
    }
    const change::Operation& operation = plan.set.operations[number];
    const change::PlannedOperation& planned = plan.operations[number];
    const bool movedOn = face() == Face::MovedOn;
    Texts texts{movedOn ? operation.before : planned.before, movedOn ? planned.before : planned.would,
                operation.object.kind};
    // Nothing is known of what the server would store, which is not the same as nothing being left.
    if (!movedOn && texts.right.empty() && !endsObject(operation))
        texts.right = texts.left;
    const QString version = QString::fromStdString(change::resourceVersionOf(planned.before));
    const bool isOver = run.state() == ChangeRun::State::Over;
    const QString now = version.isEmpty() ? tr("Not there")
                        : isOver          ? tr("Before, resourceVersion %1").arg(version)
                                          : tr("Stored now, resourceVersion %1").arg(version);
    m_diff->setHeads(movedOn ? tr("When this change was made") : now,
                     movedOn ? now : wouldText(run, operation, planned));
    return texts;
}

void ChangeFaces::toggleFold() {
    m_diff->toggleFold();
    readFace();
}

void ChangeFaces::readFace() {
    m_stack->setCurrentIndex(face() == Face::Written ? 1 : 0);
    m_fold->setVisible(face() != Face::Written && m_diff->canFold());
    m_fold->setText(m_diff->isFolded() ? tr("Show equal lines") : tr("Fold equal lines"));
}

} // namespace ui
