// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/session.h"

#include "core/kube/config/endpoint.h"
#include "core/kube/live_transport.h"
#include "core/kube/server_traits.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace qdctl {

namespace {

kube::CredentialOptions credentialOptions() {
    kube::CredentialOptions options;
    options.terminal = kube::Terminal::Stdin;
    options.pluginOutput = [](const std::string&, const std::string& text) {
        std::fwrite(text.data(), 1, text.size(), stderr);
    };
    return options;
}

} // namespace

Session::Session(const GlobalOptions& options)
    : m_pool(3)
    , m_credentials(m_engine, m_pool, m_clock, credentialOptions())
    , m_kubeconfigs(options.kubeconfig.empty() ? 0 : 1, options.kubeconfig)
    , m_config(kube::Kubeconfig::load(options.kubeconfig.empty()
                                          ? kube::KubeconfigSources::fromEnvironment()
                                          : kube::KubeconfigSources::explicitFile(options.kubeconfig))) {}

base::Result<std::vector<std::string>> Session::chosen(const std::string& clusters) const {
    std::vector<std::string> contexts;
    if (clusters == "all") {
        for (const kube::ContextEntry& context : m_config.contexts)
            contexts.push_back(context.name);
        if (contexts.empty())
            return base::fail(base::ErrorCode::BadInput, "there is no context" + whatIsWrong());
        return contexts;
    }
    if (clusters.empty()) {
        if (m_config.currentContext.empty())
            return base::fail(base::ErrorCode::BadInput,
                              "no current context is set; name one with --clusters" + whatIsWrong());
        return std::vector<std::string>{m_config.currentContext};
    }
    for (std::size_t from = 0; from <= clusters.size();) {
        const std::size_t comma = std::min(clusters.find(',', from), clusters.size());
        std::string name = clusters.substr(from, comma - from);
        if (!m_config.context(name))
            return base::fail(base::ErrorCode::BadInput, "there is no context '" + name + "'" + whatIsWrong());
        if (std::find(contexts.begin(), contexts.end(), name) == contexts.end())
            contexts.push_back(std::move(name));
        from = comma + 1;
    }
    return contexts;
}

// Of the kubeconfig: where a file cannot be read, that is why a context is missing.
std::string Session::whatIsWrong() const {
    std::string text;
    for (const kube::KubeconfigFile& file : m_config.files) {
        for (const base::Error& problem : file.problems)
            text += (text.empty() ? " (" : "; ") + explain(problem);
    }
    return text.empty() ? text : text + ")";
}

base::Result<Way> Session::open(const std::string& context) {
    const kube::ContextEntry* entry = m_config.context(context);
    if (!entry)
        return base::fail(base::ErrorCode::NotFound, "there is no context '" + context + "'");
    if (!entry->problems.empty())
        return base::fail(entry->problems.front());
    base::Result<net::Endpoint> endpoint = kube::endpointOf(m_config, *entry);
    if (!endpoint)
        return base::fail(std::move(endpoint.error()));
    auto credentials = m_credentials.credentialsFor(m_config, *entry);
    if (!credentials)
        return base::fail(std::move(credentials.error()));
    Way way;
    way.context = context;
    way.ns = entry->nameSpace.empty() ? "default" : entry->nameSpace;
    way.endpoint = std::make_shared<const net::Endpoint>(std::move(*endpoint));
    way.credentials = std::move(*credentials);
    way.environment.transport = std::make_shared<kube::LiveTransport>(m_engine, way.endpoint, way.credentials);
    way.environment.decodePool = &m_pool;
    way.environment.clock = &m_clock;
    way.environment.timers = &m_timers;
    way.environment.traits = std::make_shared<kube::ServerTraits>();
    return way;
}

void complain(const std::string& text) {
    std::fprintf(stderr, "qdctl: %s\n", text.c_str());
}

std::string explain(const base::Error& error) {
    std::string text;
    if (!error.verb.empty())
        text += error.verb + " ";
    if (!error.resource.empty())
        text += error.resource + ": ";
    else if (!text.empty())
        text.back() = ':', text += ' ';
    text += error.message.empty() ? std::string(toString(error.code)) : error.message;
    return text;
}

} // namespace qdctl
