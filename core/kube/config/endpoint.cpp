// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/config/endpoint.h"

#include "core/kube/config/pem.h"
#include "core/kube/config/read_file.h"

#include <algorithm>
#include <cctype>

namespace kube {

namespace {

using base::ErrorCode;
using base::Result;

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

struct UrlParts {
    std::string scheme;
    std::string authority; ///< Without user information.
    std::string path;
};

/// What Go's url.Parse would find, as far as it matters here; an empty scheme or authority where it finds none.
Result<UrlParts> splitUrl(const std::string& url) {
    const auto refuse = [](const char* why) { return base::fail(ErrorCode::BadInput, why); };
    if (std::any_of(url.begin(), url.end(), [](unsigned char c) { return c <= 0x20 || c == 0x7f; }))
        return refuse("holds a space or a control character");
    UrlParts parts;
    const auto mark = url.find("://");
    if (mark == std::string::npos)
        return parts;
    parts.scheme = lower(url.substr(0, mark));
    const auto start = mark + 3;
    auto end = url.find_first_of("/?#", start);
    end = end == std::string::npos ? url.size() : end;
    parts.authority = url.substr(start, end - start);
    // A name and password in the address are not for the wire: the user entry says who asks.
    if (const auto at = parts.authority.rfind('@'); at != std::string::npos)
        parts.authority.erase(0, at + 1);
    parts.path = url.substr(end, url.find_first_of("?#", end) - end);
    const auto port =
        parts.authority.find(':', parts.authority.find(']') == std::string::npos ? 0 : parts.authority.find(']'));
    if (port != std::string::npos) {
        const std::string digits = parts.authority.substr(port + 1);
        if (digits.size() > 5 ||
            !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return refuse("has a port that is not a number");
        if (!digits.empty() && std::stoi(digits) > 65535)
            return refuse("has a port beyond 65535");
    }
    return parts;
}

/// What a cluster or user names, as data or as a file.
Result<std::string> dataOrFile(const Origin& origin, const std::string& where, const std::string& field,
                               const std::string& data, const std::string& file) {
    if (!data.empty() || file.empty())
        return data;
    auto content = readFile(file);
    if (!content)
        return base::fail(content.error().code, origin.file + ": line " + std::to_string(origin.line) + ": " + where +
                                                    ": " + field + ": " + content.error().message);
    return content;
}

/// Names the place for an error about content.
std::string place(const Origin& origin, const std::string& where, const std::string& field, const std::string& data,
                  const std::string& file) {
    const std::string start = origin.file + ": line " + std::to_string(origin.line) + ": " + where + ": ";
    return start + (data.empty() ? field + " (" + file + ")" : field + "-data") + " ";
}

Result<void> addTrust(const ClusterEntry& cluster, net::Endpoint& endpoint) {
    const std::string where = "cluster \"" + cluster.name + "\"";
    const bool hasCa = !cluster.certificateAuthority.empty() || !cluster.certificateAuthorityData.empty();
    if (cluster.insecureSkipTlsVerify && hasCa)
        return base::fail(ErrorCode::BadInput,
                          cluster.origin.file + ": line " + std::to_string(cluster.origin.line) + ": " + where +
                              ": insecure-skip-tls-verify and a certificate authority are both set");
    endpoint.insecureSkipVerify = cluster.insecureSkipTlsVerify;
    endpoint.tlsServerName = cluster.tlsServerName;
    auto ca = dataOrFile(cluster.origin, where, "certificate-authority", cluster.certificateAuthorityData,
                         cluster.certificateAuthority);
    if (!ca)
        return base::fail(ca.error());
    endpoint.caPem = std::move(*ca);
    if (endpoint.caPem.empty())
        return {};
    if (const auto certificates = certificatesOf(endpoint.caPem); !certificates)
        return base::fail(ErrorCode::BadInput, place(cluster.origin, where, "certificate-authority",
                                                     cluster.certificateAuthorityData, cluster.certificateAuthority) +
                                                   certificates.error().message);
    return {};
}

Result<void> addCertificate(const UserEntry& user, net::Endpoint& endpoint) {
    if (user.clientCertificate.empty() && user.clientCertificateData.empty())
        return {};
    const std::string where = "user \"" + user.name + "\"";
    auto certificate =
        dataOrFile(user.origin, where, "client-certificate", user.clientCertificateData, user.clientCertificate);
    if (!certificate)
        return base::fail(certificate.error());
    auto key = dataOrFile(user.origin, where, "client-key", user.clientKeyData, user.clientKey);
    if (!key)
        return base::fail(key.error());
    if (const auto parsed = certificatesOf(*certificate); !parsed)
        return base::fail(ErrorCode::BadInput, place(user.origin, where, "client-certificate",
                                                     user.clientCertificateData, user.clientCertificate) +
                                                   parsed.error().message);
    if (const auto pair = checkKeyPair(*certificate, *key); !pair)
        return base::fail(ErrorCode::BadInput,
                          place(user.origin, where, "client-key", user.clientKeyData, user.clientKey) +
                              pair.error().message);
    endpoint.clientCertPem = std::move(*certificate);
    endpoint.clientKeyPem = std::move(*key);
    return {};
}

} // namespace

Result<std::string> serverUrl(const std::string& server) {
    if (server.empty())
        return base::fail(ErrorCode::BadInput, "no server is given");
    auto parts = splitUrl(server);
    if (!parts)
        return base::fail(ErrorCode::BadInput, "server: " + parts.error().message);
    if (parts->scheme.empty() || parts->authority.empty()) {
        parts = splitUrl("http://" + server);
        if (!parts)
            return base::fail(ErrorCode::BadInput, "server: " + parts.error().message);
        if (parts->authority.empty() || (!parts->path.empty() && parts->path != "/"))
            return base::fail(ErrorCode::BadInput, "server: neither a URL nor host:port");
    }
    if (parts->scheme != "http" && parts->scheme != "https")
        return base::fail(ErrorCode::BadInput, "server: neither http nor https");
    while (!parts->path.empty() && parts->path.back() == '/')
        parts->path.pop_back();
    return parts->scheme + "://" + parts->authority + parts->path;
}

Result<net::Endpoint> endpointOf(const Kubeconfig& config, const ContextEntry& context) {
    const auto failed = [&](base::Error error) {
        error.cluster = context.name;
        return base::fail(std::move(error));
    };
    const auto badInput = [&](std::string message) {
        base::Error error;
        error.code = ErrorCode::BadInput;
        error.message = std::move(message);
        return failed(std::move(error));
    };
    if (!context.problems.empty())
        return failed(context.problems.front());
    const ClusterEntry* cluster = config.cluster(context.cluster);
    if (!cluster)
        return badInput("context \"" + context.name + "\": there is no such cluster");
    net::Endpoint endpoint;
    auto url = serverUrl(cluster->server);
    if (!url)
        return badInput(cluster->origin.file + ": line " + std::to_string(cluster->origin.line) + ": cluster \"" +
                        cluster->name + "\": " + url.error().message);
    endpoint.url = std::move(*url);
    endpoint.proxyUrl = cluster->proxyUrl;
    endpoint.disableCompression = cluster->disableCompression;
    if (!endpoint.url.starts_with("https://"))
        return endpoint;
    if (const auto trust = addTrust(*cluster, endpoint); !trust)
        return failed(trust.error());
    const UserEntry* user = context.user.empty() ? nullptr : config.user(context.user);
    if (user)
        if (const auto certificate = addCertificate(*user, endpoint); !certificate)
            return failed(certificate.error());
    return endpoint;
}

std::vector<base::Error> problemsOf(const Kubeconfig& config, const ContextEntry& context) {
    if (!context.problems.empty())
        return context.problems;
    if (auto endpoint = endpointOf(config, context); !endpoint)
        return {endpoint.error()};
    return {};
}

} // namespace kube
