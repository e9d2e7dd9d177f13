// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/child_process.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace testbed {

enum class Server { Etcd, ApiServer, ControllerManager, Scheduler, Kwok, NodeAgent };
constexpr std::size_t serverCount = 6;

/// The program's name, which is also that of its log: "kube-apiserver".
const char* toString(Server server);

enum class ApiVersion { Newest, Oldest };
/// What stands beside etcd and the API server: nothing, or controllers, scheduler, kwok and the node agent.
enum class Beside { Nothing, Controllers };

struct ClusterOptions {
    ApiVersion version = ApiVersion::Newest;
    Beside beside = Beside::Controllers;
    int nodes = 3;                           ///< nodes that kwok keeps alive: node-0, node-1, ...
    std::vector<std::string> apiServerFlags; ///< appended to the API server's command line
};

/// An answer over HTTP; status 0 when there was none, the reason then stands in the body.
struct Answer {
    long status = 0;
    std::string body;

    bool isOk() const { return status >= 200 && status < 300; }
};

/// One real cluster: etcd and an API server on loopback ports that the kernel gave, with an authority of its own, and
/// by default controllers, scheduler, kwok and the node agent. Users: admin (client certificate, may do all), alice
/// (bearer token, may edit namespace team-a and nothing else), exec (alice's token by an exec plugin).
///
/// Main thread only. Every call blocks until it is done.
class Cluster {
public:
    /// `bin` holds the programs, `folder` is the cluster's own, `kubeconfig` the bed's.
    Cluster(std::string name, ClusterOptions options, std::filesystem::path bin, std::filesystem::path folder,
            std::filesystem::path kubeconfig);
    ~Cluster();
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;

    /// Starts etcd and the API server without waiting for them.
    void launch();
    /// Waits for the API server, starts the rest, makes nodes, namespace team-a and alice's role. Returns what failed.
    std::string settle();
    /// True when a server found its port taken: between our choice and its start another program got it.
    bool lostItsPort() const;

    const std::string& name() const { return m_name; }
    const std::filesystem::path& folder() const { return m_folder; }
    std::string url() const;
    std::string etcdUrl() const;
    /// "north-admin", "north-alice", "north-exec".
    std::string context(const std::string& user = "admin") const { return m_name + "-" + user; }
    std::string token() const { return m_name + "-token-alice"; }
    std::filesystem::path authorityFile() const { return m_folder / "ca.crt"; }
    std::filesystem::path execPlugin() const { return m_folder / "exec-plugin"; }
    /// Where the node agent looks for NAMESPACE/POD/CONTAINER.log.
    std::filesystem::path logFolder() const { return m_folder / "logs"; }

    bool isRunning(Server server);
    pid_t pid(Server server) const;
    /// SIGTERM, and waits until it is gone.
    void stop(Server server);
    /// SIGKILL, as a crash or a pulled plug.
    void kill(Server server);
    /// SIGSTOP: it keeps its connections and answers nobody. resume() lets it go on.
    void pause(Server server);
    void resume(Server server);
    /// Starts a server again, same command, same port. For an API server waits until it is ready. False: it is not.
    bool start(Server server);
    bool waitUntilReady(int timeoutMs = 60000);

    /// kubectl as admin, or as another user where the arguments name --context.
    Ran kubectl(std::vector<std::string> arguments, const std::string& input = {});
    /// One request to the API server as admin.
    Answer api(const std::string& method, const std::string& path, const std::string& body = {},
               const std::string& contentType = "application/json") const;

    /// Writes objects straight into etcd, past admission, validation and defaults, so that they may be as old or as odd
    /// as a test wants them: key ("/registry/pods/NAMESPACE/NAME") and JSON with apiVersion, kind, metadata.uid and
    /// creationTimestamp. False when etcd refused.
    bool putInEtcd(const std::vector<std::pair<std::string, std::string>>& objects) const;
    bool deleteFromEtcd(const std::string& key) const;

    /// Makes `count` running pods of about 9 KB of JSON (two containers, probes, environment, managed fields) quickly,
    /// through etcd: 20,000 take some seconds. They are named bulk-N-xxxxx and lie on the cluster's nodes, in
    /// `namespaces` by turns (made where missing). Returns what failed.
    std::string fillWithPods(int count, const std::vector<std::string>& namespaces = {"bulk"});

private:
    ChildProcess& process(Server server) { return m_processes[static_cast<std::size_t>(server)]; }
    void writeFiles();
    std::vector<std::string> command(Server server) const;
    void launch(Server server);
    std::string make(const std::string& path, const std::string& object) const;
    std::string tail(Server server) const;

    std::string m_name;
    ClusterOptions m_options;
    std::filesystem::path m_bin;
    std::filesystem::path m_folder;
    std::filesystem::path m_kubeconfig;
    struct Ports {
        std::uint16_t etcd, peer, api, kwok, agent;
    } m_ports{};
    std::array<ChildProcess, serverCount> m_processes;
    int m_filled = 0;
};

} // namespace testbed
