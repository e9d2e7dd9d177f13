// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/command_line.h"
#include "app/qdctl/pod_entry.h"
#include "app/qdctl/pod_session.h"
#include "app/qdctl/pod_target.h"
#include "app/qdctl/session.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace qdctl {

namespace {

struct EnterTold {
    std::vector<std::string> words;
    PodWords target;
    TerminalWishes wishes;
};

kube::RemoteCommandSpec specFor(const PodTarget& target, const TerminalWishes& wishes) {
    kube::RemoteCommandSpec spec;
    spec.ns = target.ns;
    spec.pod = target.name;
    spec.container = target.container;
    spec.hasInput = wishes.input;
    if (wishes.terminal)
        spec.terminal = kube::RemoteCommandSpec::Terminal::Wanted;
    return spec;
}

int runExec(Session& session, EnterTold& told, const BehindDashes& command) {
    if (told.words.empty()) {
        complain("pod, type/name or --filename must be specified");
        return Usage;
    }
    if (told.words.size() > 1) {
        complain("exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead");
        return Usage;
    }
    if (!command || command->empty()) {
        complain("you must specify at least one command for the container");
        return Usage;
    }
    told.target.pod = told.words.front();
    told.target.quiet = told.wishes.quiet;
    const auto target = findPod(session, told.target, "exec");
    if (!target)
        return target.error();
    PodEntry entry(session, target->context);
    if (!entry.open(actIn(*target, change::Verb::Exec, change::programOf(*command))))
        return Failed;
    kube::RemoteCommandSpec spec = specFor(*target, possible(told.wishes));
    spec.command = *command;
    const SessionEnd end = runPodSession(session, *target->transport, std::move(spec));
    entry.end(end);
    if (end.isKnown && end.code != 0)
        tellExitCode(end.command);
    return end.code;
}

int runAttach(Session& session, EnterTold& told) {
    if (told.words.empty() || told.words.size() > 2) {
        complain("expected POD, TYPE/NAME, or TYPE NAME");
        return Usage;
    }
    told.target.pod = told.words.size() == 1 ? told.words[0] : told.words[0] + "/" + told.words[1];
    told.target.quiet = told.wishes.quiet;
    const auto target = findPod(session, told.target, "attach");
    if (!target)
        return target.error();
    return attachTo(session, *target, told.wishes);
}

void addWhere(CLI::App& command, EnterTold& told) {
    command.add_option("-n,--namespace", told.target.ns, "Namespace; without it the context's");
    command.add_option("--clusters,--context", told.target.clusters, "The context; without it the current one");
    command.add_option("-c,--container", told.target.container, "This container");
    command.add_flag("-i,--stdin{true}", told.wishes.input, "What is typed or piped in goes to the container");
    command.add_flag("-t,--tty{true}", told.wishes.terminal, "With a terminal");
    command.add_flag("-q,--quiet{true}", told.wishes.quiet, "Print nothing but what the session says");
}

} // namespace

int attachTo(Session& session, const PodTarget& target, TerminalWishes wishes) {
    PodEntry entry(session, target.context);
    if (!entry.open(actIn(target, change::Verb::Attach, {})))
        return Failed;
    if (wishes.terminal && !target.hasTerminal && !wishes.quiet)
        std::fprintf(stderr, "qdctl: Unable to use a TTY - container %s did not allocate one\n",
                     target.container.c_str());
    wishes.terminal = target.hasTerminal;
    wishes = possible(wishes);
    if (!wishes.quiet)
        std::fputs("All commands and output from this session will be recorded in container logs, including credentials"
                   " and sensitive information passed through the command prompt.\n"
                   "If you don't see a command prompt, try pressing enter.\n",
                   stderr);
    kube::RemoteCommandSpec spec = specFor(target, wishes);
    spec.kind = kube::RemoteCommandSpec::Kind::Attach;
    const SessionEnd end = runPodSession(session, *target.transport, std::move(spec));
    entry.end(end);
    if (end.isKnown && end.code != 0)
        tellExitCode(end.command);
    if (end.code == 0 && wishes.terminal && !wishes.quiet) {
        const std::string again =
            "'qdctl attach " + target.name + " -c " + target.container + " -n " + target.ns + " -i -t'";
        if (target.isEphemeral)
            std::printf(
                "Session ended, the ephemeral container will not be restarted but may be reattached using %s if "
                "it is still running\n",
                again.c_str());
        else
            std::printf("Session ended, resume using %s command\n", again.c_str());
    }
    return end.code;
}

void addExecCommands(CLI::App& app, std::vector<Command>& commands, const BehindDashes& behind) {
    const auto exec = std::make_shared<EnterTold>();
    CLI::App* command = app.add_subcommand("exec", "Run a command in a container");
    command->add_option("POD", exec->words, "POD or TYPE/NAME, and -- COMMAND [ARGS...]");
    addWhere(*command, *exec);
    commands.push_back({command, [exec, behind](Session& session) { return runExec(session, *exec, behind); }});

    const auto attach = std::make_shared<EnterTold>();
    command = app.add_subcommand("attach", "Join the process that runs in a container");
    command->add_option("POD", attach->words, "POD, TYPE/NAME or TYPE NAME");
    addWhere(*command, *attach);
    commands.push_back({command, [attach](Session& session) { return runAttach(session, *attach); }});
}

} // namespace qdctl
