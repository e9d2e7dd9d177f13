// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/cluster.h"

#include <filesystem>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace testbed {

/// Real clusters on loopback, brought up once a test executable and ended with it. Use it from the main thread.
///
///     void initTestCase() { TESTBED_UP({ "north", "south" }); }
///     ... testbed::Testbed::instance().cluster("north").kubectl({ "get", "pods", "-A" });
class Testbed {
public:
    /// Why there is no bed on this machine, one sentence, or nothing: neither KUBEBUILDER_ASSETS nor built servers.
    static std::string whyNot();
    /// The folder that holds the servers and kubectl; empty where there is no bed.
    static std::filesystem::path programFolder();
    /// The bed of this process, in a folder of its own below the temporary folder, gone when the process ends.
    static Testbed& instance();

    /// A bed in a folder that is kept.
    explicit Testbed(std::filesystem::path folder);
    ~Testbed();
    Testbed(const Testbed&) = delete;
    Testbed& operator=(const Testbed&) = delete;

    /// Brings clusters up, all at once; those that are up already stay as they are. Returns what failed, or nothing.
    std::string up(const std::vector<std::string>& names, const ClusterOptions& options = {});
    /// A cluster that up() has brought up.
    Cluster& cluster(const std::string& name);
    bool has(const std::string& name) const { return m_clusters.contains(name); }
    /// Ends a cluster and takes it out of the kubeconfig.
    void down(const std::string& name);

    /// One context for each cluster and user (Cluster::context), the first cluster's administrator as current one.
    std::filesystem::path kubeconfig() const { return m_folder / "kubeconfig"; }
    const std::filesystem::path& folder() const { return m_folder; }

private:
    void launch(const std::string& name, const ClusterOptions& options);
    void writeKubeconfig() const;

    std::filesystem::path m_folder;
    bool m_isOwnFolder = false;
    std::vector<std::string> m_order;
    std::map<std::string, std::unique_ptr<Cluster>> m_clusters;
};

} // namespace testbed

/// In initTestCase: skips the whole test where there is no bed, fails it where a cluster does not come up.
#define TESTBED_UP(...)                                                                                                \
    do {                                                                                                               \
        if (const std::string why = testbed::Testbed::whyNot(); !why.empty())                                          \
            QSKIP(("no test bed: " + why).c_str());                                                                    \
        if (const std::string failed = testbed::Testbed::instance().up(__VA_ARGS__); !failed.empty())                  \
            QFAIL(failed.c_str());                                                                                     \
    } while (false)
