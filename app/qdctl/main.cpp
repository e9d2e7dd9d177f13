// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/commands.h"
#include "app/qdctl/session.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

int main(int argc, char** argv) {
    CLI::App app("Asks fleets of Kubernetes clusters, as kubectl asks one.", "qdctl");
    app.set_version_flag("--version", std::string("qdctl " QUARTERDECK_VERSION));
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(
        "Exit codes: 0 complete, 1 failed, 2 usage, 3 partial (a cluster is missing, stderr says which and why).");
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

    qdctl::DoctorOptions doctor;
    CLI::App* doctorCommand = app.add_subcommand("doctor", "Go the way to a cluster step by step");
    doctorCommand->add_option("CONTEXT", doctor.context, "The context")->required();

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? qdctl::Complete : qdctl::Usage;
    }
    qdctl::Session session(global);
    int code = qdctl::Complete;
    if (clustersCommand->parsed())
        code = qdctl::runClusters(session, clusters);
    else if (getCommand->parsed())
        code = qdctl::runGet(session, get);
    else if (resourcesCommand->parsed())
        code = qdctl::runApiResources(session, resources);
    else
        code = qdctl::runDoctor(session, doctor);
    // A full disk is no success; that nobody reads on is how a watch ends.
    if (std::fflush(stdout) != 0 && !get.watch) {
        std::perror("qdctl: cannot write");
        return qdctl::Failed;
    }
    return code;
}
