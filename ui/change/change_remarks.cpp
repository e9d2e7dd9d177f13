// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/change/change_remarks.h"

#include "core/fleet/fleet.h"
#include "ui/base/error_text.h"
#include "ui/change/change_run.h"
#include "ui/change/change_text.h"

#include <QCoreApplication>

namespace ui {

class ChangeRemarks {
    Q_DECLARE_TR_FUNCTIONS(ui::ChangeRemarks)
};

namespace {

using Remarks = std::vector<RemarksPanel::Remark>;

QString withAdvice(const base::Error& error) {
    // What helps a connection is another matter than what helps a write.
    const bool helps = error.code == base::ErrorCode::Forbidden || error.code == base::ErrorCode::Unauthorized ||
                       error.code == base::ErrorCode::Expired || error.code == base::ErrorCode::PluginFailed;
    const QString advice = helps ? errorAdvice(error) : QString();
    const QString sentence = refusalText(error);
    return advice.isEmpty() ? sentence : ChangeRemarks::tr("%1. %2", "what is wrong, what helps").arg(sentence, advice);
}

void addPlan(const change::Operation& operation, const change::PlannedOperation& planned, Remarks& out) {
    if (planned.error)
        out.push_back(
            {planned.verdict == change::Verdict::Refused ? Mark::Broken : Mark::Attention, withAdvice(*planned.error)});
    if (planned.movedOn)
        out.push_back({Mark::Attention, ChangeRemarks::tr("The object has moved on since this change was made from it: "
                                                          "“Moved on” shows what is different.")});
    for (const std::string& warning : planned.warnings)
        out.push_back(
            {Mark::Attention, ChangeRemarks::tr("The server warns: %1").arg(QString::fromStdString(warning))});
    for (const change::Undoer& undoer : planned.undoers)
        out.push_back({Mark::Attention, undoerText(undoer)});
    if (const QString loss = lossText(change::lossOf(operation)); !loss.isEmpty())
        out.push_back({Mark::Attention, loss});
    if (operation.verb == change::Verb::Delete) {
        for (const change::Finalizer& finalizer : change::finalizersOf(planned.before))
            out.push_back({Mark::Info, finalizerText(finalizer)});
    }
}

void addResult(const change::Operation& operation, const change::OperationProgress& progress, Remarks& out) {
    const QString message = QString::fromStdString(progress.message);
    if (progress.stage == change::Stage::Held)
        out.push_back({Mark::Attention, message});
    if (progress.stage != change::Stage::Ended)
        return;
    // What holds an eviction is told by the budget's own words.
    const bool ownWords = operation.verb == change::Verb::Evict && !message.isEmpty();
    if (progress.outcome == change::Outcome::Failed)
        out.push_back({Mark::Broken, progress.error && !ownWords ? withAdvice(*progress.error) : message});
    if (progress.outcome == change::Outcome::Unknown)
        out.push_back(
            {Mark::Attention, ChangeRemarks::tr("Nobody knows whether it was stored (%1). It is read back as soon "
                                                "as the cluster answers; the journal tells.")
                                  .arg(message)});
}

} // namespace

Remarks remarksOf(const ChangeRun& run, std::size_t number, const fleet::Fleet& fleet) {
    Remarks remarks;
    const change::Plan& plan = run.plan();
    const std::size_t count = plan.set.operations.size();
    if (run.problem())
        remarks.push_back({Mark::Broken, withAdvice(*run.problem())});
    if (number >= count) {
        if (number - count < run.refused().size())
            remarks.push_back({Mark::Broken, QString::fromStdString(run.refused()[number - count].why)});
        return remarks;
    }
    for (const ChangeRun::Afterword& word : run.afterwords())
        remarks.push_back({word.isWell ? Mark::Good : Mark::Attention, word.text});
    const change::Operation& operation = plan.set.operations[number];
    const fleet::ClusterInfo* cluster = clusterOf(fleet, operation.cluster);
    if (cluster && cluster->isReadOnly)
        remarks.push_back(
            {Mark::Broken, ChangeRemarks::tr("%1 is read-only here: nothing is written to it.", "%1 is a cluster")
                               .arg(QString::fromStdString(cluster->name))});
    if (run.progress().empty())
        addPlan(operation, plan.operations[number], remarks);
    else if (number < run.progress().size())
        addResult(operation, run.progress()[number], remarks);
    if (run.unsealed() && operation.object.kind == "Secret")
        remarks.push_back(
            {Mark::Attention, ChangeRemarks::tr("What it held is not kept, so that this cannot be taken back: %1",
                                                "%1 says why the keyring gave no key")
                                  .arg(QString::fromStdString(run.unsealed()->message))});
    return remarks;
}

} // namespace ui
