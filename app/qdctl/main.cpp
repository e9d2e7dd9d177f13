// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/command_line.h"
#include "app/qdctl/commands.h"
#include "app/qdctl/session.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

// What both questions about permissions take.
CLI::App* addAuthCommand(CLI::App& auth, qdctl::AuthOptions& options, const char* name, const char* description) {
    CLI::App* command = auth.add_subcommand(name, description);
    command->add_option("VERB", options.verb, "get, list, watch, create, update, patch, delete, ...");
    command->add_option("RESOURCE", options.resource, "TYPE, TYPE/NAME or a path such as /healthz");
    command->add_option("--subresource", options.subresource, "log, exec, scale, ...");
    command->add_option("-n,--namespace", options.ns, "Namespace; without it the context's");
    command->add_option("--clusters,--context", options.clusters, "Contexts: a,b or all; without it the current one");
    command->add_flag("--no-headers", options.noHeaders, "No header line");
    return command;
}

CLI::App* addCanI(CLI::App& auth, qdctl::AuthOptions& options) {
    CLI::App* command =
        addAuthCommand(auth, options, "can-i", "Ask the server whether we may; exit code 1 where it says no");
    command->add_flag("-A,--all-namespaces", options.allNamespaces, "In all namespaces at once");
    command->add_flag("--list", options.list, "Everything that is allowed in the namespace");
    command->add_flag("-q,--quiet", options.quiet, "The exit code alone");
    return command;
}

CLI::App* addWhoCan(CLI::App& auth, qdctl::AuthOptions& options) {
    CLI::App* command = addAuthCommand(auth, options, "who-can", "Whom roles and bindings let do something, and why");
    command->add_flag("-A,--all-namespaces", options.allNamespaces, "In any namespace");
    command->add_option("-o,--output", options.output, "table or json")->check(CLI::IsMember({"table", "json"}));
    return command;
}

// What a container is to run. The parser would take it for words of ours, so that it is cut off.
qdctl::BehindDashes cutBehindDashes(int& argc, char** argv) {
    bool runsSomething = false;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        runsSomething = runsSomething || word == "exec" || word == "debug";
        if (runsSomething && word == "--") {
            std::vector<std::string> words(argv + i + 1, argv + argc);
            argc = i;
            return words;
        }
    }
    return std::nullopt;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Asks fleets of Kubernetes clusters, as kubectl asks one.", "qdctl");
    app.set_version_flag("--version", std::string("qdctl " QUARTERDECK_VERSION));
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(
        "Exit codes: 0 complete, 1 failed, 2 usage, 3 partial (a cluster is missing, stderr says which and why), 4 "
        "conflict (fields belong to others, or an object has moved on).");
    qdctl::GlobalOptions global;
    app.add_option("--kubeconfig", global.kubeconfig, "Read this kubeconfig file alone")->type_name("FILE");

    qdctl::ClustersOptions clusters;
    CLI::App* clustersCommand = app.add_subcommand("clusters", "List every context; contacts none without --check");
    clustersCommand->add_flag("--check", clusters.check, "Ask each cluster for its version");
    clustersCommand->add_option("-o,--output", clusters.output, "table or json")
        ->check(CLI::IsMember({"table", "json"}));

    qdctl::GetOptions get;
    CLI::App* getCommand = app.add_subcommand("get", "Print objects of one or more clusters");
    getCommand->add_option("KIND", get.kinds, "One or more kinds: pods,deployments.apps or KIND/NAME")->required();
    getCommand->add_option("NAME", get.names, "Only these objects");
    getCommand->add_option("-n,--namespace", get.ns, "Namespace; without it the context's");
    getCommand->add_flag("-A,--all-namespaces", get.allNamespaces, "All namespaces");
    getCommand->add_option("--clusters,--context", get.clusters, "Contexts: a,b or all; without it the current one");
    getCommand->add_option("-l,--selector", get.selector, "Label selector");
    getCommand->add_option("--field-selector", get.fieldSelector, "Field selector");
    getCommand->add_option("--filter", get.filter, "Filter as in the window: words, field:value, field>value, /regex/");
    getCommand->add_option("-o,--output", get.output, "table, wide, yaml, json, csv or name")
        ->check(CLI::IsMember({"table", "wide", "yaml", "json", "csv", "name"}));
    getCommand->add_flag("--no-headers", get.noHeaders, "No header line");
    getCommand->add_flag("--show-labels", get.showLabels, "All labels as the last column");
    getCommand->add_option("-L,--label-columns", get.labelColumns, "Labels as columns")->delimiter(',');
    getCommand->add_flag("-w,--watch", get.watch, "Go on printing what changes");
    getCommand->add_flag("--output-watch-events", get.outputWatchEvents, "With --watch: say what happened to each");

    qdctl::ApiResourcesOptions resources;
    CLI::App* resourcesCommand = app.add_subcommand("api-resources", "List the kinds that clusters serve");
    resourcesCommand->add_option("--clusters,--context", resources.clusters, "Contexts: a,b or all");
    resourcesCommand->add_option("-o,--output", resources.output, "table, wide or name")
        ->check(CLI::IsMember({"table", "wide", "name"}));

    qdctl::AuthOptions auth;
    CLI::App* authCommand = app.add_subcommand("auth", "What one may do, and who may do something");
    authCommand->require_subcommand(1);
    CLI::App* canICommand = addCanI(*authCommand, auth);
    CLI::App* whoCanCommand = addWhoCan(*authCommand, auth);

    qdctl::DoctorOptions doctor;
    CLI::App* doctorCommand = app.add_subcommand("doctor", "Go the way to a cluster step by step");
    doctorCommand->add_option("CONTEXT", doctor.context, "The context")->required();

    std::vector<qdctl::Command> commands;
    qdctl::addLogsCommand(app, commands);
    qdctl::addPortForwardCommand(app, commands);
    qdctl::addCpCommand(app, commands);
    const qdctl::BehindDashes behind = cutBehindDashes(argc, argv);
    qdctl::addExecCommands(app, commands, behind);
    qdctl::addDebugCommand(app, commands, behind);
    qdctl::addChangeCommands(app, commands);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? qdctl::Complete : qdctl::Usage;
    }
    qdctl::Session session(global);
    int code = qdctl::Complete;
    const auto change = std::find_if(commands.begin(), commands.end(),
                                     [](const qdctl::Command& command) { return command.app->parsed(); });
    if (change != commands.end())
        code = change->run(session);
    else if (clustersCommand->parsed())
        code = qdctl::runClusters(session, clusters);
    else if (getCommand->parsed())
        code = qdctl::runGet(session, get);
    else if (resourcesCommand->parsed())
        code = qdctl::runApiResources(session, resources);
    else if (canICommand->parsed())
        code = qdctl::runCanI(session, auth);
    else if (whoCanCommand->parsed())
        code = qdctl::runWhoCan(session, auth);
    else
        code = qdctl::runDoctor(session, doctor);
    // A full disk is no success; that nobody reads on is how a watch ends.
    if (std::fflush(stdout) != 0 && !get.watch) {
        std::perror("qdctl: cannot write");
        return qdctl::Failed;
    }
    return code;
}
