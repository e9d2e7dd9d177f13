// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/change_commands.h"
#include "app/qdctl/command_line.h"
#include "core/change/acts/images.h"
#include "core/change/acts/jobs.h"
#include "core/change/acts/taints.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <utility>

namespace qdctl {

namespace {

/// Everything that one command was told; its address stays, as options point into it.
struct WorkloadTold {
    ChangeOptions change;
    TargetOptions targets;
    std::string name;
    bool overwrite = false;
};

using ToldPtr = std::shared_ptr<WorkloadTold>;
using Operations = base::Result<std::optional<change::Operation>>;

void addCommon(CLI::App& command, WorkloadTold& told, const char* what) {
    command.add_option("TARGET", told.targets.words, what)->required();
    command.add_option("-l,--selector", told.targets.selector, "Label selector");
    command.add_flag("--all", told.targets.all, "All of the kind");
    addClusters(command, told.change);
    addChange(command, told.change);
}

void addNamespace(CLI::App& command, WorkloadTold& told) {
    command.add_option("-n,--namespace", told.change.ns, "Namespace; without it the context's");
    command.add_flag("-A,--all-namespaces", told.targets.allNamespaces, "In all namespaces");
}

/// Takes the words that `isValue` says out of the targets.
template <typename IsValue>
std::vector<std::string> takeOut(std::vector<std::string>& words, IsValue isValue) {
    const auto values = std::stable_partition(words.begin(), words.end(),
                                              [&isValue](const std::string& word) { return !isValue(word); });
    std::vector<std::string> taken(values, words.end());
    words.erase(values, words.end());
    return taken;
}

int runSetImage(Session& session, WorkloadTold& told) {
    const auto changes = change::parseImageChanges(
        takeOut(told.targets.words, [](const std::string& word) { return word.find('=') != std::string::npos; }));
    if (!changes) {
        complain(changes.error().message);
        return Usage;
    }
    return runActOn(session, told.targets, told.change, "Set images of",
                    [&changes](const FoundTarget& found) -> Operations {
                        return change::setImages(found.target, found.json, *changes);
                    });
}

int runTaint(Session& session, WorkloadTold& told) {
    // A node's name has no colon, and ends with a letter or a digit.
    const auto changes = change::parseTaintChanges(takeOut(told.targets.words, [](const std::string& word) {
        return word.find_first_of(":=") != std::string::npos || word.ends_with('-');
    }));
    if (!changes) {
        complain(changes.error().message);
        return Usage;
    }
    const auto removes = [](const change::TaintChange& change) { return change.removes; };
    const bool isAdded = !std::all_of(changes->begin(), changes->end(), removes);
    const bool isRemoved = std::any_of(changes->begin(), changes->end(), removes);
    told.change.past = told.overwrite || (isAdded && isRemoved) ? "modified" : isAdded ? "tainted" : "untainted";
    const change::TaintValues values = told.overwrite ? change::TaintValues::Overwritten : change::TaintValues::Kept;
    return runActOn(session, told.targets, told.change, "Taint", [&](const FoundTarget& found) -> Operations {
        return change::taint(found.target, found.json, *changes, values);
    });
}

using Run = change::Operation (*)(const change::Target&, std::string_view, const std::string&);

/// A new Job of each target, named after it unless there is one alone and a name is given.
int runJobs(Session& session, WorkloadTold& told, const char* kind, const char* title, Run run) {
    const std::string suffix = change::runSuffix(session.clock().nowMs());
    return runActOn(session, told.targets, told.change, title, [&](const FoundTarget& found) -> Operations {
        if (found.target.object.kind != kind)
            return base::fail(base::ErrorCode::BadInput, std::string("this is no ") + kind);
        const std::string& of = found.target.object.name;
        return run(found.target, found.json, told.name.empty() ? change::runName(of, suffix) : told.name);
    });
}

int runSuspension(Session& session, WorkloadTold& told, change::Running running) {
    const char* title = running == change::Running::Suspended ? "Suspend" : "Unsuspend";
    return runActOn(session, told.targets, told.change, title, [running](const FoundTarget& found) -> Operations {
        if (found.target.object.kind != "Job" && found.target.object.kind != "CronJob")
            return base::fail(base::ErrorCode::BadInput, "this is neither a Job nor a CronJob");
        return change::setRunning(found.target, running);
    });
}

template <typename Do>
ToldPtr add(CLI::App& parent, std::vector<Command>& commands, const char* name, const char* what, const char* target,
            Do run) {
    const auto told = std::make_shared<WorkloadTold>();
    CLI::App* command = parent.add_subcommand(name, what);
    addCommon(*command, *told, target);
    commands.push_back({command, [told, run](Session& session) { return run(session, *told); }});
    return told;
}

} // namespace

void addWorkloadCommands(CLI::App& app, std::vector<Command>& commands) {
    CLI::App* set = app.add_subcommand("set", "Change what objects are made of");
    set->require_subcommand(1);
    const ToldPtr image = add(*set, commands, "image", "Other images for containers, * for all",
                              "TYPE/NAME..., or TYPE and names, and CONTAINER=IMAGE each", runSetImage);
    addNamespace(*set->get_subcommand("image"), *image);
    image->change.past = "image updated";
    image->change.wait = false;
    set->get_subcommand("image")->add_flag("--wait", image->change.wait, "Until it is rolled out");

    const ToldPtr taint = add(app, commands, "taint", "Put taints on nodes and take them away",
                              "nodes, names, and KEY=VALUE:EFFECT or KEY[:EFFECT]- each", runTaint);
    app.get_subcommand("taint")->add_flag("--overwrite", taint->overwrite, "Also where a taint has another value");

    const auto addRun = [&](const char* name, const char* what, const char* kind, const char* title, Run run) {
        const ToldPtr told =
            add(app, commands, name, what, "TYPE/NAME...", [kind, title, run](Session& session, WorkloadTold& ours) {
                return runJobs(session, ours, kind, title, run);
            });
        addNamespace(*app.get_subcommand(name), *told);
        app.get_subcommand(name)->add_option("--name", told->name, "Of the new Job; without it one is made up");
    };
    addRun("run-now", "Make a Job of a CronJob at once", "CronJob", "Run now:", change::runNow);
    addRun("run-again", "Make a new Job that does the same", "Job", "Run again:", change::runAgain);

    const auto addSuspension = [&](const char* name, const char* what, const char* past, change::Running running) {
        const ToldPtr told =
            add(app, commands, name, what, "TYPE/NAME...",
                [running](Session& session, WorkloadTold& ours) { return runSuspension(session, ours, running); });
        addNamespace(*app.get_subcommand(name), *told);
        told->change.past = past;
    };
    addSuspension("suspend", "End a Job's pods, or let a CronJob make no Jobs", "suspended",
                  change::Running::Suspended);
    addSuspension("unsuspend", "Let Jobs and CronJobs run again", "unsuspended", change::Running::Allowed);
}

} // namespace qdctl
