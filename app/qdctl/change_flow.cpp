// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/change_flow.h"

#include "app/qdctl/interruption.h"
#include "app/qdctl/options.h"
#include "core/base/secret_service.h"
#include "core/change/acts/act.h"
#include "core/change/line_diff.h"
#include "core/fleet/paths.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <iostream>
#include <set>
#include <utility>

namespace qdctl {

namespace {

using change::Operation;
using change::OperationProgress;
using change::Outcome;
using change::PlannedOperation;
using change::Verdict;

void put(FILE* to, const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), to);
}

bool spansClusters(const change::ChangeSet& set) {
    return std::any_of(set.operations.begin(), set.operations.end(), [&set](const Operation& operation) {
        return operation.cluster.context != set.operations.front().cluster.context;
    });
}

std::string kindName(const change::ObjectRef& object) {
    std::string name = object.kind;
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    const std::size_t slash = object.apiVersion.find('/');
    return slash == std::string::npos ? name : name + "." + object.apiVersion.substr(0, slash);
}

/// kubectl's word for what was done.
std::string pastOf(const Operation& operation, bool changed, const ChangeOptions& options) {
    if (!options.past.empty())
        return options.past;
    switch (change::actOf(operation).kind) {
    case change::ActKind::Create:
        return "created";
    case change::ActKind::Apply:
        return "serverside-applied";
    case change::ActKind::Patch:
        return changed ? "patched" : "patched (no change)";
    case change::ActKind::Replace:
        return "replaced";
    case change::ActKind::Scale:
        return "scaled";
    case change::ActKind::Restart:
        return "restarted";
    case change::ActKind::Pause:
        return "paused";
    case change::ActKind::Resume:
        return "resumed";
    case change::ActKind::Label:
        return changed ? "labeled" : "not labeled";
    case change::ActKind::Annotate:
        return "annotated";
    case change::ActKind::Cordon:
        return changed ? "cordoned" : "already cordoned";
    case change::ActKind::Uncordon:
        return changed ? "uncordoned" : "already uncordoned";
    case change::ActKind::Evict:
        return "evicted";
    case change::ActKind::Delete:
        return "deleted";
    }
    return "changed";
}

/// Prints what ended, in the order of the set.
class Reporter {
public:
    Reporter(const change::Plan& plan, const ChangeOptions& options)
        : m_plan(plan)
        , m_options(options)
        , m_withClusters(spansClusters(plan.set))
        , m_told(plan.operations.size(), false) {}

    void report(const std::vector<OperationProgress>& progress) {
        for (std::size_t i = 0; i < progress.size(); ++i) {
            if (progress[i].stage != change::Stage::Ended) {
                if (m_options.asItEnds)
                    continue;
                break;
            }
            if (!m_told[i] && m_plan.operations[i].verdict != Verdict::Over)
                line(i, progress[i]);
            m_told[i] = true;
        }
        std::fflush(stdout);
    }

    void tell(std::size_t number, const std::string& what) const {
        complain(prefix(number) + objectName(m_plan.set.operations[number].object) + ": " + what);
    }

private:
    std::string prefix(std::size_t number) const {
        return m_withClusters ? m_plan.set.operations[number].cluster.context + ": " : std::string();
    }

    void line(std::size_t number, const OperationProgress& progress) const {
        const Operation& operation = m_plan.set.operations[number];
        if (progress.outcome != Outcome::Done) {
            tell(number, std::string(toString(progress.outcome)) + ": " + progress.message);
            return;
        }
        if (progress.verified == change::Verified::No)
            tell(number, progress.message);
        const std::string name = objectName(operation.object);
        if (m_options.output == "none")
            return;
        if (m_options.output == "name")
            return put(stdout, name + "\n");
        const bool changed = m_plan.operations[number].verdict != Verdict::NoChange;
        put(stdout, prefix(number) + name + " " + pastOf(operation, changed, m_options) + "\n");
    }

    const change::Plan& m_plan;
    const ChangeOptions& m_options;
    const bool m_withClusters;
    std::vector<bool> m_told;
};

/// A value of a secret is not for the terminal.
std::string shownValue(const change::FieldConflict& conflict, const std::string& value, const std::string& kind) {
    if (value.empty())
        return "none";
    const bool isHidden =
        kind == "Secret" && (conflict.field.starts_with(".data") || conflict.field.starts_with(".stringData"));
    return isHidden ? "hidden" : value;
}

std::string conflictText(const PlannedOperation& planned, const std::string& kind) {
    std::string text = "fields of it belong to other managers:";
    for (const change::FieldConflict& conflict : planned.conflicts)
        text += "\n  " + conflict.field + " (" + conflict.manager + "): " + shownValue(conflict, conflict.live, kind) +
                " -> " + shownValue(conflict, conflict.wanted, kind);
    return text + "\n  --take-over writes ours and takes the fields; or leave them out";
}

/// Empty where an undo brings everything back.
std::string lossText(const Operation& operation) {
    switch (change::lossOf(operation)) {
    case change::Loss::Nothing:
        break;
    case change::Loss::Contents:
        return "everything in namespace " + operation.object.name +
               " is deleted with it, and undo does not bring it back";
    case change::Loss::Instances:
        return "every object that " + operation.object.name +
               " defines is deleted with it, and undo does not bring it back";
    case change::Loss::Data:
        return "the data of " + operation.object.name + " may be deleted with it, and undo does not bring it back";
    }
    return {};
}

/// What stands in the way; returns Complete where nothing does.
int judge(const change::Plan& plan, const Reporter& reporter) {
    bool refused = false;
    bool conflict = false;
    std::set<std::string> warnings;
    const auto warn = [&warnings](const std::string& warning) {
        if (!warning.empty() && warnings.insert(warning).second)
            put(stderr, "Warning: " + warning + "\n");
    };
    for (std::size_t i = 0; i < plan.operations.size(); ++i) {
        const PlannedOperation& planned = plan.operations[i];
        for (const std::string& warning : planned.warnings)
            warn(warning);
        warn(lossText(plan.set.operations[i]));
        if (planned.verdict == Verdict::Conflict) {
            conflict = true;
            reporter.tell(i, conflictText(planned, plan.set.operations[i].object.kind));
        } else if (planned.verdict == Verdict::Refused || planned.verdict == Verdict::Unreached) {
            refused = true;
            reporter.tell(i, planned.error ? explain(*planned.error) : "refused");
        }
    }
    if (refused || conflict)
        complain("nothing was changed");
    return refused ? Failed : conflict ? Conflicted : Complete;
}

/// Fields of others, or an object that moved on: nothing that is wrong with the change itself.
bool isConflict(const OperationProgress& progress) {
    return progress.outcome == Outcome::Failed && progress.error && progress.error->code == base::ErrorCode::Conflict &&
           progress.error->reason != "AlreadyExists";
}

int outcomeOf(const change::Plan& plan, const std::vector<OperationProgress>& progress) {
    std::size_t good = 0;
    std::size_t conflicts = 0;
    std::size_t others = 0;
    for (std::size_t i = 0; i < progress.size(); ++i) {
        const auto& after = plan.set.operations[i].after;
        if (plan.operations[i].verdict == Verdict::Over)
            continue;
        if (progress[i].outcome == Outcome::Done && progress[i].verified != change::Verified::No)
            ++good;
        else if (isConflict(progress[i]))
            ++conflicts;
        // What waited for another fails for its reason, not for one of its own.
        else if (progress[i].outcome != Outcome::NotSent ||
                 std::all_of(after.begin(), after.end(),
                             [&](std::size_t earlier) { return progress[earlier].outcome == Outcome::Done; }))
            ++others;
    }
    if (others > 0)
        return good > 0 && spansClusters(plan.set) ? Partial : Failed;
    return conflicts > 0 ? Conflicted : Complete;
}

} // namespace

ChangeSession::ChangeSession(Session& session)
    : m_session(session)
    , m_clusters(session)
    , m_door({session.home(), session.clock(), m_timers, m_clusters, fleet::Paths::fromEnvironment().state + "/journal",
              "qdctl", std::make_shared<base::SecretServiceKeyring>("journal")}) {}

std::unique_ptr<change::Planner> ChangeSession::plan(change::ChangeSet set, const std::vector<std::size_t>& over) {
    bool done = false;
    const Interruption interruption(m_session.home());
    auto planner = m_door.plan(
        std::move(set), {},
        [this, &done] {
            done = true;
            m_session.home().stop();
        },
        over);
    m_session.home().run();
    return done ? std::move(planner) : nullptr;
}

int ChangeSession::carryOut(change::ChangeSet set, const ChangeOptions& options) {
    return carryOut(std::move(set), {}, change::Applier::Start::New, options);
}

int ChangeSession::goOn(const change::Unfinished& rest, const ChangeOptions& options) {
    return carryOut(rest.set, rest.over, change::Applier::Start::Resumed, options);
}

int ChangeSession::carryOut(change::ChangeSet set, const std::vector<std::size_t>& over, change::Applier::Start start,
                            const ChangeOptions& options) {
    if (!options.intent.empty())
        set.intent = options.intent;
    for (Operation& operation : set.operations) {
        if (options.takeOver && operation.verb == change::Verb::Apply)
            operation.ownership = change::Ownership::TakeOver;
        if (!options.wait)
            operation.await = change::Await::Nothing;
    }
    const auto planner = plan(std::move(set), over);
    if (!planner)
        return Failed;
    const change::Plan& plan = planner->plan();
    const Reporter reporter(plan, options);
    if (const int code = judge(plan, reporter); code != Complete)
        return code;
    if (!options.dryRun)
        return apply(plan, start, options);
    for (std::size_t i = 0; i < plan.operations.size(); ++i) {
        const Operation& operation = plan.set.operations[i];
        const std::string cluster = spansClusters(plan.set) ? operation.cluster.context + ": " : std::string();
        const bool later = plan.operations[i].verdict == Verdict::Deferred;
        put(stdout, cluster + objectName(operation.object) + " " +
                        pastOf(operation, plan.operations[i].verdict != Verdict::NoChange, options) +
                        (later ? " (not checked: an earlier part has to be stored first)\n" : " (server dry run)\n"));
    }
    return Complete;
}

// Protected clusters are named on the command line, or typed.
bool ChangeSession::confirmed(const change::Plan& plan, const ChangeOptions& options,
                              change::Confirmation& confirmation) {
    std::set<std::string> asked;
    for (const Operation& operation : plan.set.operations) {
        const base::Result<change::ClusterWay> way = m_clusters.find(operation.cluster);
        if (!way || !way->isProtected || !asked.insert(way->name).second)
            continue;
        if (std::find(options.confirm.begin(), options.confirm.end(), way->name) != options.confirm.end()) {
            confirmation.clusterNames.push_back(way->name);
            continue;
        }
        if (::isatty(STDIN_FILENO) == 0) {
            complain(way->name + " is protected; nothing was changed. Say --confirm " + way->name + " if it is meant");
            return false;
        }
        put(stderr, way->name + " is protected. Type its name to go on: ");
        std::string typed;
        std::getline(std::cin, typed);
        if (typed != way->name) {
            complain("that is not its name; nothing was changed");
            return false;
        }
        confirmation.clusterNames.push_back(typed);
    }
    return true;
}

int ChangeSession::apply(const change::Plan& plan, change::Applier::Start start, const ChangeOptions& options) {
    change::Confirmation confirmation;
    if (!confirmed(plan, options, confirmation))
        return Failed;
    Reporter reporter(plan, options);
    std::unique_ptr<change::Applier> applier;
    bool done = false;
    std::vector<std::string> held(plan.operations.size());
    applier = m_door.apply(
        plan, confirmation,
        [&] {
            const auto& progress = applier->progress();
            for (std::size_t i = 0; i < progress.size(); ++i) {
                // Every pod is still there for a moment; what holds it is worth a word.
                const bool waits =
                    progress[i].stage == change::Stage::Held ||
                    (progress[i].stage == change::Stage::Awaiting && progress[i].message != change::kStillThere);
                if (waits && !progress[i].message.empty() &&
                    std::exchange(held[i], progress[i].message) != progress[i].message)
                    reporter.tell(i, progress[i].message);
            }
            reporter.report(progress);
        },
        [this, &done] {
            done = true;
            m_session.home().stop();
        },
        start);
    {
        const Interruption interruption(m_session.home());
        m_session.home().run();
    }
    if (!done) {
        complain("interrupted: what is under way is brought to its end, nothing more is sent");
        applier->cancel();
        m_session.home().run();
    }
    reporter.report(applier->progress());
    if (applier->problem()) {
        complain(applier->problem()->message);
        return Failed;
    }
    if (applier->unsealed())
        complain("what secrets held is not kept, so that this cannot be taken back: " + applier->unsealed()->message);
    const int code = outcomeOf(plan, applier->progress());
    if (code != Complete || !done)
        complain("the journal has it as set " + plan.set.id);
    return done ? code : Failed;
}

std::string objectName(const change::ObjectRef& object) {
    return kindName(object) + "/" + object.name;
}

} // namespace qdctl
