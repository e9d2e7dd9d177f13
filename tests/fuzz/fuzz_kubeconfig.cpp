// SPDX-License-Identifier: GPL-3.0-or-later
// A kubeconfig, a kuberc and the answer of a plugin are all YAML that somebody else wrote.
#include "core/kube/auth/exec_plugin.h"
#include "core/kube/auth/kubeconfig_writer.h"
#include "core/kube/auth/login.h"
#include "core/kube/auth/plain_text.h"
#include "core/kube/auth/plugin_policy.h"
#include "core/kube/auth/time_text.h"
#include "core/kube/config/endpoint.h"
#include "core/kube/config/kubeconfig.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    kube::Kubeconfig config = kube::Kubeconfig::parse(text, "file");
    // Nothing outside is to be opened.
    for (kube::ClusterEntry& cluster : config.clusters)
        cluster.certificateAuthority.clear();
    for (kube::UserEntry& user : config.users)
        user.clientCertificate = user.clientKey = user.tokenFile = "";
    for (const kube::ContextEntry& context : config.contexts) {
        static_cast<void>(kube::loginOf(config, context));
        static_cast<void>(kube::endpointOf(config, context));
        const kube::ClusterEntry* cluster = config.cluster(context.cluster);
        const kube::UserEntry* user = config.user(context.user);
        if (cluster && user && user->exec)
            static_cast<void>(kube::execInfo(*user->exec, *cluster, false));
    }
    for (const kube::UserEntry& user : config.users) {
        if (!user.authProvider)
            continue;
        const auto changed = kube::withProviderTokens(text, "file", user.name, {{"id-token", "a.b.c"}});
        if (!changed)
            continue;
        const kube::Kubeconfig again = kube::Kubeconfig::parse(*changed, "file");
        const kube::UserEntry* saved = again.user(user.name);
        if (!saved || !saved->authProvider || saved->authProvider->config.at("id-token") != "a.b.c")
            std::abort();
    }
    static_cast<void>(kube::PluginPolicy::parse(text, "file"));
    static_cast<void>(kube::parseExecCredential(text, "client.authentication.k8s.io/v1"));
    static_cast<void>(kube::tokenEnd(text));
    static_cast<void>(kube::plainText(text));
    return 0;
}
