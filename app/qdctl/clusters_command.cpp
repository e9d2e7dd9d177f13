// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/commands.h"
#include "app/qdctl/json_text.h"
#include "app/qdctl/session.h"
#include "core/base/cancel.h"
#include "core/kube/config/endpoint.h"
#include "core/kube/table_text.h"

#include <cstdio>
#include <string>
#include <vector>

namespace qdctl {

namespace {

struct Line {
    std::string context, cluster, server, user, ns, file, version;
    bool isCurrent = false;
    std::vector<std::string> problems;
};

std::vector<Line> linesOf(const kube::Kubeconfig& config) {
    std::vector<Line> lines;
    for (const kube::ContextEntry& context : config.contexts) {
        Line line;
        line.context = context.name;
        line.cluster = context.cluster;
        line.user = context.user;
        line.ns = context.nameSpace.empty() ? "default" : context.nameSpace;
        line.file = context.origin.file;
        line.isCurrent = context.name == config.currentContext;
        if (const kube::ClusterEntry* cluster = config.cluster(context.cluster))
            line.server = cluster->server;
        for (const base::Error& problem : kube::problemsOf(config, context))
            line.problems.push_back(explain(problem));
        lines.push_back(std::move(line));
    }
    return lines;
}

// Asks every usable cluster for its version, all at once.
void check(Session& session, std::vector<Line>& lines) {
    std::vector<base::Cancel> cancels;
    std::vector<Way> ways;
    std::size_t open = 1;
    const auto done = [&] {
        if (--open == 0)
            session.home().stop();
    };
    for (Line& line : lines) {
        if (!line.problems.empty())
            continue;
        base::Result<Way> way = session.open(line.context);
        if (!way) {
            line.problems.push_back(explain(way.error()));
            continue;
        }
        kube::ApiRequest request;
        request.target = "/version";
        request.verb = "get";
        request.resource = "/version";
        ++open;
        ways.push_back(*way);
        cancels.push_back(way->environment.transport->send(
            std::move(request), session.home(), [&line, done](base::Result<net::Response> answer) {
                if (answer)
                    line.version = jsonMember(answer->body, "gitVersion");
                else
                    line.problems.push_back(explain(answer.error()));
                done();
            }));
    }
    session.home().post(done);
    session.home().run();
}

void printTable(const std::vector<Line>& lines, bool wasChecked) {
    kube::TabAligner aligner;
    std::vector<std::string_view> header{"CURRENT", "CONTEXT", "CLUSTER", "SERVER", "USER", "NAMESPACE"};
    if (wasChecked)
        header.push_back("VERSION");
    header.push_back("FILE");
    header.push_back("PROBLEM");
    aligner.addLine(header);
    for (const Line& line : lines) {
        std::vector<std::string_view> cells{
            line.isCurrent ? "*" : "", line.context, line.cluster, line.server, line.user, line.ns};
        if (wasChecked)
            cells.push_back(line.version);
        cells.push_back(line.file);
        cells.push_back(line.problems.empty() ? std::string_view() : std::string_view(line.problems.front()));
        aligner.addLine(cells);
    }
    std::string text;
    aligner.flush(text);
    std::fwrite(text.data(), 1, text.size(), stdout);
}

void printJson(const std::vector<Line>& lines) {
    std::string text = "[";
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Line& line = lines[i];
        text += i ? ",\n  {" : "\n  {";
        text += "\"context\": " + jsonText(line.context) + ", \"cluster\": " + jsonText(line.cluster) +
                ", \"server\": " + jsonText(line.server) + ", \"user\": " + jsonText(line.user) +
                ", \"namespace\": " + jsonText(line.ns) + ", \"file\": " + jsonText(line.file) +
                ", \"current\": " + (line.isCurrent ? "true" : "false");
        if (!line.version.empty())
            text += ", \"version\": " + jsonText(line.version);
        text += ", \"problems\": [";
        for (std::size_t p = 0; p < line.problems.size(); ++p)
            text += (p ? ", " : "") + jsonText(line.problems[p]);
        text += "]}";
    }
    text += lines.empty() ? "]\n" : "\n]\n";
    std::fwrite(text.data(), 1, text.size(), stdout);
}

} // namespace

int runClusters(Session& session, const ClustersOptions& options) {
    bool hasBrokenFile = false;
    for (const kube::KubeconfigFile& file : session.config().files) {
        for (const base::Error& problem : file.problems) {
            std::fprintf(stderr, "qdctl: %s\n", explain(problem).c_str());
            hasBrokenFile = true;
        }
    }
    std::vector<Line> lines = linesOf(session.config());
    if (options.check)
        check(session, lines);
    if (options.output == "json")
        printJson(lines);
    else
        printTable(lines, options.check);
    if (lines.empty())
        return hasBrokenFile ? Failed : Complete;
    if (!options.check)
        return hasBrokenFile ? Partial : Complete;
    std::size_t broken = 0;
    for (const Line& line : lines)
        broken += line.problems.empty() ? 0U : 1U;
    if (broken == 0)
        return hasBrokenFile ? Partial : Complete;
    return broken == lines.size() ? Failed : Partial;
}

} // namespace qdctl
