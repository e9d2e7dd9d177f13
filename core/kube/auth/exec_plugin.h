// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/auth/credential_store.h"
#include "core/kube/auth/login_shell.h"
#include "core/kube/auth/material_source.h"
#include "core/kube/auth/process_runner.h"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace kube {

/// What all sources share; owned by CredentialStore.
struct CredentialHost {
    CredentialHost(net::Engine& engineIn, base::Executor& backgroundIn, const base::Clock& clockIn,
                   CredentialOptions optionsIn);

    net::Engine& engine;
    base::Executor& background;
    const base::Clock& clock;
    const CredentialOptions options;
    LoginShellEnvironment shell;
    ProcessRunner runner;
};

/// The value of KUBERNETES_EXEC_INFO, byte for byte as kubectl makes it.
/// Source: client-go rest/exec.go and pkg/apis/clientauthentication.
base::Result<std::string> execInfo(const ExecConfig& exec, const ClusterEntry& cluster, bool isInteractive);

/// What a plugin printed. `version` is the apiVersion it was asked for. Messages quote nothing of the text.
base::Result<Material> parseExecCredential(std::string_view output, const std::string& version);

/// Tells plugins with the same effect apart from others: the exec section and what of the cluster reaches it.
std::string execPluginKey(const ExecConfig& exec, const ClusterEntry& cluster);

/// A client-go credential plugin: a program that prints credentials.
class ExecPlugin final : public MaterialSource {
public:
    ExecPlugin(const std::shared_ptr<CredentialHost>& host, ExecConfig exec, ClusterEntry cluster);
    ~ExecPlugin() override;

private:
    void begin(Attempt attempt) override;
    void giveUp() override;

    void prepare(const Attempt& attempt);
    void run(const Attempt& attempt, const Environment& environment);
    [[nodiscard]] base::Result<Material> judge(const ProcessResult& result) const;
    [[nodiscard]] std::string hint() const;
    [[nodiscard]] std::vector<std::string> secrets() const;

    std::weak_ptr<CredentialHost> m_host;
    const ExecConfig m_exec;
    const ClusterEntry m_cluster;
    std::mutex m_mutex;
    std::uint64_t m_process = 0; ///< 0 for none.
};

} // namespace kube
