// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/change_text.h"

#include "core/fleet/fleet.h"
#include "ui/base/error_text.h"
#include "ui/base/format.h"
#include "ui/change/change_run.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <set>

namespace ui {

class ChangeText {
    Q_DECLARE_TR_FUNCTIONS(ui::ChangeText)
};

namespace {

Cell markedCell(Mark mark, const QString& text, Ink ink = Ink::Text) {
    Cell cell;
    cell.mark = mark;
    cell.text = text;
    cell.ink = ink;
    cell.elide = CellElide::End;
    return cell;
}

QString tookText(std::int64_t ms) {
    if (ms < 10'000)
        return ChangeText::tr("%L1 ms", "milliseconds").arg(ms);
    return ChangeText::tr("%L1 s", "seconds").arg(ms / 1000);
}

QString withFields(const QString& act, std::size_t fields) {
    if (fields == 0)
        return act;
    return ChangeText::tr("%1, %Ln fields", "%1 is what is done: Apply, Patch", static_cast<int>(fields)).arg(act);
}

/// What deserves a look although the server would take it.
int remarksOf(const change::PlannedOperation& planned) {
    return static_cast<int>(planned.warnings.size() + planned.undoers.size()) + (planned.movedOn ? 1 : 0);
}

Cell endedCell(const change::Operation& operation, const change::OperationProgress& progress) {
    const QString message = QString::fromStdString(progress.message);
    // What holds an eviction is told by the budget's own words.
    const bool ownWords = operation.verb == change::Verb::Evict && !message.isEmpty();
    const QString why = progress.error && !ownWords ? refusalText(*progress.error) : message;
    switch (progress.outcome) {
    case change::Outcome::Done:
        if (progress.verified == change::Verified::No)
            return markedCell(Mark::Attention, ChangeText::tr("stored, but: %1", "%1 is why").arg(message));
        if (operation.await == change::Await::Gone && progress.verified == change::Verified::Yes)
            return markedCell(Mark::Good, ChangeText::tr("gone after %1").arg(tookText(progress.tookMs)));
        if (progress.verified == change::Verified::Yes)
            return markedCell(Mark::Good, ChangeText::tr("done, rolled out in %1").arg(tookText(progress.tookMs)));
        return markedCell(Mark::Good, ChangeText::tr("done in %1").arg(tookText(progress.tookMs)));
    case change::Outcome::Failed:
        return markedCell(Mark::Broken, ChangeText::tr("failed: %1", "%1 is why").arg(why));
    case change::Outcome::Unknown:
        return markedCell(Mark::Attention, ChangeText::tr("unknown: %1", "%1 is why").arg(message));
    case change::Outcome::NotSent:
    case change::Outcome::Sending:
        break;
    }
    return markedCell(Mark::NotConnected, ChangeText::tr("not sent: %1", "%1 is why").arg(why), Ink::Muted);
}

QString plannedText(const ChangeRun& run) {
    const auto& operations = run.plan().operations;
    std::array<int, 8> counts{};
    for (const change::PlannedOperation& planned : operations)
        ++counts[static_cast<std::size_t>(planned.verdict)];
    const auto count = [&counts](change::Verdict verdict) { return counts[static_cast<std::size_t>(verdict)]; };
    if (operations.empty())
        return run.refused().empty() ? ChangeText::tr("Nothing to do") : ChangeText::tr("Nothing can be taken back");
    if (const int refused = count(change::Verdict::Refused); refused > 0)
        return ChangeText::tr("%Ln refused, so nothing is applied", nullptr, refused);
    if (const int away = count(change::Verdict::Unreached); away > 0)
        return ChangeText::tr("%Ln not reached", nullptr, away);
    if (const int conflicts = count(change::Verdict::Conflict); conflicts > 0)
        return ChangeText::tr("%Ln conflicts to decide", nullptr, conflicts);
    if (count(change::Verdict::NoChange) == static_cast<int>(operations.size()))
        return ChangeText::tr("Nothing would change");
    if (const auto stays = static_cast<int>(run.refused().size()); stays > 0)
        return ChangeText::tr("Dry run passed, %Ln cannot be taken back", nullptr, stays);
    if (const int later = count(change::Verdict::Deferred); later > 0)
        return ChangeText::tr("Dry run passed, %Ln checked later", nullptr, later);
    return ChangeText::tr("Dry run passed everywhere");
}

QString progressText(const ChangeRun& run) {
    int done = 0;
    for (const change::OperationProgress& progress : run.progress())
        done += progress.stage == change::Stage::Ended ? 1 : 0;
    const int all = static_cast<int>(run.progress().size());
    return run.isCancelled() ? ChangeText::tr("Stopping, %1 of %L2 have their result").arg(countText(done)).arg(all)
                             : ChangeText::tr("Applying, %1 of %L2 have their result").arg(countText(done)).arg(all);
}

QString resultText(const ChangeRun& run) {
    int done = 0;
    int failed = 0;
    int unknown = 0;
    int unverified = 0;
    int notSent = 0;
    for (const change::OperationProgress& progress : run.progress()) {
        done += progress.outcome == change::Outcome::Done ? 1 : 0;
        failed += progress.outcome == change::Outcome::Failed ? 1 : 0;
        unknown += progress.outcome == change::Outcome::Unknown ? 1 : 0;
        notSent += progress.outcome == change::Outcome::NotSent ? 1 : 0;
        unverified += progress.verified == change::Verified::No ? 1 : 0;
    }
    if (failed + unknown + notSent == 0)
        return unverified == 0 ? ChangeText::tr("Done everywhere")
                               : ChangeText::tr("Done everywhere, %Ln not verified", nullptr, unverified);
    QStringList parts;
    const auto add = [&parts](int count, const QString& text) {
        if (count > 0)
            parts.append(text);
    };
    add(done, ChangeText::tr("%Ln done", nullptr, done));
    add(failed, ChangeText::tr("%Ln failed", nullptr, failed));
    add(unknown, ChangeText::tr("%Ln unknown", nullptr, unknown));
    add(notSent, ChangeText::tr("%Ln not sent", nullptr, notSent));
    return parts.join(QStringLiteral(", "));
}

QString awaitingText(const change::Operation& operation, const QString& message) {
    if (operation.await == change::Await::Gone)
        return message.isEmpty() ? ChangeText::tr("accepted, waited for…")
                                 : ChangeText::tr("accepted: %1", "%1 is what is waited for").arg(message);
    return message.isEmpty() ? ChangeText::tr("stored, waited for…")
                             : ChangeText::tr("stored: %1", "%1 is what is waited for").arg(message);
}

/// "spec.containers[0].image" of a JSON pointer.
QString pathText(const QString& pointer) {
    QString path;
    for (QString step : pointer.mid(1).split(u'/')) {
        bool isPlace = false;
        step.toUInt(&isPlace);
        step.replace(QLatin1String("~1"), QLatin1String("/")).replace(QLatin1String("~0"), QLatin1String("~"));
        if (isPlace)
            path += QStringLiteral("[%1]").arg(step);
        else
            path += path.isEmpty() ? step : u'.' + step;
    }
    return path;
}

} // namespace

QString actText(const change::Operation& operation) {
    const change::Act act = change::actOf(operation);
    switch (act.kind) {
    case change::ActKind::Create:
        return operation.subresource.empty() ? ChangeText::tr("Create")
                                             : ChangeText::tr("Create %1", "%1 is a subresource")
                                                   .arg(QString::fromStdString(operation.subresource));
    case change::ActKind::Apply:
        return withFields(ChangeText::tr("Apply"), act.fields);
    case change::ActKind::Patch:
        return withFields(ChangeText::tr("Patch"), act.fields);
    case change::ActKind::Replace:
        return ChangeText::tr("Replace");
    case change::ActKind::Scale:
        return ChangeText::tr("Scale to %L1", "%1 is a number of replicas").arg(act.replicas);
    case change::ActKind::Restart:
        return ChangeText::tr("Restart");
    case change::ActKind::Pause:
        return ChangeText::tr("Pause rollout");
    case change::ActKind::Resume:
        return ChangeText::tr("Resume rollout");
    case change::ActKind::Label:
        return ChangeText::tr("Set %Ln labels", nullptr, static_cast<int>(act.fields));
    case change::ActKind::Annotate:
        return ChangeText::tr("Set %Ln annotations", nullptr, static_cast<int>(act.fields));
    case change::ActKind::Cordon:
        return ChangeText::tr("Cordon");
    case change::ActKind::Uncordon:
        return ChangeText::tr("Uncordon");
    case change::ActKind::Evict:
        return ChangeText::tr("Evict");
    case change::ActKind::Delete:
        break;
    }
    switch (operation.propagation) {
    case change::Propagation::Foreground:
        return ChangeText::tr("Delete, dependents first");
    case change::Propagation::Orphan:
        return ChangeText::tr("Delete, dependents stay");
    case change::Propagation::Default:
    case change::Propagation::Background:
        break;
    }
    return ChangeText::tr("Delete");
}

QString objectText(const change::ObjectRef& object) {
    return QString::fromStdString(change::toString(object));
}

QString fieldText(const std::string& field) {
    return QString::fromStdString(field.starts_with('.') ? field.substr(1) : field);
}

QString refusalText(const base::Error& error) {
    const bool ownWords = error.httpStatus == 400 || error.httpStatus == 404 || error.httpStatus == 409 ||
                          error.httpStatus == 422 || error.code == base::ErrorCode::Internal;
    const bool saysMore = error.code == base::ErrorCode::Unsupported || error.code == base::ErrorCode::NotFound ||
                          (error.httpStatus == 0 && error.code == base::ErrorCode::Unreachable);
    if ((ownWords || saysMore) && !error.message.empty())
        return QString::fromStdString(error.message);
    // An admission webhook's no comes as 403, and only its words tell which rule it was.
    if (error.code == base::ErrorCode::Forbidden && error.message.find("admission") != std::string::npos)
        return QString::fromStdString(error.message);
    return errorSentence(error);
}

Cell verdictCell(const change::PlannedOperation& planned) {
    switch (planned.verdict) {
    case change::Verdict::Pending:
        return markedCell(Mark::Pending, ChangeText::tr("asked…", "a server, what it would do"), Ink::Muted);
    case change::Verdict::Accepted: {
        const QString text = ChangeText::tr("accepted in %1").arg(tookText(planned.tookMs));
        const int remarks = remarksOf(planned);
        if (remarks == 0)
            return markedCell(Mark::Good, text);
        return markedCell(Mark::Attention,
                          ChangeText::tr("%1, %Ln remarks", "%1 is like accepted in 41 ms", remarks).arg(text));
    }
    case change::Verdict::NoChange:
        return markedCell(Mark::Done, ChangeText::tr("would change nothing"), Ink::Muted);
    case change::Verdict::Conflict:
        return markedCell(Mark::Attention, ChangeText::tr("%Ln fields in conflict", nullptr,
                                                          static_cast<int>(planned.conflicts.size())));
    case change::Verdict::Deferred:
        return markedCell(Mark::Pending, ChangeText::tr("checked once what it needs is stored"), Ink::Muted);
    case change::Verdict::Refused:
        return markedCell(
            Mark::Broken,
            ChangeText::tr("refused: %1", "%1 is why").arg(planned.error ? refusalText(*planned.error) : QString()));
    case change::Verdict::Unreached:
        return markedCell(Mark::Away, planned.error ? refusalText(*planned.error) : ChangeText::tr("not reached"));
    case change::Verdict::Over:
        return markedCell(Mark::Done, ChangeText::tr("was done before"), Ink::Muted);
    }
    return {};
}

Cell ownersCell(const change::Operation& operation, const change::PlannedOperation& planned, std::int64_t nowMs) {
    if (planned.conflicts.empty()) {
        if (operation.ownership == change::Ownership::TakeOver)
            return markedCell(Mark::None, ChangeText::tr("taken over"), Ink::Muted);
        const bool known = planned.verdict == change::Verdict::Accepted || planned.verdict == change::Verdict::NoChange;
        return markedCell(Mark::None, known ? ChangeText::tr("none", "fields owned by others") : QString(), Ink::Muted);
    }
    const change::FieldConflict& first = planned.conflicts.front();
    QString text = ChangeText::tr("%1 by %2", "field and its manager")
                       .arg(fieldText(first.field), QString::fromStdString(first.manager));
    if (first.sinceMs > 0)
        text = ChangeText::tr("%1, %2", "field by manager, and when: 3 h ago").arg(text, agoText(first.sinceMs, nowMs));
    if (planned.conflicts.size() > 1)
        text = ChangeText::tr("%1 and %Ln more", "%1 is a field", static_cast<int>(planned.conflicts.size() - 1))
                   .arg(text);
    return markedCell(Mark::Attention, text, Ink::Attention);
}

Cell resultCell(const change::Operation& operation, const change::OperationProgress* progress) {
    if (!progress)
        return {};
    const QString message = QString::fromStdString(progress->message);
    switch (progress->stage) {
    case change::Stage::Waiting:
        return markedCell(Mark::Away, message.isEmpty() ? ChangeText::tr("waits for its turn") : message, Ink::Muted);
    case change::Stage::Checking:
        return markedCell(Mark::Pending, ChangeText::tr("checked again…"));
    case change::Stage::Recording:
    case change::Stage::Sending:
        return markedCell(Mark::Pending, ChangeText::tr("being stored…"));
    case change::Stage::Held:
        return markedCell(Mark::Attention, ChangeText::tr("held: %1", "%1 is why").arg(message));
    case change::Stage::ReadingBack:
        return markedCell(Mark::Attention, ChangeText::tr("no answer, reading back…"));
    case change::Stage::Awaiting:
        return markedCell(Mark::Pending, awaitingText(operation, message));
    case change::Stage::Ended:
        break;
    }
    return endedCell(operation, *progress);
}

QString finalizerText(const change::Finalizer& finalizer) {
    switch (finalizer.holds) {
    case change::Holds::Dependents:
        return ChangeText::tr("stays until everything it owns is deleted");
    case change::Holds::OrphanDependents:
        return ChangeText::tr("stays until what it owns has let go of it");
    case change::Holds::PodsUsingClaim:
        return ChangeText::tr("stays as long as a pod uses this claim");
    case change::Holds::ClaimBound:
        return ChangeText::tr("stays as long as a claim is bound to this volume");
    case change::Holds::Contents:
        return ChangeText::tr("stays until everything in the namespace is gone");
    case change::Holds::LoadBalancer:
        return ChangeText::tr("stays until the cloud's load balancer is given back");
    case change::Holds::Controller:
        break;
    }
    return ChangeText::tr("stays until the controller behind the finalizer %1 has done its work")
        .arg(QString::fromStdString(finalizer.name));
}

QString lossText(change::Loss loss) {
    switch (loss) {
    case change::Loss::Nothing:
        break;
    case change::Loss::Contents:
        return ChangeText::tr("everything in the namespace is deleted with it; undo makes the namespace alone again");
    case change::Loss::Instances:
        return ChangeText::tr("every object of this kind is deleted with it; undo makes the definition alone again");
    case change::Loss::Data:
        return ChangeText::tr("the volume's data may be deleted with it; undo does not bring data back");
    }
    return {};
}

QString undoerText(const change::Undoer& undoer) {
    const QString who = QString::fromStdString(undoer.who);
    if (undoer.field.empty())
        return ChangeText::tr("%1 manages this object and may set it back").arg(who);
    QString field = QString::fromStdString(undoer.field);
    if (field.startsWith(u'/'))
        field = pathText(field);
    return ChangeText::tr("%1 may set %2 back", "who and which field").arg(who, field);
}

QString headingText(const ChangeRun& run) {
    const auto& set = run.plan().set;
    QString state;
    switch (run.state()) {
    case ChangeRun::State::Building:
        return ChangeText::tr("Reading what is there…");
    case ChangeRun::State::Failed:
        return run.problem() ? refusalText(*run.problem()) : QString();
    case ChangeRun::State::Planning: {
        const auto& operations = run.plan().operations;
        const auto pending = std::count_if(operations.begin(), operations.end(), [](const auto& planned) {
            return planned.verdict == change::Verdict::Pending;
        });
        state = ChangeText::tr("Dry run, %1 of %L2 answered")
                    .arg(countText(static_cast<std::int64_t>(operations.size()) - pending))
                    .arg(operations.size());
        break;
    }
    case ChangeRun::State::Planned:
        state = plannedText(run);
        break;
    case ChangeRun::State::Applying:
        state = progressText(run);
        break;
    case ChangeRun::State::Over:
        state = run.problem() ? refusalText(*run.problem()) : resultText(run);
        break;
    }
    const QString where = ChangeText::tr("%Ln clusters", "in how many clusters", clusterCount(set));
    const QString what =
        ChangeText::tr("%Ln objects in %1", "%1 is like 2 clusters", static_cast<int>(set.operations.size()))
            .arg(where);
    return ChangeText::tr("%1. %2", "how much is changed, how far it is").arg(what, state);
}

const fleet::ClusterInfo* clusterOf(const fleet::Fleet& fleet, const change::ClusterRef& cluster) {
    if (!cluster.uid.empty()) {
        for (const fleet::ClusterInfo& info : fleet.clusters()) {
            if (info.uid == cluster.uid)
                return &info;
        }
    }
    const fleet::ClusterId id = fleet.byContext(cluster.context);
    return id.isNull() ? nullptr : &fleet.cluster(id);
}

int clusterCount(const change::ChangeSet& set) {
    std::set<std::string> clusters;
    for (const change::Operation& operation : set.operations)
        clusters.insert(operation.cluster.uid.empty() ? operation.cluster.context : operation.cluster.uid);
    return static_cast<int>(clusters.size());
}

} // namespace ui
