// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/change_commands.h"
#include "app/qdctl/command_line.h"
#include "app/qdctl/session.h"
#include "core/change/acts/key_changes.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <utility>

namespace qdctl {

namespace {

/// Everything that one writing command was told; its address stays, as options point into it.
struct Told {
    ChangeOptions change;
    TargetOptions targets;
    ApplyOptions apply;
    JournalOptions journal;
    std::string set;
    std::int64_t replicas = -1;
    bool overwrite = false;
    bool noWait = false;
    std::string cascade = "background";
};

using ToldPtr = std::shared_ptr<Told>;

void addTargets(CLI::App& command, Told& told, const char* what) {
    command.add_option("TARGET", told.targets.words, what)->required();
    command.add_option("-n,--namespace", told.change.ns, "Namespace; without it the context's");
    addClusters(command, told.change);
    addChange(command, told.change);
}

void addSelection(CLI::App& command, Told& told) {
    command.add_option("-l,--selector", told.targets.selector, "Label selector");
    command.add_flag("--all", told.targets.all, "All of the kind in the namespace");
    command.add_flag("-A,--all-namespaces", told.targets.allNamespaces, "In all namespaces");
}

void addNoWait(CLI::App& command, Told& told) {
    command.add_flag("--no-wait", told.noWait, "Do not wait until it has come true");
}

void addFiles(CLI::App& command, Told& told) {
    command
        .add_option("-f,--filename", told.apply.files,
                    "Files or folders of manifests, a change set, or - for standard input")
        ->required();
    command.add_option("-n,--namespace", told.change.ns, "Namespace for what names none");
    command.add_flag("--take-over,--force-conflicts", told.change.takeOver,
                     "Write fields that others manage, and take them");
    addClusters(command, told.change);
}

void addApply(CLI::App& app, std::vector<Command>& commands) {
    const auto told = std::make_shared<Told>();
    CLI::App* apply = app.add_subcommand("apply", "Store manifests by server-side apply, or a change set");
    addFiles(*apply, *told);
    addChange(*apply, told->change);
    apply->add_option("--save", told->apply.save, "Write a change set to this file instead");
    commands.push_back({apply, [told](Session& session) { return runApply(session, told->apply, told->change); }});

    const auto asked = std::make_shared<Told>();
    CLI::App* diff = app.add_subcommand("diff", "Show what apply would change, as the servers say");
    addFiles(*diff, *asked);
    diff->add_flag("--exit-code", asked->apply.exitCode, "End with 1 where something differs");
    commands.push_back({diff, [asked](Session& session) { return runDiff(session, asked->apply, asked->change); }});
}

/// A command that does the same to each of its targets.
template <typename Act>
void addAct(CLI::App& parent, std::vector<Command>& commands, const char* name, const char* what, const char* title,
            const char* target, Act act) {
    const auto told = std::make_shared<Told>();
    CLI::App* command = parent.add_subcommand(name, what);
    addTargets(*command, *told, target);
    addSelection(*command, *told);
    commands.push_back({command, [told, title, act](Session& session) {
                            return runAct(session, told->targets, told->change, title, act);
                        }});
}

void addScale(CLI::App& app, std::vector<Command>& commands) {
    const auto told = std::make_shared<Told>();
    CLI::App* command = app.add_subcommand("scale", "Set how many replicas there are");
    addTargets(*command, *told, "TYPE/NAME...");
    addSelection(*command, *told);
    command->add_option("--replicas", told->replicas, "How many")->required()->check(CLI::NonNegativeNumber);
    bool* wait = &told->change.wait;
    *wait = false; // As kubectl: it says what is wanted and goes.
    command->add_flag("--wait", *wait, "Until the replicas are available");
    commands.push_back(
        {command, [told](Session& session) {
             return runAct(session, told->targets, told->change, "Scale to " + std::to_string(told->replicas) + ":",
                           [told](const change::Target& target) { return change::scale(target, told->replicas); });
         }});
}

void addDelete(CLI::App& app, std::vector<Command>& commands) {
    const auto told = std::make_shared<Told>();
    CLI::App* command = app.add_subcommand("delete", "Delete objects");
    addTargets(*command, *told, "TYPE/NAME..., or TYPE and names");
    addSelection(*command, *told);
    command->add_option("--cascade", told->cascade, "background, foreground or orphan")
        ->check(CLI::IsMember({"background", "foreground", "orphan"}));
    addNoWait(*command, *told);
    commands.push_back(
        {command, [told](Session& session) {
             told->change.wait = !told->noWait;
             const change::Propagation propagation = told->cascade == "orphan"       ? change::Propagation::Orphan
                                                     : told->cascade == "foreground" ? change::Propagation::Foreground
                                                                                     : change::Propagation::Background;
             return runAct(session, told->targets, told->change, "Delete",
                           [propagation](const change::Target& target) { return change::erase(target, propagation); });
         }});
}

using ActOnKeys = change::Operation (*)(const change::Target&, const std::vector<change::KeyChange>&);

void addKeys(CLI::App& app, std::vector<Command>& commands, const char* name, const char* what, change::KeysOf of,
             ActOnKeys act) {
    const auto told = std::make_shared<Told>();
    CLI::App* command = app.add_subcommand(name, what);
    addTargets(*command, *told, "TYPE/NAME..., or TYPE and names, and KEY=VALUE or KEY- each");
    addSelection(*command, *told);
    command->add_flag("--overwrite", told->overwrite, "Taken as said always; the dry run shows what changes");
    commands.push_back(
        {command, [told, of, act, name](Session& session) {
             auto& words = told->targets.words;
             const auto keys = std::stable_partition(words.begin(), words.end(), [](const std::string& word) {
                 return word.find('=') == std::string::npos && !word.ends_with('-');
             });
             const auto changes = change::parseKeyChanges({keys, words.end()}, of);
             if (!changes) {
                 complain(changes.error().message);
                 return int(Usage);
             }
             if (changes->empty()) {
                 complain("name at least one KEY=VALUE, or KEY- to take one away");
                 return int(Usage);
             }
             words.erase(keys, words.end());
             return runAct(session, told->targets, told->change, std::string(name) == "label" ? "Label" : "Annotate",
                           [act, &changes](const change::Target& target) { return act(target, *changes); });
         }});
}

void addCordon(CLI::App& app, std::vector<Command>& commands, const char* name, const char* what, const char* title,
               change::Scheduling scheduling) {
    const auto told = std::make_shared<Told>();
    CLI::App* command = app.add_subcommand(name, what);
    command->add_option("NODE", told->targets.words, "Nodes");
    command->add_option("-l,--selector", told->targets.selector, "Label selector");
    addClusters(*command, told->change);
    addChange(*command, told->change);
    commands.push_back({command, [told, title, scheduling](Session& session) {
                            told->targets.words.insert(told->targets.words.begin(), "nodes");
                            return runAct(session, told->targets, told->change, title,
                                          [scheduling](const change::Target& target) {
                                              return change::setScheduling(target, scheduling);
                                          });
                        }});
}

void addRollout(CLI::App& app, std::vector<Command>& commands) {
    CLI::App* rollout = app.add_subcommand("rollout", "Restart, pause, look at and take back what is rolled out");
    rollout->require_subcommand(1);
    addRevisionCommands(*rollout, commands);
    const auto told = std::make_shared<Told>();
    CLI::App* restart = rollout->add_subcommand("restart", "New pods for all, one after the other");
    addTargets(*restart, *told, "TYPE/NAME...");
    addSelection(*restart, *told);
    told->change.wait = false;
    restart->add_flag("--wait", told->change.wait, "Until it is rolled out");
    commands.push_back({restart, [told](Session& session) {
                            const std::int64_t now = session.clock().nowMs();
                            return runAct(session, told->targets, told->change, "Restart",
                                          [now](const change::Target& target) { return change::restart(target, now); });
                        }});
    addAct(*rollout, commands, "pause", "Changes of the template wait", "Pause", "TYPE/NAME...",
           [](const change::Target& target) { return change::setRolling(target, change::Rolling::Paused); });
    addAct(*rollout, commands, "resume", "Changes of the template are rolled out again", "Resume", "TYPE/NAME...",
           [](const change::Target& target) { return change::setRolling(target, change::Rolling::Resumed); });
}

void addJournal(CLI::App& app, std::vector<Command>& commands) {
    const auto told = std::make_shared<Told>();
    CLI::App* journal = app.add_subcommand("journal", "What was changed from here: newest first");
    JournalOptions& options = told->journal;
    journal->add_option("WORDS", options.words, "Only lines with all of these words; -word: without it");
    journal->add_option("--set", options.set, "Only this set");
    journal->add_option("--cluster", options.cluster, "Only this cluster");
    journal->add_option("--result", options.result, "done, failed, not-sent, sending or unknown");
    journal->add_option("--limit", options.limit, "At most so many lines; 0: all");
    journal->add_flag("--offline", options.offline, "Do not ask clusters what became of unknown operations");
    journal->add_option("-o,--output", options.output, "table, json or csv")
        ->check(CLI::IsMember({"table", "json", "csv"}));
    commands.push_back({journal, [told](Session& session) { return runJournal(session, told->journal); }});

    const auto taken = std::make_shared<Told>();
    CLI::App* undo = app.add_subcommand("undo", "Take a set of the journal back");
    undo->add_option("SET", taken->set, "As the journal names it")->required();
    addChange(*undo, taken->change);
    commands.push_back({undo, [taken](Session& session) { return runUndo(session, taken->set, taken->change); }});

    const auto rest = std::make_shared<Told>();
    CLI::App* resume = app.add_subcommand("resume", "Go on with a set that was not finished");
    resume->add_option("SET", rest->set, "As the journal names it")->required();
    addChange(*resume, rest->change);
    commands.push_back({resume, [rest](Session& session) { return runResume(session, rest->set, rest->change); }});
}

} // namespace

void addClusters(CLI::App& command, ChangeOptions& options) {
    command.add_option("--clusters,--context", options.clusters, "Contexts: a,b or all; without it the current one");
}

void addChange(CLI::App& command, ChangeOptions& options) {
    command.add_flag("--dry-run{true}", options.dryRun, "Ask the servers, store nothing")->expected(0, 1);
    command.add_option("--confirm", options.confirm, "Names of protected clusters that are meant")->delimiter(',');
    command.add_option("-m,--intent,--message", options.intent,
                       "Why, for the journal: a line, as a ticket or a reason");
    command.add_option("-o,--output", options.output, "name")->check(CLI::IsMember({"name"}));
}

void addChangeCommands(CLI::App& app, std::vector<Command>& commands) {
    addApply(app, commands);
    addScale(app, commands);
    addRollout(app, commands);
    addDelete(app, commands);
    addKeys(app, commands, "label", "Set and take away labels", change::KeysOf::Labels, &change::label);
    addKeys(app, commands, "annotate", "Set and take away annotations", change::KeysOf::Annotations, &change::annotate);
    addCordon(app, commands, "cordon", "Let a node take no new pods", "Cordon", change::Scheduling::Stopped);
    addCordon(app, commands, "uncordon", "Let a node take new pods again", "Uncordon", change::Scheduling::Allowed);
    addDrainCommand(app, commands);
    addWorkloadCommands(app, commands);
    addJournal(app, commands);
}

} // namespace qdctl
