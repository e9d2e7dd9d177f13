// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/config/cluster_key.h"

#include "core/kube/config/endpoint.h"
#include "core/kube/config/pem.h"
#include "core/kube/config/read_file.h"

#include <algorithm>

namespace kube {

namespace {

std::string normalised(const std::string& server) {
    const auto url = serverUrl(server);
    if (!url)
        return server;
    const auto mark = url->find("://") + 3;
    const auto slash = std::min(url->find('/', mark), url->size());
    std::string host = url->substr(mark, slash - mark);
    std::transform(host.begin(), host.end(), host.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto bracket = host.rfind(']');
    const auto colon = host.find(':', bracket == std::string::npos ? 0 : bracket);
    if (colon != std::string::npos && colon + 1 == host.size())
        host.pop_back();
    if (colon == std::string::npos || colon >= host.size())
        host += url->starts_with("https://") ? ":443" : ":80";
    return url->substr(0, mark) + host + url->substr(slash);
}

std::string trustOf(const ClusterEntry& cluster) {
    std::string pem = cluster.certificateAuthorityData;
    if (pem.empty() && !cluster.certificateAuthority.empty()) {
        auto content = readFile(cluster.certificateAuthority);
        if (!content)
            return sha256("path " + cluster.certificateAuthority);
        pem = std::move(*content);
    }
    if (pem.empty())
        return {};
    auto certificates = certificatesOf(pem);
    if (!certificates)
        return sha256("raw " + pem);
    std::sort(certificates->begin(), certificates->end());
    certificates->erase(std::unique(certificates->begin(), certificates->end()), certificates->end());
    std::string hashes;
    for (const std::string& der : *certificates)
        hashes += sha256(der);
    return sha256(hashes);
}

} // namespace

std::string ClusterKey::id() const {
    std::string host =
        server.substr(std::min(server.find("://"), server.size() - std::min<std::size_t>(3, server.size())) + 3);
    host = host.substr(0, host.find_first_of(":/#"));
    std::string text;
    for (const char c : host.substr(0, 24))
        text.push_back((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-');
    return text + "-" + sha256(server + " " + trust).substr(0, 16);
}

ClusterKey clusterKeyOf(const ClusterEntry& cluster) {
    ClusterKey key;
    key.server = normalised(cluster.server);
    if (!cluster.tlsServerName.empty())
        key.server += "#" + cluster.tlsServerName;
    if (key.server.starts_with("https://"))
        key.trust = trustOf(cluster);
    return key;
}

} // namespace kube
