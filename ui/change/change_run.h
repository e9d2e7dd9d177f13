// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/cancel.h"
#include "core/change/door.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace ui {

/// One change set on its way through the door, from the first question to the last result. It lives beside the window,
/// so that a sheet may be left and come back to. Destroying it gives up what is under way.
class ChangeRun : public QObject {
    Q_OBJECT
public:
    enum class State {
        Building, ///< Objects are read to make the set: of an undo, of a set that is taken up again.
        Planning, ///< Servers are asked what they would do.
        Planned,
        Applying,
        Over,   ///< Each operation has its result.
        Failed, ///< There is no set to plan; problem() says why.
    };

    /// What is to be said of the whole once all of it is done.
    struct Afterword {
        bool isWell = true;
        QString text;
    };
    using FollowUp = std::function<void(ChangeRun&)>;

    ChangeRun(change::Door& door, change::ChangeSet set, QObject* parent = nullptr);
    /// What would take the set of that id back.
    static std::unique_ptr<ChangeRun> undo(change::Door& door, const std::string& set, const QString& title);
    /// The rest of the set of that id.
    static std::unique_ptr<ChangeRun> resume(change::Door& door, const std::string& set, const QString& title);
    ~ChangeRun() override;

    /// Unlike any other, also of other runs of the program.
    [[nodiscard]] const QString& id() const { return m_id; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const QString& title() const { return m_title; }
    [[nodiscard]] const change::Plan& plan() const { return m_plan; }
    /// One for each operation, once it is applied; empty before.
    [[nodiscard]] const std::vector<change::OperationProgress>& progress() const;
    /// What of the set that is taken back has to stay as it is.
    [[nodiscard]] const std::vector<change::UndoRefusal>& refused() const { return m_refused; }
    [[nodiscard]] const std::optional<base::Error>& problem() const { return m_problem; }
    /// Not empty: what secrets held is not kept, and why; see Applier.
    [[nodiscard]] const std::optional<base::Error>& unsealed() const;
    [[nodiscard]] bool isCancelled() const { return m_isCancelled; }
    /// Why, as it was typed last or as the set says.
    [[nodiscard]] QString intent() const;
    /// Nothing is applied yet, and the journal has no intent of the set.
    [[nodiscard]] bool mayChangeIntent() const;
    /// While it may be changed. The plan has it as change::intentLine() makes it.
    void setIntent(const QString& intent);
    [[nodiscard]] const std::vector<Afterword>& afterwords() const { return m_afterwords; }

    /// Runs when every operation is done, to look at what came of them; it ends in conclude(). Who takes the set up
    /// again hands it on.
    void setFollowUp(FollowUp followUp) { m_followUp = std::move(followUp); }
    [[nodiscard]] const FollowUp& followUp() const { return m_followUp; }
    void conclude(std::vector<Afterword> words);

    /// While planned: decides the conflicts of one operation, one resolution for each, and asks its server again.
    void resolve(std::size_t operation, const std::vector<change::Resolution>& resolutions);
    /// While planned: asks the servers anew that did not answer.
    void retry();
    /// While planned and the plan may be applied.
    void apply(change::Confirmation confirmation);
    /// While applying: sends nothing more.
    void cancel();

signals:
    /// Plan, progress or state may be other ones; some times a second at most.
    void changed();
    /// The state is another one. Comes before changed().
    void stateChanged();

private:
    explicit ChangeRun(change::Door& door, QString title);
    void planSet(change::ChangeSet set, const std::vector<std::size_t>& over = {});
    void takeUndo(base::Result<change::Undo> built);
    void takeRest(base::Result<change::Unfinished> found);
    void takePlan();
    void takeIntent();
    void enter(State state);
    void follow();
    void fail(base::Error error);
    void tellSoon();

    change::Door& m_door;
    QString m_id;
    QString m_title;
    std::optional<QString> m_intent; ///< As it was typed.
    State m_state = State::Building;
    change::Applier::Start m_start = change::Applier::Start::New;
    change::Plan m_plan;
    std::vector<change::UndoRefusal> m_refused;
    std::optional<base::Error> m_problem;
    bool m_isCancelled = false;
    FollowUp m_followUp;
    std::vector<Afterword> m_afterwords;
    QTimer m_tell;
    base::Cancel m_building;
    std::unique_ptr<change::Planner> m_planner;
    std::unique_ptr<change::Applier> m_applier;
};

} // namespace ui
