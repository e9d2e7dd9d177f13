// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/command_line.h"
#include "app/qdctl/duration.h"
#include "app/qdctl/interruption.h"
#include "app/qdctl/log_following.h"
#include "app/qdctl/log_printer.h"
#include "app/qdctl/log_targets.h"
#include "app/qdctl/options.h"
#include "app/qdctl/session.h"
#include "core/base/text.h"
#include "core/kube/streams/log_request.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace qdctl {

namespace {

/// Prints the logs that are meant.
class Logs {
public:
    Logs(Session& session, const LogsTold& told)
        : m_session(session)
        , m_told(told) {}

    int run() {
        const std::string wrong = whatIsWrong();
        if (!wrong.empty()) {
            complain(wrong);
            return Usage;
        }
        const auto contexts = m_session.chosen(m_told.clusters);
        if (!contexts) {
            complain(contexts.error().message);
            return Usage;
        }
        const bool isMany = contexts->size() > 1;
        m_printer = std::make_shared<LogPrinter>(LogStyle{
            m_told.prefix || m_told.allPods || isMany || m_told.hasSeveralTargets(), isMany, m_told.timestamps});
        LogTargets targets(m_session, m_told, *m_printer);
        if (!targets.find(*contexts))
            return Failed;
        const std::vector<FoundLog>& found = targets.found();
        if (m_told.follow && found.size() > 1 && found.size() > std::size_t(std::max(m_told.mostAtOnce, 0))) {
            complain("you are attempting to follow " + std::to_string(found.size()) +
                     " log streams, but maximum allowed concurrency is " + std::to_string(m_told.mostAtOnce) +
                     ", use --max-log-requests to increase the limit");
            return Failed;
        }
        const Interruption interruption(m_session.home());
        // What is bounded in bytes is not taken up again where it was cut.
        if (!m_told.follow || m_told.limitBytes > 0)
            return printEach(found);
        // A run before the last is over, and pods that come later have none.
        return targets.meansLaterOnes() && !m_told.previous
                   ? followPods(m_session, targets.meant(), targets.gatherSpec(), m_printer)
                   : followRuns(m_session, found, m_printer);
    }

private:
    [[nodiscard]] std::string whatIsWrong() const {
        const std::size_t count = m_told.words.size();
        if ((count > 2 && !m_told.hasSeveralTargets()) || (count == 0 && m_told.selector.empty()))
            return "POD or TYPE/NAME is a required argument for the logs command";
        if ((count == 1 || m_told.hasSeveralTargets()) && !m_told.selector.empty())
            return "only a selector (-l) or a POD name is allowed";
        if (count == 2 && !m_told.hasSeveralTargets() && !m_told.container.empty())
            return "only one of -c or an inline [CONTAINER] arg is allowed";
        if (m_told.allContainers && !m_told.containerName().empty())
            return "--all-containers=true should not be specified with container name " + m_told.containerName();
        if (!m_told.since.empty() && !m_told.sinceTime.empty())
            return "at most one of --since and --since-time may be given";
        if (!m_told.since.empty() && !secondsOf(m_told.since))
            return "--since: \"" + m_told.since + "\" is no duration such as 90s, 5m or 1h30m";
        if (!m_told.sinceTime.empty() && !base::parseTime(m_told.sinceTime))
            return "--since-time: \"" + m_told.sinceTime + "\" is no time such as 2026-01-31T06:00:00Z";
        if (m_told.tail && *m_told.tail < -1)
            return "--tail must be greater than or equal to -1";
        if (m_told.limitBytes < 0)
            return "--limit-bytes must be greater than 0";
        return {};
    }

    /// One after the other, bytes as they are.
    int printEach(const std::vector<FoundLog>& found) {
        for (const FoundLog& log : found) {
            std::optional<base::Result<void>> end;
            const logs::SourceId source = m_printer->addSource(sourceOf(log));
            net::StreamSink sink;
            sink.head = [](const net::Response&) {};
            sink.data = [&](const std::string& bytes) { m_printer->print(source, bytes); };
            sink.end = [&](base::Result<void> result) {
                end = std::move(result);
                m_session.home().stop();
            };
            const base::Cancel cancel =
                log.transport->stream(kube::logRequest(log.spec), m_session.home(), std::move(sink));
            m_session.home().run();
            if (!end)
                return Failed; // interrupted
            if (!*end) {
                complain(explain(end->error()));
                return Failed;
            }
        }
        return Complete;
    }

    Session& m_session;
    const LogsTold& m_told;
    std::shared_ptr<LogPrinter> m_printer;
};

} // namespace

void addLogsCommand(CLI::App& app, std::vector<Command>& commands) {
    const auto told = std::make_shared<LogsTold>();
    CLI::App* logs = app.add_subcommand("logs", "Print what containers have written");
    logs->add_option("TARGET", told->words, "POD or TYPE/NAME, and a container; or several TYPE/NAME, with a prefix");
    logs->add_option("-n,--namespace", told->ns, "Namespace; without it the context's");
    logs->add_option("--clusters,--context", told->clusters, "Contexts: a,b or all; without it the current one");
    logs->add_option("-l,--selector", told->selector, "The pods with these labels");
    logs->add_option("-c,--container", told->container, "This container");
    logs->add_flag("--all-containers{true}", told->allContainers, "All of a pod, init and ephemeral ones too");
    logs->add_flag("--all-pods{true}", told->allPods, "Of all pods of TYPE/NAME, with a prefix");
    logs->add_flag("-f,--follow{true}", told->follow,
                   "Go on with what is written, of -l and --all-pods also by later pods");
    logs->add_flag("-p,--previous{true}", told->previous, "Of the run before the last restart");
    logs->add_flag("--timestamps{true}", told->timestamps, "The time in front of each line");
    logs->add_flag("--prefix{true}", told->prefix, "Pod and container in front of each line");
    logs->add_option("--tail", told->tail, "Only that many last lines; -1: all, which a selector needs to say");
    logs->add_option("--since", told->since, "Only lines younger than 5s, 2m, 3h");
    logs->add_option("--since-time", told->sinceTime, "Only lines after this time (RFC 3339)");
    logs->add_option("--limit-bytes", told->limitBytes, "Only that many bytes of each");
    logs->add_option("--max-log-requests", told->mostAtOnce, "How many may be followed at the start")->default_val(5);
    commands.push_back({logs, [told](Session& session) { return Logs(session, *told).run(); }});
}

} // namespace qdctl
