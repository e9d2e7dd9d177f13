// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/auth/exec_plugin.h"
#include "core/kube/auth/material_source.h"
#include "core/kube/config/kubeconfig.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace kube {

/// The old auth-provider "oidc": the id-token of the kubeconfig while it is valid (ten seconds before its end it is
/// not), a new one from the identity provider for the refresh-token afterwards, saved to the kubeconfig. Before it
/// asks, it reads the file again: kubectl may have refreshed meanwhile, and a refresh-token may serve once only.
/// Source: client-go plugin/pkg/client/auth/oidc; RFC 6749 section 6; OpenID Connect Discovery 1.0 section 4.
class OidcProvider final : public MaterialSource {
public:
    OidcProvider(const std::shared_ptr<CredentialHost>& host, UserEntry user, std::vector<std::string> searchList);

private:
    enum class ClientAuth { Header, Parameters };

    void begin(Attempt attempt) override;
    void giveUp() override;
    void look(const Attempt& attempt);
    void discover(const Attempt& attempt);
    void refresh(const Attempt& attempt, const std::string& tokenUrl, ClientAuth clientAuth);
    void finish(const Attempt& attempt, const net::Response& response);
    void send(const std::string& url, net::Request request, void (OidcProvider::*next)(const Attempt&, net::Response),
              const Attempt& attempt);
    void onDiscovered(const Attempt& attempt, net::Response response);
    void onRefreshed(const Attempt& attempt, net::Response response);
    [[nodiscard]] std::string value(const char* key) const;

    std::weak_ptr<CredentialHost> m_host;
    base::Executor& m_background;
    const UserEntry m_user;
    const std::vector<std::string> m_searchList;

    // One attempt at a time uses these; the mutex is for giveUp(), which comes from any thread.
    mutable std::mutex m_mutex;
    std::map<std::string, std::string> m_config;
    std::string m_tokenUrl;
    ClientAuth m_clientAuth = ClientAuth::Header;
    base::Cancel m_request;
};

} // namespace kube
