// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/command_line.h"
#include "app/qdctl/duration.h"
#include "app/qdctl/fleet_get.h"
#include "app/qdctl/interruption.h"
#include "app/qdctl/options.h"
#include "app/qdctl/session.h"
#include "core/base/text.h"
#include "core/kube/streams/log_follower.h"
#include "core/kube/streams/log_request.h"
#include "core/kube/streams/log_sources.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace qdctl {

namespace {

constexpr std::int64_t kSelectorTail = 10; // lines of each, where a selector may mean many

struct LogsTold {
    std::vector<std::string> words; ///< POD or TYPE/NAME, and perhaps a container.
    std::string ns;
    std::string clusters;
    std::string selector;
    std::string container;
    bool allContainers = false;
    bool allPods = false;
    bool follow = false;
    bool previous = false;
    bool timestamps = false;
    bool prefix = false;
    std::optional<std::int64_t> tail;
    std::string since;
    std::string sinceTime;
    std::int64_t limitBytes = 0;
    int mostAtOnce = 5;
};

/// One log to be read, and where.
struct Reading {
    std::shared_ptr<kube::Transport> transport;
    kube::WatchEnvironment environment;
    kube::LogSpec spec;
    std::string prefix;
};

/// Finds the logs that are meant and prints them.
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
        m_isMany = contexts->size() > 1;
        if (!find(*contexts))
            return Failed;
        if (m_told.follow && m_readings.size() > 1 && m_readings.size() > std::size_t(std::max(m_told.mostAtOnce, 0))) {
            complain("you are attempting to follow " + std::to_string(m_readings.size()) +
                     " log streams, but maximum allowed concurrency is " + std::to_string(m_told.mostAtOnce) +
                     ", use --max-log-requests to increase the limit");
            return Failed;
        }
        const Interruption interruption(m_session.home());
        // What is bounded in bytes is not taken up again where it was cut.
        return m_told.follow && m_told.limitBytes == 0 ? followAll() : printEach();
    }

private:
    [[nodiscard]] std::string whatIsWrong() const {
        const std::size_t count = m_told.words.size();
        if (count > 2 || (count == 0 && m_told.selector.empty()))
            return "POD or TYPE/NAME is a required argument for the logs command";
        if (count == 1 && !m_told.selector.empty())
            return "only a selector (-l) or a POD name is allowed";
        if (count == 2 && !m_told.container.empty())
            return "only one of -c or an inline [CONTAINER] arg is allowed";
        if (m_told.allContainers && !containerName().empty())
            return "--all-containers=true should not be specified with container name " + containerName();
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

    [[nodiscard]] std::string containerName() const {
        return m_told.words.size() == 2 ? m_told.words[1] : m_told.container;
    }

    /// Asks every cluster; complains of what is missing.
    std::vector<ClusterAnswer> ask(const std::vector<std::string>& contexts, const Wanted& wanted,
                                   const std::string& selector, const std::string& ns) {
        GetOptions options;
        options.ns = ns;
        options.selector = selector;
        return askClusters(m_session, contexts, options, wanted, Depth::Objects);
    }

    bool find(const std::vector<std::string>& contexts) {
        if (!m_told.selector.empty())
            return takePods(contexts, m_told.selector, m_told.ns, PodChoice::All);
        GetOptions options;
        options.kinds = m_told.words[0];
        Wanted wanted;
        if (m_told.words[0].find('/') == std::string::npos) {
            wanted.kinds = {"pods"};
            wanted.names = {m_told.words[0]};
        } else if (const auto parsed = wantedOf(options)) {
            wanted = *parsed;
        } else {
            complain(parsed.error().message);
            return false;
        }
        bool good = true;
        for (const ClusterAnswer& answer : ask(contexts, wanted, {}, m_told.ns))
            good = takeNamed(answer) && good;
        return good;
    }

    bool takeNamed(const ClusterAnswer& answer) {
        if (!isFine(answer))
            return false;
        for (const KindAnswer& part : answer.kinds) {
            for (const std::string& name : part.missing)
                complain(where(answer) + part.kind.plural + " \"" + name + "\" not found in namespace \"" + answer.ns +
                         "\"");
            for (const kube::ObjectText& object : part.objects) {
                if (part.kind.group.empty() && part.kind.plural == "pods")
                    return takePod(answer, object.json);
                const auto selector = kube::podSelectorOf(object.json);
                if (!selector) {
                    complain(where(answer) + selector.error().message);
                    return false;
                }
                return takePods({answer.context}, *selector, object.ns,
                                m_told.allPods ? PodChoice::All : PodChoice::Best);
            }
        }
        return false;
    }

    enum class PodChoice { Best, All };

    bool takePods(const std::vector<std::string>& contexts, const std::string& selector, const std::string& ns,
                  PodChoice choice) {
        bool good = true;
        for (const ClusterAnswer& answer : ask(contexts, {{"pods"}, {}}, selector, ns)) {
            if (!isFine(answer)) {
                good = false;
                continue;
            }
            std::vector<std::string> pods;
            for (const kube::ObjectText& pod : answer.kinds.front().objects)
                pods.push_back(pod.json);
            if (pods.empty()) {
                std::fprintf(stderr, "%sNo resources found in %s namespace.\n", where(answer).c_str(),
                             answer.ns.c_str());
                good = good && choice == PodChoice::All;
                continue;
            }
            if (choice == PodChoice::Best) {
                const std::string best = pods[kube::loggingOrder(pods).front()];
                if (const auto source = kube::logSourcesOf(best, {}, kube::ContainerChoice::All);
                    pods.size() > 1 && source && !source->sources.empty())
                    std::fprintf(stderr, "%sFound %zu pods, using pod/%s\n", where(answer).c_str(), pods.size(),
                                 source->sources.front().pod.c_str());
                pods = {best};
            }
            for (const std::string& pod : pods)
                good = takePod(answer, pod) && good;
        }
        return good;
    }

    bool takePod(const ClusterAnswer& answer, const std::string& json) {
        const auto found = kube::logSourcesOf(
            json, containerName(), m_told.allContainers ? kube::ContainerChoice::All : kube::ContainerChoice::One);
        if (!found) {
            complain(where(answer) + found.error().message);
            return false;
        }
        for (const std::string& note : found->notes) {
            if (!m_told.allPods || !note.starts_with("Defaulted"))
                std::fprintf(stderr, "%s%s\n", where(answer).c_str(), note.c_str());
        }
        for (const kube::LogSource& source : found->sources) {
            Reading reading;
            reading.environment = answer.environment;
            reading.transport = answer.environment.transport;
            reading.spec = specOf(source);
            if (m_told.prefix || m_told.allPods || m_isMany)
                reading.prefix = "[" + (m_isMany ? answer.context + "/" : std::string()) + "pod/" + source.pod + "/" +
                                 source.container + "] ";
            m_readings.push_back(std::move(reading));
        }
        return true;
    }

    [[nodiscard]] kube::LogSpec specOf(const kube::LogSource& source) const {
        kube::LogSpec spec;
        spec.ns = source.ns;
        spec.pod = source.pod;
        spec.container = source.container;
        spec.follows = m_told.follow;
        spec.run = m_told.previous ? kube::LogSpec::Run::Previous : kube::LogSpec::Run::Current;
        spec.timestamps = m_told.timestamps ? kube::LogSpec::Timestamps::With : kube::LogSpec::Timestamps::Without;
        if (m_told.tail && *m_told.tail >= 0)
            spec.tailLines = m_told.tail;
        else if (!m_told.tail && !m_told.selector.empty())
            spec.tailLines = kSelectorTail;
        if (!m_told.since.empty())
            spec.sinceSeconds = secondsOf(m_told.since);
        spec.sinceTime = m_told.sinceTime;
        if (m_told.limitBytes > 0)
            spec.limitBytes = m_told.limitBytes;
        return spec;
    }

    [[nodiscard]] bool isFine(const ClusterAnswer& answer) const {
        const base::Error* error = answer.error ? &*answer.error : nullptr;
        for (const KindAnswer& part : answer.kinds)
            error = !error && part.error ? &*part.error : error;
        if (error)
            complain(where(answer) + explain(*error));
        return error == nullptr;
    }

    [[nodiscard]] std::string where(const ClusterAnswer& answer) const {
        return m_isMany ? answer.context + ": " : std::string();
    }

    /// One after the other, bytes as they are.
    int printEach() {
        for (const Reading& reading : m_readings) {
            std::optional<base::Result<void>> end;
            bool startsLine = true;
            net::StreamSink sink;
            sink.head = [](const net::Response&) {};
            sink.data = [&](const std::string& bytes) { print(bytes, reading.prefix, startsLine); };
            sink.end = [&](base::Result<void> result) {
                end = std::move(result);
                m_session.home().stop();
            };
            const base::Cancel cancel =
                reading.transport->stream(kube::logRequest(reading.spec), m_session.home(), std::move(sink));
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

    static void print(std::string_view bytes, const std::string& prefix, bool& startsLine) {
        while (!prefix.empty() && !bytes.empty()) {
            if (startsLine)
                std::fwrite(prefix.data(), 1, prefix.size(), stdout);
            const std::size_t end = bytes.find('\n');
            startsLine = end != std::string_view::npos;
            const std::string_view line = bytes.substr(0, startsLine ? end + 1 : end);
            std::fwrite(line.data(), 1, line.size(), stdout);
            bytes.remove_prefix(line.size());
        }
        std::fwrite(bytes.data(), 1, bytes.size(), stdout);
    }

    /// All at once, each through lost connections, line by line.
    int followAll() {
        std::vector<base::Cancel> cancels;
        std::size_t open = m_readings.size();
        int code = Complete;
        for (const Reading& reading : m_readings) {
            kube::LogSink sink;
            sink.lines = [this, &reading](const std::vector<kube::LogLine>& lines) { print(lines, reading.prefix); };
            sink.interrupted = [](const base::Error& error) { complain(explain(error) + "; reading on"); };
            sink.ended = [this, &open, &code](base::Result<void> result) {
                if (!result) {
                    complain(explain(result.error()));
                    code = Failed;
                }
                if (--open == 0)
                    m_session.home().stop();
            };
            cancels.push_back(kube::followLog(
                {reading.transport, &m_session.home(), reading.environment.clock, reading.environment.timers},
                reading.spec, std::move(sink)));
        }
        if (open > 0)
            m_session.home().run();
        return open == 0 ? code : int(Failed);
    }

    void print(const std::vector<kube::LogLine>& lines, const std::string& prefix) const {
        std::string text;
        for (const kube::LogLine& line : lines) {
            if (line.startsLine) {
                text += prefix;
                if (m_told.timestamps && !line.timestamp.empty())
                    text += line.timestamp + " ";
            }
            text += line.text;
            if (line.endsLine)
                text += '\n';
        }
        std::fwrite(text.data(), 1, text.size(), stdout);
        std::fflush(stdout);
    }

    Session& m_session;
    const LogsTold& m_told;
    bool m_isMany = false;
    std::vector<Reading> m_readings;
};

} // namespace

void addLogsCommand(CLI::App& app, std::vector<Command>& commands) {
    const auto told = std::make_shared<LogsTold>();
    CLI::App* logs = app.add_subcommand("logs", "Print what containers have written");
    logs->add_option("TARGET", told->words, "POD or TYPE/NAME, and a container");
    logs->add_option("-n,--namespace", told->ns, "Namespace; without it the context's");
    logs->add_option("--clusters,--context", told->clusters, "Contexts: a,b or all; without it the current one");
    logs->add_option("-l,--selector", told->selector, "The pods with these labels");
    logs->add_option("-c,--container", told->container, "This container");
    logs->add_flag("--all-containers{true}", told->allContainers, "All of a pod, init and ephemeral ones too");
    logs->add_flag("--all-pods{true}", told->allPods, "Of all pods of TYPE/NAME, with a prefix");
    logs->add_flag("-f,--follow{true}", told->follow, "Go on with what is written, through lost connections");
    logs->add_flag("-p,--previous{true}", told->previous, "Of the run before the last restart");
    logs->add_flag("--timestamps{true}", told->timestamps, "The time in front of each line");
    logs->add_flag("--prefix{true}", told->prefix, "Pod and container in front of each line");
    logs->add_option("--tail", told->tail, "Only that many last lines; -1: all, which a selector needs to say");
    logs->add_option("--since", told->since, "Only lines younger than 5s, 2m, 3h");
    logs->add_option("--since-time", told->sinceTime, "Only lines after this time (RFC 3339)");
    logs->add_option("--limit-bytes", told->limitBytes, "Only that many bytes of each");
    logs->add_option("--max-log-requests", told->mostAtOnce, "How many may be followed at once")->default_val(5);
    commands.push_back({logs, [told](Session& session) { return Logs(session, *told).run(); }});
}

} // namespace qdctl
