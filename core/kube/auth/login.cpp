// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/auth/login.h"

#include "core/kube/config/endpoint.h"
#include "core/kube/config/kubeconfig.h"

namespace kube {

Login loginOf(const Kubeconfig& config, const ContextEntry& context) {
    Login login;
    const ClusterEntry* cluster = config.cluster(context.cluster);
    const UserEntry* user = context.user.empty() ? nullptr : config.user(context.user);
    if (!user)
        return login;
    login.impersonate = user->impersonate;
    // Credentials never travel without TLS.
    const auto url = cluster ? serverUrl(cluster->server) : base::Result<std::string>("");
    if (!url || !url->starts_with("https://"))
        return login;
    if (!user->tokenFile.empty()) {
        login.kind = LoginKind::TokenFile;
    } else if (!user->token.empty()) {
        login.kind = LoginKind::Token;
    } else if (!user->username.empty() || !user->password.empty()) {
        login.kind = LoginKind::Basic;
    } else if (user->authProvider) {
        login.kind = user->authProvider->name == "oidc" ? LoginKind::Oidc : LoginKind::Unsupported;
        login.plugin = user->authProvider->name;
    } else if (!user->clientCertificate.empty() || !user->clientCertificateData.empty()) {
        login.kind = LoginKind::Certificate;
    } else if (user->exec) {
        login.kind = LoginKind::Plugin;
        login.plugin = user->exec->command;
    }
    return login;
}

} // namespace kube
