// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/change_run.h"

#include <QUuid>

#include <algorithm>
#include <utility>

namespace ui {

namespace {

constexpr int kTellMs = 100;

} // namespace

ChangeRun::ChangeRun(change::Door& door, QString title)
    : m_door(door)
    , m_id(QUuid::createUuid().toString(QUuid::WithoutBraces))
    , m_title(std::move(title)) {
    m_tell.setSingleShot(true);
    m_tell.setInterval(kTellMs);
    connect(&m_tell, &QTimer::timeout, this, [this] {
        takePlan();
        emit changed();
    });
}

ChangeRun::ChangeRun(change::Door& door, change::ChangeSet set, QObject* parent)
    : ChangeRun(door, QString::fromStdString(set.title)) {
    setParent(parent);
    planSet(std::move(set));
}

ChangeRun::~ChangeRun() = default;

std::unique_ptr<ChangeRun> ChangeRun::undo(change::Door& door, const std::string& set, const QString& title) {
    std::unique_ptr<ChangeRun> run(new ChangeRun(door, title));
    run->m_building =
        door.undo(set, [made = run.get()](base::Result<change::Undo> built) { made->takeUndo(std::move(built)); });
    return run;
}

std::unique_ptr<ChangeRun> ChangeRun::resume(change::Door& door, const std::string& set, const QString& title) {
    std::unique_ptr<ChangeRun> run(new ChangeRun(door, title));
    run->m_start = change::Applier::Start::Resumed;
    run->m_building = door.resume(
        set, [made = run.get()](base::Result<change::Unfinished> found) { made->takeRest(std::move(found)); });
    return run;
}

const std::vector<change::OperationProgress>& ChangeRun::progress() const {
    static const std::vector<change::OperationProgress> none;
    return m_applier ? m_applier->progress() : none;
}

const std::optional<base::Error>& ChangeRun::unsealed() const {
    static const std::optional<base::Error> none;
    return m_applier ? m_applier->unsealed() : none;
}

void ChangeRun::takeUndo(base::Result<change::Undo> built) {
    if (!built)
        return fail(std::move(built.error()));
    m_refused = std::move(built->refused);
    // In the language of the others in the journal.
    built->set.title = m_title.toStdString();
    const QString undone = QString::fromStdString(built->set.undoes);
    const QString why = QString::fromStdString(built->undoneIntent);
    built->set.intent =
        (why.isEmpty() ? tr("undo of %1", "%1 is the id of a change").arg(undone)
                       : tr("undo of %1: %2", "%1 is the id of a change, %2 why it was made").arg(undone, why))
            .toStdString();
    planSet(std::move(built->set));
}

void ChangeRun::takeRest(base::Result<change::Unfinished> found) {
    if (!found)
        return fail(std::move(found.error()));
    base::Error error;
    error.code = base::ErrorCode::BadInput;
    if (!found->unknown.empty())
        error.message = tr("Clusters that have to say what was done already do not answer").toStdString();
    else if (!found->hidden.empty())
        error.message =
            tr("What is left has to be made anew: %1", "%1 says why the journal has not what a secret holds")
                .arg(QString::fromStdString(found->hidden.front().why))
                .toStdString();
    if (!error.message.empty())
        return fail(std::move(error));
    planSet(std::move(found->set), found->over);
}

void ChangeRun::planSet(change::ChangeSet set, const std::vector<std::size_t>& over) {
    m_state = State::Planning;
    m_planner = m_door.plan(
        std::move(set), [this] { tellSoon(); },
        [this] {
            takePlan();
            enter(State::Planned);
        },
        over);
    takePlan();
    emit stateChanged();
    emit changed();
}

void ChangeRun::takePlan() {
    if (m_planner && !m_applier) {
        m_plan = m_planner->plan();
        takeIntent();
    }
}

void ChangeRun::takeIntent() {
    if (m_intent)
        m_plan.set.intent = change::intentLine(m_intent->toStdString());
}

QString ChangeRun::intent() const {
    return m_intent ? *m_intent : QString::fromStdString(m_plan.set.intent);
}

bool ChangeRun::mayChangeIntent() const {
    const bool isOpen = m_state == State::Building || m_state == State::Planning || m_state == State::Planned;
    return isOpen && m_start == change::Applier::Start::New;
}

void ChangeRun::setIntent(const QString& intent) {
    if (!mayChangeIntent())
        return;
    m_intent = intent;
    takeIntent();
}

void ChangeRun::resolve(std::size_t operation, const std::vector<change::Resolution>& resolutions) {
    if (m_state != State::Planned && m_state != State::Planning)
        return;
    m_planner->resolve(operation, resolutions);
    takePlan();
    enter(State::Planning);
}

void ChangeRun::retry() {
    if (m_state != State::Planned)
        return;
    m_planner->retry();
    takePlan();
    enter(State::Planning);
}

void ChangeRun::apply(change::Confirmation confirmation) {
    if (m_state != State::Planned || !m_plan.mayApply())
        return;
    // From now on as the journal has it.
    m_intent.reset();
    m_applier = m_door.apply(
        m_plan, std::move(confirmation), [this] { tellSoon(); },
        [this] {
            m_problem = m_applier->problem();
            enter(State::Over);
            follow();
        },
        m_start);
    m_planner.reset();
    enter(State::Applying);
}

void ChangeRun::cancel() {
    if (m_state != State::Applying)
        return;
    m_isCancelled = true;
    m_applier->cancel();
    tellSoon();
}

void ChangeRun::enter(State state) {
    m_tell.stop();
    m_state = state;
    emit stateChanged();
    emit changed();
}

void ChangeRun::follow() {
    const auto isLeft = [](const change::OperationProgress& one) { return change::isLeft(one.outcome); };
    if (m_followUp && !m_problem && std::ranges::none_of(progress(), isLeft))
        m_followUp(*this);
}

void ChangeRun::conclude(std::vector<Afterword> words) {
    m_afterwords = std::move(words);
    emit changed();
}

void ChangeRun::fail(base::Error error) {
    m_problem = std::move(error);
    enter(State::Failed);
}

void ChangeRun::tellSoon() {
    if (!m_tell.isActive())
        m_tell.start();
}

} // namespace ui
