// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/executor.h"
#include "core/base/result.h"
#include "core/fleet/connection.h"
#include "core/kube/auth/credential_store.h"
#include "core/kube/config/kubeconfig.h"
#include "core/net/engine.h"

#include <memory>
#include <string>

namespace fleet {

/// Opens ways to live servers as a kubeconfig says. Confined to the home executor.
class LiveAccess {
public:
    LiveAccess(net::Engine& engine, const base::Clock& clock, kube::CredentialOptions options);

    /// Reads the files the context names; contacts nobody and runs nothing. Fails with what is wrong with the entry.
    base::Result<ClusterAccess> open(const kube::Kubeconfig& config, const std::string& context);

private:
    net::Engine& m_engine;
    base::ThreadPool m_files{1}; // Reads credential files, which may lie on a slow share.
    kube::CredentialStore m_credentials;
};

} // namespace fleet
