// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/qdctl/options.h"
#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/timer.h"
#include "core/kube/auth/credential_store.h"
#include "core/kube/auth/credentials.h"
#include "core/kube/config/kubeconfig.h"
#include "core/kube/transport.h"
#include "core/kube/watcher.h"
#include "core/net/engine.h"

#include <memory>
#include <string>
#include <vector>

namespace qdctl {

/// One cluster as a command talks to it.
struct Way {
    std::string context;
    std::string ns; ///< The context's, "default" where it names none.
    std::shared_ptr<const net::Endpoint> endpoint;
    std::shared_ptr<kube::Credentials> credentials;
    kube::WatchEnvironment environment;
};

/// What a run of qdctl stands on. Everything calls back on `home`, which the main thread runs.
class Session {
public:
    explicit Session(const GlobalOptions& options);

    [[nodiscard]] const kube::Kubeconfig& config() const { return m_config; }
    [[nodiscard]] base::ManualExecutor& home() { return m_home; }
    [[nodiscard]] net::Engine& engine() { return m_engine; }
    [[nodiscard]] const base::Clock& clock() const { return m_clock; }
    [[nodiscard]] base::Timers& timers() { return m_timers; }
    [[nodiscard]] base::Executor& pool() { return m_pool; }
    /// The files that were named; none: as kubectl finds them.
    [[nodiscard]] const std::vector<std::string>& kubeconfigs() const { return m_kubeconfigs; }

    /// The contexts that `clusters` names ("a,b", "all"; empty: the current one), or what is wrong with it.
    [[nodiscard]] base::Result<std::vector<std::string>> chosen(const std::string& clusters) const;
    [[nodiscard]] base::Result<Way> open(const std::string& context);

private:
    [[nodiscard]] std::string whatIsWrong() const;

    base::SystemClock m_clock;
    base::ThreadPool m_pool;
    base::ManualExecutor m_home;
    base::SystemTimers m_timers;
    net::Engine m_engine;
    kube::CredentialStore m_credentials;
    std::vector<std::string> m_kubeconfigs;
    kube::Kubeconfig m_config;
};

/// "list pods: forbidden ..." for stderr: what was tried, and why it failed.
[[nodiscard]] std::string explain(const base::Error& error);

/// "qdctl: ..." on stderr.
void complain(const std::string& text);

} // namespace qdctl
