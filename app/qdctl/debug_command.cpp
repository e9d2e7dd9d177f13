// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/change_flow.h"
#include "app/qdctl/command_line.h"
#include "app/qdctl/duration.h"
#include "app/qdctl/interruption.h"
#include "app/qdctl/pod_session.h"
#include "app/qdctl/pod_target.h"
#include "app/qdctl/session.h"
#include "core/base/timer.h"
#include "core/change/acts/debug_container.h"
#include "core/kube/streams/container_wait.h"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace qdctl {

namespace {

using kube::ContainerState;

struct DebugTold {
    std::vector<std::string> words;
    PodWords target;
    TerminalWishes wishes;
    ChangeOptions change;
    std::string image;
    std::string pullPolicy;
    std::string targetContainer;
    std::string profile = "general";
    std::vector<std::string> environment;
    bool asArguments = false;
    std::optional<bool> attach;
    std::string patience = "5m";
};

/// The container once it runs or has ended, with its pod in `target`. Nothing: interrupted, or in vain, which is said.
std::optional<ContainerState> waitForContainer(Session& session, PodTarget& target,
                                               std::chrono::milliseconds patience) {
    std::optional<ContainerState> found;
    kube::ContainerWait::Sink sink;
    sink.waiting = [&target](const ContainerState& state) {
        std::fprintf(stderr, "waiting for container %s: %s\n", target.container.c_str(), state.why().c_str());
    };
    sink.done = [&](base::Result<ContainerState> state, std::string pod) {
        if (state) {
            found = std::move(*state);
            target.json = std::move(pod);
        } else {
            complain(explain(state.error()));
        }
        session.home().stop();
    };
    const Interruption interruption(session.home());
    base::SystemTimers timers;
    const kube::ContainerWait wait({target.transport, session.home(), timers, session.clock()},
                                   {target.ns, target.name, target.container}, patience, std::move(sink));
    session.home().run();
    return found;
}

int usage(const std::string& why) {
    complain(why);
    return Usage;
}

base::Result<change::DebugContainer> containerOf(const DebugTold& told, const BehindDashes& command) {
    const auto bad = [](std::string why) { return base::fail(base::ErrorCode::BadInput, std::move(why)); };
    const auto profile = change::debugProfileFrom(told.profile);
    if (!profile)
        return bad("--profile is one of general, baseline, restricted, netadmin, sysadmin, and not " + told.profile);
    if (told.image.empty())
        return bad("you must specify --image");
    if (told.wishes.terminal && !told.wishes.input)
        return bad("-i/--stdin is required for containers with -t/--tty=true");
    change::DebugContainer container;
    container.name = told.target.container.empty() ? change::newDebuggerName() : told.target.container;
    container.image = told.image;
    container.pullPolicy = told.pullPolicy;
    container.target = told.targetContainer;
    container.profile = *profile;
    container.words = command.value_or(std::vector<std::string>());
    container.as = told.asArguments ? change::DebugContainer::Words::Arguments : change::DebugContainer::Words::Command;
    container.hasInput = told.wishes.input;
    container.hasTerminal = told.wishes.terminal;
    for (const std::string& word : told.environment) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            return bad("--env takes NAME=VALUE, and not " + word);
        container.environment.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    }
    return container;
}

int attachOnceRunning(Session& session, PodTarget& target, const DebugTold& told, std::int64_t seconds) {
    const auto state = waitForContainer(session, target, std::chrono::seconds(seconds));
    if (!state)
        return Failed;
    if (state->phase == ContainerState::Phase::Running) {
        describeContainer(target);
        return attachTo(session, target, told.wishes);
    }
    complain("container " + target.container + " ended with exit code " + std::to_string(state->exitCode) +
             (state->why().empty() ? "" : " (" + state->why() + ")") + "; qdctl logs " + target.name + " -n " +
             target.ns + " -c " + target.container + " shows what it said");
    return state->exitCode == 0 ? int(Complete) : int(Failed);
}

int runDebug(Session& session, DebugTold& told, const BehindDashes& command) {
    if (told.words.size() != 1)
        return usage("name one POD or TYPE/NAME for debug");
    const auto seconds = secondsOf(told.patience);
    if (!seconds || *seconds <= 0)
        return usage("--pod-running-timeout must be higher than zero, and a duration such as 90s or 1m30s");
    const auto container = containerOf(told, command);
    if (!container)
        return usage(container.error().message);
    if (told.words.front().starts_with("node/") || told.words.front().starts_with("nodes/"))
        return usage("debug makes containers in pods; for a node, choose one of its pods with --profile=sysadmin");
    told.target.pod = told.words.front();
    told.target.quiet = true; // which container it would be is of no interest
    PodWords words = told.target;
    words.container = told.targetContainer;
    auto target = findPod(session, words, "debug");
    if (!target)
        return target.error();
    ChangeSession changes(session);
    changes.clusters().open({target->context});
    const change::Target pod{changes.clusters().ref(target->context), {"v1", "Pod", target->ns, target->name}};
    auto operation = change::addDebugContainer(pod, target->json, *container);
    if (!operation)
        return usage(operation.error().message);
    if (!told.wishes.quiet && told.target.container.empty())
        std::fprintf(stderr, "Defaulting debug container name to %s.\n", container->name.c_str());
    if (!told.wishes.quiet && !told.targetContainer.empty())
        std::fprintf(stderr, "Processes of container %s can be seen where the node's runtime shares them.\n",
                     told.targetContainer.c_str());
    change::ChangeSet set;
    set.title = "Debug " + target->ns + "/" + target->name + " with " + container->image;
    set.operations.push_back(*std::move(operation));
    if (const int code = changes.carryOut(std::move(set), told.change); code != Complete || told.change.dryRun)
        return code;
    target->container = container->name;
    if (!told.attach.value_or(told.wishes.input))
        return Complete;
    return attachOnceRunning(session, *target, told, *seconds);
}

} // namespace

void addDebugCommand(CLI::App& app, std::vector<Command>& commands, const BehindDashes& behind) {
    const auto told = std::make_shared<DebugTold>();
    told->change.output = "none";
    CLI::App* command = app.add_subcommand("debug", "Put a container with tools into a running pod, and join it");
    command->add_option("POD", told->words, "POD or TYPE/NAME, and -- COMMAND [ARGS...]");
    command->add_option("-n,--namespace", told->target.ns, "Namespace; without it the context's");
    command->add_option("--clusters,--context", told->target.clusters, "The context; without it the current one");
    command->add_option("--image", told->image, "Its image");
    command->add_option("-c,--container", told->target.container, "Its name; without it a new one");
    command->add_option("--target", told->targetContainer, "See the processes of this container");
    command->add_option("--profile", told->profile, "general, baseline, restricted, netadmin, sysadmin");
    command->add_option("--env", told->environment, "NAME=VALUE")->allow_extra_args(false);
    command->add_option("--image-pull-policy", told->pullPolicy, "Always, IfNotPresent, Never");
    command->add_flag("--arguments-only{true}", told->asArguments, "What stands behind -- are the image's arguments");
    command->add_flag("-i,--stdin{true}", told->wishes.input, "What is typed or piped in goes to the container");
    command->add_flag("-t,--tty{true}", told->wishes.terminal, "With a terminal");
    command->add_flag("-q,--quiet{true}", told->wishes.quiet, "Print nothing but what the session says");
    command->add_option("--attach", told->attach, "Join it once it runs; without this as -i says");
    command->add_option("--pod-running-timeout", told->patience, "How long to wait until it runs");
    command->add_flag("--dry-run", told->change.dryRun, "Ask the server only");
    command->add_option("--confirm", told->change.confirm, "Names of protected clusters that are meant")
        ->delimiter(',');
    command->add_option("-m,--intent,--message", told->change.intent,
                        "Why, for the journal: a line, as a ticket or a reason");
    commands.push_back({command, [told, behind](Session& session) { return runDebug(session, *told, behind); }});
}

} // namespace qdctl
