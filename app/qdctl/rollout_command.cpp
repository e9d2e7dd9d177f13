// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/change_commands.h"
#include "app/qdctl/command_line.h"
#include "app/qdctl/interruption.h"
#include "core/change/acts/revisions.h"
#include "core/change/object_reader.h"
#include "core/change/rollout.h"
#include "core/fleet/filter/value.h"
#include "core/kube/describe/summary.h"
#include "core/kube/go_json.h"
#include "core/kube/yaml_text.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

namespace qdctl {

namespace {

using change::Revision;
using change::RolloutPhase;

struct RolloutTold {
    TargetOptions targets;
    ChangeOptions change;
    std::int64_t revision = 0;
    std::string output;
    std::string timeout = "0s";
    bool watch = true;
};

constexpr std::chrono::milliseconds kPoll{500};

bool spansClusters(const std::vector<FoundTarget>& found) {
    return std::any_of(found.begin(), found.end(), [&found](const FoundTarget& object) {
        return object.target.cluster.context != found.front().target.cluster.context;
    });
}

/// Looks at rollouts again and again, and says what is new, until all are over.
class StatusWatch {
public:
    StatusWatch(ChangeSession& changes, const std::vector<FoundTarget>& found, bool watch, std::int64_t timeoutMs)
        : m_changes(changes)
        , m_found(found)
        , m_watch(watch)
        , m_timeoutMs(timeoutMs)
        , m_withClusters(spansClusters(found))
        , m_told(found.size())
        , m_over(found.size(), false) {}

    int run() {
        const Interruption interruption(home());
        const std::int64_t fromMs = m_changes.session().clock().steadyMs();
        for (;;) {
            if (!look())
                return Failed;
            if (std::find(m_over.begin(), m_over.end(), false) == m_over.end())
                return m_code;
            if (m_timeoutMs > 0 && m_changes.session().clock().steadyMs() - fromMs >= m_timeoutMs) {
                complain("timed out waiting for the condition");
                return Failed;
            }
            if (!pause())
                return Failed;
        }
    }

private:
    [[nodiscard]] base::ManualExecutor& home() { return m_changes.session().home(); }

    // False where it was interrupted.
    bool look() {
        std::vector<change::Operation> asked;
        std::vector<std::size_t> numbers;
        for (std::size_t i = 0; i < m_found.size(); ++i) {
            if (m_over[i])
                continue;
            change::Operation operation;
            operation.cluster = m_found[i].target.cluster;
            operation.object = m_found[i].target.object;
            asked.push_back(std::move(operation));
            numbers.push_back(i);
        }
        bool done = false;
        const change::ObjectReader reader(home(), m_changes.clusters(), std::move(asked),
                                          [&](const change::ObjectReader::Answers& answers) {
                                              for (std::size_t i = 0; i < answers.size(); ++i)
                                                  take(numbers[i], answers[i]);
                                              std::fflush(stdout);
                                              done = true;
                                              home().stop();
                                          });
        home().run();
        return done;
    }

    bool pause() {
        bool done = false;
        const base::Cancel timer = m_timers.after(kPoll, home(), [&] {
            done = true;
            home().stop();
        });
        home().run();
        return done;
    }

    void take(std::size_t number, const base::Result<nlohmann::json>& answer) {
        const change::Target& target = m_found[number].target;
        const std::string prefix = m_withClusters ? target.cluster.context + ": " : std::string();
        if (!answer || answer->is_null()) {
            complain(prefix + (answer ? "object has been deleted" : explain(answer.error())));
            return fail(number);
        }
        const change::RolloutState state = change::rolloutState(*answer);
        if (state.phase == RolloutPhase::Failed) {
            complain(prefix + state.text);
            return fail(number);
        }
        if (std::exchange(m_told[number], state.text) != state.text)
            std::printf("%s%s\n", prefix.c_str(), state.text.c_str());
        m_over[number] = !m_watch || state.phase == RolloutPhase::Complete;
    }

    void fail(std::size_t number) {
        m_over[number] = true;
        m_code = Failed;
    }

    ChangeSession& m_changes;
    const std::vector<FoundTarget>& m_found;
    const bool m_watch;
    const std::int64_t m_timeoutMs;
    const bool m_withClusters;
    base::SystemTimers m_timers;
    std::vector<std::string> m_told;
    std::vector<bool> m_over;
    int m_code = Complete;
};

int runStatus(Session& session, RolloutTold& told) {
    const std::optional<std::int64_t> timeoutMs =
        told.timeout == "0" ? std::optional<std::int64_t>(0) : fleet::parseDurationMs(told.timeout);
    if (!timeoutMs) {
        complain("\"" + told.timeout + "\" is no time; 30s, 5m or 1h are");
        return Usage;
    }
    ChangeSession changes(session);
    const auto found = findTargets(changes, told.targets, told.change);
    if (!found)
        return found.error();
    return StatusWatch(changes, *found, told.watch, *timeoutMs).run();
}

std::optional<change::RevisionReader::Answers> readRevisions(ChangeSession& changes,
                                                             const std::vector<change::Workload>& workloads) {
    std::optional<change::RevisionReader::Answers> found;
    base::ManualExecutor& home = changes.session().home();
    const Interruption interruption(home);
    const change::RevisionReader reader(home, changes.clusters(), workloads,
                                        [&](change::RevisionReader::Answers answers) {
                                            found = std::move(answers);
                                            home.stop();
                                        });
    home.run();
    return found;
}

std::vector<change::Workload> workloadsOf(const std::vector<FoundTarget>& found) {
    std::vector<change::Workload> workloads;
    for (const FoundTarget& object : found)
        workloads.push_back({object.target, kube::parseGoJson(object.json).value_or(nlohmann::json())});
    return workloads;
}

/// As kubectl's table, two blanks between the columns.
std::string historyText(const std::vector<Revision>& revisions) {
    if (revisions.empty())
        return "No rollout history found.";
    std::string text = "REVISION  CHANGE-CAUSE\n";
    for (const Revision& revision : revisions) {
        std::string number = std::to_string(revision.number);
        number.resize(std::max<std::size_t>(10, number.size() + 2), ' ');
        text += number + (revision.changeCause.empty() ? "<none>" : revision.changeCause) + "\n";
    }
    return text;
}

std::string yamlOf(const nlohmann::json& object) {
    return kube::toYaml(kube::toGoJson(object, kube::JsonLayout::Compact), kube::ManagedFields::Folded).value_or("");
}

/// The template that keeps the revision, as kubectl shows it: with a Deployment's hash and cause.
std::string templateText(const Revision& revision) {
    nlohmann::json shown = revision.podTemplate;
    if (revision.kept.is_object() && revision.kept.value("kind", std::string("ReplicaSet")) != "ControllerRevision" &&
        revision.kept.contains("spec")) {
        shown = revision.kept["spec"].value("template", shown);
        if (!revision.changeCause.empty())
            shown["metadata"]["annotations"]["kubernetes.io/change-cause"] = revision.changeCause;
    }
    return kube::podTemplateText(kube::toGoJson(shown, kube::JsonLayout::Compact)).value_or("");
}

/// False: there is no such revision.
bool printHistory(const std::string& prefix, const std::string& name, const std::vector<Revision>& revisions,
                  const RolloutTold& told) {
    const auto print = [](const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); };
    if (told.revision == 0 && told.output.empty()) {
        print(prefix + name + " \n" + historyText(revisions) + "\n");
        return true;
    }
    bool any = false;
    for (const Revision& revision : revisions) {
        if (told.revision != 0 && revision.number != told.revision)
            continue;
        if (told.output == "yaml")
            print(std::string(any ? "---\n" : "") + yamlOf(revision.kept));
        else
            print(prefix + name + " with revision #" + std::to_string(revision.number) + "\n" + templateText(revision) +
                  "\n");
        any = true;
    }
    if (!any)
        complain(prefix + "unable to find the specified revision");
    return any;
}

int runHistory(Session& session, RolloutTold& told) {
    ChangeSession changes(session);
    const auto found = findTargets(changes, told.targets, told.change);
    if (!found)
        return found.error();
    const auto answers = readRevisions(changes, workloadsOf(*found));
    if (!answers)
        return Failed;
    int code = Complete;
    for (std::size_t i = 0; i < answers->size(); ++i) {
        const change::Target& target = (*found)[i].target;
        const std::string prefix = spansClusters(*found) ? target.cluster.context + ": " : std::string();
        const auto& revisions = (*answers)[i];
        if (!revisions)
            complain(prefix + objectName(target.object) + ": " + explain(revisions.error()));
        if (!revisions || !printHistory(prefix, objectName(target.object), *revisions, told))
            code = Failed;
    }
    return code;
}

int runUndoRollout(Session& session, RolloutTold& told) {
    ChangeSession changes(session);
    const auto found = findTargets(changes, told.targets, told.change);
    if (!found)
        return found.error();
    const std::vector<change::Workload> workloads = workloadsOf(*found);
    const auto answers = readRevisions(changes, workloads);
    if (!answers)
        return Failed;
    change::ChangeSet set;
    bool good = true;
    std::string skipped;
    for (std::size_t i = 0; i < answers->size(); ++i) {
        const change::Target& target = workloads[i].target;
        const std::string name =
            (spansClusters(*found) ? target.cluster.context + ": " : std::string()) + objectName(target.object);
        const auto operation = (*answers)[i]
                                   ? change::rollBack(target, workloads[i].object, *(*answers)[i], told.revision)
                                   : base::Result<std::optional<change::Operation>>(base::fail((*answers)[i].error()));
        if (!operation) {
            complain(name + ": " + operation.error().message);
            good = false;
        } else if (*operation) {
            set.operations.push_back(**operation);
        } else {
            skipped += name + " skipped rollback (current template already matches revision " +
                       std::to_string(told.revision) + ")\n";
        }
    }
    if (!good) {
        complain("nothing was changed");
        return Failed;
    }
    std::fwrite(skipped.data(), 1, skipped.size(), stdout);
    if (set.operations.empty())
        return Complete;
    set.title = titleOf("Roll back", set);
    return changes.carryOut(std::move(set), told.change);
}

using RolloutRun = int (*)(Session&, RolloutTold&);

CLI::App* add(CLI::App& rollout, std::vector<Command>& commands, const std::shared_ptr<RolloutTold>& told,
              const char* name, const char* what, RolloutRun run) {
    CLI::App* command = rollout.add_subcommand(name, what);
    command->add_option("TARGET", told->targets.words, "TYPE/NAME...")->required();
    command->add_option("-n,--namespace", told->change.ns, "Namespace; without it the context's");
    command->add_option("-l,--selector", told->targets.selector, "Label selector");
    addClusters(*command, told->change);
    commands.push_back({command, [told, run](Session& session) { return run(session, *told); }});
    return command;
}

} // namespace

void addRevisionCommands(CLI::App& rollout, std::vector<Command>& commands) {
    const auto asked = std::make_shared<RolloutTold>();
    asked->targets.writes = false;
    CLI::App* status = add(rollout, commands, asked, "status", "How far it is, until it is over", runStatus);
    status->add_flag("-w,--watch{true}", asked->watch, "Until it is over")->default_val(true);
    status->add_option("--timeout", asked->timeout, "How long to look; 0s: until it is over");

    const auto read = std::make_shared<RolloutTold>();
    read->targets.writes = false;
    CLI::App* history = add(rollout, commands, read, "history", "The revisions that are kept", runHistory);
    history->add_option("--revision", read->revision, "The pod template of this one")->check(CLI::NonNegativeNumber);
    history->add_option("-o,--output", read->output, "yaml: what keeps them")->check(CLI::IsMember({"yaml"}));

    const auto back = std::make_shared<RolloutTold>();
    CLI::App* undo = add(rollout, commands, back, "undo", "Go back to an earlier revision", runUndoRollout);
    undo->add_option("--to-revision", back->revision, "This one; 0: the one before the last");
    addChange(*undo, back->change);
    back->change.past = "rolled back";
    back->change.wait = false;
    undo->add_flag("--wait", back->change.wait, "Until it is rolled out");
}

} // namespace qdctl
