// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/command_line.h"
#include "app/qdctl/duration.h"
#include "app/qdctl/fleet_get.h"
#include "app/qdctl/interruption.h"
#include "app/qdctl/options.h"
#include "app/qdctl/pod_entry.h"
#include "app/qdctl/session.h"
#include "core/kube/forward/port_forward.h"
#include "core/net/socket_loop.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace qdctl {

namespace {

struct ForwardTold {
    std::vector<std::string> words; ///< POD or TYPE/NAME, and ports.
    std::string ns;
    std::string clusters;
    std::vector<std::string> addresses{"localhost"};
    std::string patience = "1m0s";
};

/// Finds what is forwarded to, and forwards until interrupted.
class Forwarding {
public:
    Forwarding(Session& session, const ForwardTold& told)
        : m_session(session)
        , m_told(told) {}

    int run() {
        const auto contexts = m_session.chosen(m_told.clusters);
        if (!contexts) {
            complain(contexts.error().message);
            return Usage;
        }
        if (const auto read = readWords(); !read) {
            complain(read.error().message);
            return Usage;
        }
        m_isMany = contexts->size() > 1;
        std::vector<ClusterAnswer> answers = askKinds(*contexts);
        std::erase_if(answers, [this](const ClusterAnswer& answer) { return !enter(answer); });
        m_isRefused = answers.size() < contexts->size();
        const Interruption interruption(m_session.home());
        for (const ClusterAnswer& answer : answers)
            start(answer);
        if (!m_forwards.empty())
            m_session.home().run();
        m_forwards.clear();
        for (const auto& entry : m_entries)
            entry->end(change::Outcome::Done, "stopped");
        return m_isRefused || !m_failed.empty() ? Failed : Complete;
    }

private:
    base::Result<void> readWords() {
        if (m_told.words.size() < 2)
            return base::fail(base::ErrorCode::BadInput, "TYPE/NAME and list of ports are required for port-forward");
        GetOptions options;
        options.kinds = m_told.words[0];
        if (options.kinds.find('/') == std::string::npos) {
            m_wanted = {{"pods"}, {options.kinds}};
        } else if (const auto parsed = wantedOf(options); parsed && parsed->names.front().empty()) {
            return base::fail(base::ErrorCode::BadInput, "there is no name behind the kind");
        } else if (parsed) {
            m_wanted = *parsed;
        } else {
            return base::fail(parsed.error());
        }
        for (std::size_t i = 1; i < m_told.words.size(); ++i) {
            const auto port = kube::parseForwardPort(m_told.words[i]);
            if (!port)
                return base::fail(port.error());
            m_ports.push_back(*port);
        }
        if (const auto addresses = kube::listenAddresses(m_told.addresses); !addresses)
            return base::fail(addresses.error());
        const auto seconds = secondsOf(m_told.patience);
        if (!seconds || *seconds <= 0)
            return base::fail(base::ErrorCode::BadInput,
                              "--pod-running-timeout must be higher than zero, and a duration such as 90s or 1m30s");
        m_patience = std::chrono::seconds(*seconds);
        return {};
    }

    std::vector<ClusterAnswer> askKinds(const std::vector<std::string>& contexts) {
        GetOptions options;
        options.ns = m_told.ns;
        return askClusters(m_session, contexts, options, m_wanted, Depth::Kinds);
    }

    [[nodiscard]] std::string prefix(const ClusterAnswer& answer) const {
        return m_isMany ? answer.context + ": " : std::string();
    }

    bool enter(const ClusterAnswer& answer) {
        if (answer.error) {
            complain(prefix(answer) + explain(*answer.error));
            return false;
        }
        const kube::Kind& kind = answer.kinds.front().kind;
        change::PodAct act;
        act.verb = change::Verb::PortForward;
        act.object = {kind.apiVersion(), kind.kind, answer.ns, m_wanted.names.front()};
        for (const kube::ForwardPort& port : m_ports)
            act.what += (act.what.empty() ? "" : ", ") + kube::toString(port);
        auto entry = std::make_unique<PodEntry>(m_session, answer.context);
        if (!entry->open(std::move(act)))
            return false;
        m_entries.push_back(std::move(entry));
        return true;
    }

    void start(const ClusterAnswer& answer) {
        const std::string where = prefix(answer);
        kube::PortForwardSpec spec;
        spec.target = {answer.kinds.front().kind, answer.ns, m_wanted.names.front()};
        spec.ports = m_ports;
        spec.addresses = m_told.addresses;
        spec.podPatience = m_patience;
        const auto print = [where](const std::string& line) {
            std::printf("%s%s\n", where.c_str(), line.c_str());
            std::fflush(stdout);
        };
        kube::PortForwardSink sink;
        sink.listening = [print](const kube::Listening& now) {
            print("Forwarding from " + now.address + " -> " + std::to_string(now.remote));
        };
        sink.accepted = [print](std::uint16_t port) { print("Handling connection for " + std::to_string(port)); };
        sink.trouble = [where](const base::Error& error) { complain(where + explain(error)); };
        const std::size_t index = m_forwards.size();
        sink.changed = [this, index] { look(index); };
        m_forwards.push_back(
            kube::PortForward::start({&m_loop, &m_session.home(), answer.environment.clock, answer.environment.timers},
                                     answer.environment.transport, std::move(spec), std::move(sink)));
    }

    void look(std::size_t index) {
        if (m_forwards[index]->status().state != kube::PortForwardStatus::State::Failed ||
            !m_failed.insert(index).second)
            return;
        // Why it failed is on its way home, behind what is done now.
        if (m_failed.size() == m_forwards.size())
            m_session.home().post([this] { m_session.home().stop(); });
    }

    Session& m_session;
    const ForwardTold& m_told;
    Wanted m_wanted;
    std::vector<kube::ForwardPort> m_ports;
    std::chrono::milliseconds m_patience{};
    bool m_isMany = false;
    bool m_isRefused = false; ///< A cluster did not answer.
    std::set<std::size_t> m_failed;
    std::vector<std::unique_ptr<PodEntry>> m_entries;
    net::SocketLoop m_loop; // outlives what runs on it
    std::vector<std::unique_ptr<kube::PortForward>> m_forwards;
};

} // namespace

void addPortForwardCommand(CLI::App& app, std::vector<Command>& commands) {
    const auto told = std::make_shared<ForwardTold>();
    CLI::App* forward = app.add_subcommand("port-forward", "Lead local ports to a pod, from pod to pod as they come");
    forward->add_option("TARGET", told->words, "POD or TYPE/NAME, then [LOCAL:]REMOTE ports or their names");
    forward->add_option("-n,--namespace", told->ns, "Namespace; without it the context's");
    forward->add_option("--clusters,--context", told->clusters, "Contexts: a,b or all; without it the current one");
    forward
        ->add_option("--address", told->addresses,
                     "Addresses to listen on: IP addresses, or localhost, which is 127.0.0.1 and ::1")
        ->delimiter(',')
        ->allow_extra_args(false);
    forward->add_option("--pod-running-timeout", told->patience, "How long to wait for a pod that runs")
        ->default_val("1m0s");
    commands.push_back({forward, [told](Session& session) { return Forwarding(session, *told).run(); }});
}

} // namespace qdctl
