// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/change_foot.h"

#include "core/change/acts/act.h"
#include "ui/base/elided_label.h"
#include "ui/change/change_run.h"
#include "ui/change/change_text.h"

#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

namespace ui {

ChangeFoot::ChangeFoot(QWidget* parent)
    : QWidget(parent)
    , m_note(new ElidedLabel(this))
    , m_save(new QPushButton(tr("Save as file…"), this))
    , m_retry(new QPushButton(tr("Ask again"), this))
    , m_undo(new QPushButton(tr("Undo…"), this))
    , m_resume(new QPushButton(tr("Go on…", "with the rest of a change"), this))
    , m_cancel(new QPushButton(this))
    , m_apply(new QPushButton(this)) {
    m_note->setObjectName(QStringLiteral("changeNote"));
    m_note->setProperty("ink", QStringLiteral("muted"));
    m_save->setObjectName(QStringLiteral("changeSave"));
    m_retry->setObjectName(QStringLiteral("changeRetry"));
    m_undo->setObjectName(QStringLiteral("changeUndo"));
    m_resume->setObjectName(QStringLiteral("changeResume"));
    m_cancel->setObjectName(QStringLiteral("changeCancel"));
    m_apply->setObjectName(QStringLiteral("changeApply"));
    m_apply->setProperty("primary", true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 0, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_note, 1);
    for (QPushButton* button : {m_save, m_retry, m_undo, m_resume, m_cancel, m_apply})
        layout->addWidget(button);
    connect(m_save, &QPushButton::clicked, this, &ChangeFoot::save);
    connect(m_retry, &QPushButton::clicked, this, &ChangeFoot::retry);
    connect(m_undo, &QPushButton::clicked, this, &ChangeFoot::undo);
    connect(m_resume, &QPushButton::clicked, this, &ChangeFoot::resume);
    connect(m_cancel, &QPushButton::clicked, this, &ChangeFoot::cancel);
    connect(m_apply, &QPushButton::clicked, this, &ChangeFoot::apply);
}

QString ChangeFoot::undoText(const change::ChangeSet& set) {
    const auto loses = [](const change::Operation& operation) {
        return change::lossOf(operation) != change::Loss::Nothing;
    };
    if (std::ranges::any_of(set.operations, loses))
        return tr("Undo makes again what is deleted here, but nothing of what goes with it.");
    if (std::ranges::all_of(set.operations, change::canBeUndone))
        return tr("Undo stays possible from the journal. The before-image is kept.");
    return std::ranges::none_of(set.operations, change::canBeUndone)
               ? tr("This cannot be taken back.")
               : tr("Evictions cannot be taken back; the rest can, from the journal.");
}

void ChangeFoot::show(const ChangeRun& run, bool mayApply) {
    const ChangeRun::State state = run.state();
    const bool isPlanned = state == ChangeRun::State::Planned;
    const bool isOver = state == ChangeRun::State::Over;
    const auto& operations = run.plan().operations;
    const auto isAway = [](const auto& planned) { return planned.verdict == change::Verdict::Unreached; };
    const auto isDone = [](const auto& progress) { return progress.outcome == change::Outcome::Done; };
    const auto isLeft = [](const auto& progress) { return change::isLeft(progress.outcome); };
    m_save->setVisible(isPlanned && !operations.empty());
    m_retry->setVisible(isPlanned && std::ranges::any_of(operations, isAway));
    m_undo->setVisible(isOver && std::ranges::any_of(run.progress(), isDone) &&
                       std::ranges::any_of(run.plan().set.operations, change::canBeUndone));
    m_resume->setVisible(isOver && std::ranges::any_of(run.progress(), isLeft));
    m_apply->setVisible(isPlanned || state == ChangeRun::State::Building || state == ChangeRun::State::Planning);
    m_apply->setEnabled(mayApply);
    m_apply->setText(tr("Apply to %Ln clusters", nullptr, clusterCount(run.plan().set)));
    m_cancel->setEnabled(!run.isCancelled() || isOver);
    m_cancel->setText(state == ChangeRun::State::Applying           ? tr("Stop")
                      : isOver || state == ChangeRun::State::Failed ? tr("Close")
                                                                    : tr("Cancel"));
    m_note->setText(state == ChangeRun::State::Applying
                        ? tr("You may leave this page: it goes on, and waits for you under Changes.")
                        : undoText(run.plan().set));
}

bool ChangeFoot::mayApply() const {
    return m_apply->isEnabled();
}

bool ChangeFoot::mayResume() const {
    return m_resume->isVisibleTo(this);
}

void ChangeFoot::focusApply() {
    m_apply->setFocus(Qt::TabFocusReason);
}

} // namespace ui
