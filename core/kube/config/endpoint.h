// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kube/config/kubeconfig.h"
#include "core/net/http.h"

#include <string>
#include <vector>

namespace kube {

/// The way to a context's server, with the client certificate of its user if there is one in the file. Reads the
/// certificate and key files it names, on the calling thread; their content is checked, so that a bad one is named here
/// by file and field and not later by the TLS library. To a server without TLS no credentials are ever sent, as in
/// client-go.
base::Result<net::Endpoint> endpointOf(const Kubeconfig& config, const ContextEntry& context);

/// Everything that keeps a context from being used: its own problems and what endpointOf() would say.
std::vector<base::Error> problemsOf(const Kubeconfig& config, const ContextEntry& context);

/// The URL that client-go would talk to: without a scheme http is meant, a path is kept as a prefix, query and fragment
/// are dropped, as is a trailing slash. Fails where it is neither a URL nor host:port.
base::Result<std::string> serverUrl(const std::string& server);

} // namespace kube
