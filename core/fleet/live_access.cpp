// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fleet/live_access.h"

#include "core/kube/config/endpoint.h"
#include "core/kube/live_transport.h"

#include <utility>

namespace fleet {

LiveAccess::LiveAccess(net::Engine& engine, const base::Clock& clock, kube::CredentialOptions options)
    : m_engine(engine)
    , m_credentials(engine, m_files, clock, std::move(options)) {}

base::Result<ClusterAccess> LiveAccess::open(const kube::Kubeconfig& config, const std::string& context) {
    const kube::ContextEntry* entry = config.context(context);
    if (!entry)
        return base::fail(base::ErrorCode::NotFound, "no kubeconfig has a context \"" + context + "\" any more");
    if (!entry->problems.empty())
        return base::fail(entry->problems.front());
    base::Result<net::Endpoint> endpoint = kube::endpointOf(config, *entry);
    if (!endpoint)
        return base::fail(std::move(endpoint.error()));
    auto credentials = m_credentials.credentialsFor(config, *entry);
    if (!credentials)
        return base::fail(std::move(credentials.error()));
    auto shared = std::make_shared<const net::Endpoint>(*std::move(endpoint));
    return ClusterAccess{std::make_shared<kube::LiveTransport>(m_engine, std::move(shared), *credentials),
                         *std::move(credentials)};
}

} // namespace fleet
