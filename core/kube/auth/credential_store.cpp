// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/auth/credential_store.h"

#include "core/kube/auth/exec_plugin.h"
#include "core/kube/auth/file_source.h"
#include "core/kube/auth/oidc_provider.h"
#include "core/kube/auth/time_text.h"
#include "core/kube/config/base64.h"
#include "core/kube/config/pem.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>

namespace kube {

namespace {

using base::ErrorCode;
using base::Result;

/// Which header name bytes need no escape: RFC 9110 tokens, in small letters, without '%'.
std::string escapedHeaderName(const std::string& text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("!#$&'*+-.^_`|~").find(c) != std::string_view::npos;
        if (plain) {
            out.push_back(c);
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out.push_back('%');
            out.push_back("0123456789ABCDEF"[byte >> 4]);
            out.push_back("0123456789ABCDEF"[byte & 15]);
        }
    }
    return out;
}

/// Source: client-go transport/round_trippers.go.
net::Headers impersonation(const UserEntry& user) {
    net::Headers headers;
    if (user.impersonate.empty())
        return headers;
    headers.emplace_back("Impersonate-User", user.impersonate);
    if (!user.impersonateUid.empty())
        headers.emplace_back("Impersonate-Uid", user.impersonateUid);
    for (const std::string& group : user.impersonateGroups)
        headers.emplace_back("Impersonate-Group", group);
    for (const auto& [key, values] : user.impersonateUserExtra)
        for (const std::string& value : values)
            headers.emplace_back("Impersonate-Extra-" + escapedHeaderName(key), value);
    return headers;
}

bool hasLineBreak(const std::string& text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos;
}

/// Everything about a user that changes what it is to a server.
std::string userKey(const UserEntry& user) {
    nlohmann::json key{user.name,
                       user.origin.file,
                       user.clientCertificate,
                       user.clientCertificateData,
                       user.clientKey,
                       user.clientKeyData,
                       user.token,
                       user.tokenFile,
                       user.username,
                       user.password,
                       user.impersonate,
                       user.impersonateUid,
                       user.impersonateGroups,
                       user.impersonateUserExtra};
    if (user.authProvider)
        key.push_back({user.authProvider->name, user.authProvider->config});
    return sha256(key.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

/// Credentials that are all in the kubeconfig.
class FixedCredentials final : public Credentials {
public:
    FixedCredentials(Login login, AuthMaterial material, std::optional<std::int64_t> expiresAtMs)
        : m_login(std::move(login))
        , m_material(std::move(material))
        , m_expiresAtMs(expiresAtMs) {
        m_material.generation = 1;
    }

    base::Cancel authorize(base::Executor& executor, net::Handler<Result<AuthMaterial>> handler) override {
        base::Cancel cancel = base::Cancel::create();
        executor.post([token = cancel.token(), handler = std::move(handler), material = m_material]() mutable {
            if (!token.isCancelled())
                handler(std::move(material));
        });
        return cancel;
    }
    bool invalidate(std::uint64_t) override { return false; }
    [[nodiscard]] AuthStatus status() const override {
        AuthStatus status;
        status.login = m_login;
        status.expiresAtMs = m_expiresAtMs;
        return status;
    }

private:
    const Login m_login;
    AuthMaterial m_material;
    const std::optional<std::int64_t> m_expiresAtMs;
};

/// Credentials that come from a source, with the headers of one user.
class SourcedCredentials final : public Credentials {
public:
    SourcedCredentials(Login login, net::Headers headers, std::shared_ptr<MaterialSource> source)
        : m_login(std::move(login))
        , m_headers(std::move(headers))
        , m_source(std::move(source)) {}

    base::Cancel authorize(base::Executor& executor, net::Handler<Result<AuthMaterial>> handler) override {
        return m_source->get(executor,
                             [headers = m_headers, handler = std::move(handler)](Result<Material> got) mutable {
                                 if (!got)
                                     return handler(base::fail(got.error()));
                                 AuthMaterial material;
                                 if (!got->token.empty())
                                     material.headers.emplace_back("Authorization", "Bearer " + got->token);
                                 material.headers.insert(material.headers.end(), headers.begin(), headers.end());
                                 material.clientCertPem = std::move(got->clientCertPem);
                                 material.clientKeyPem = std::move(got->clientKeyPem);
                                 material.generation = got->generation;
                                 handler(std::move(material));
                             });
    }
    bool invalidate(std::uint64_t generation) override { return m_source->invalidate(generation); }
    [[nodiscard]] AuthStatus status() const override {
        const MaterialSource::Status source = m_source->status();
        return {m_login, source.expiresAtMs, source.busySinceMs, source.problem};
    }

private:
    const Login m_login;
    const net::Headers m_headers;
    const std::shared_ptr<MaterialSource> m_source;
};

} // namespace

LoginShell CredentialOptions::loginShellByEnvironment() {
    const bool hasTerminal = ::isatty(0) == 1 || ::isatty(1) == 1 || ::isatty(2) == 1;
    return hasTerminal && std::getenv("TERM") ? LoginShell::WhenMissing : LoginShell::Always;
}

class CredentialStore::Impl {
public:
    Impl(net::Engine& engine, base::Executor& background, const base::Clock& clock, CredentialOptions options)
        : m_host(std::make_shared<CredentialHost>(engine, background, clock, std::move(options))) {}

    ~Impl() { m_host->runner.shutDown(); }

    Result<std::shared_ptr<Credentials>> credentialsFor(const Kubeconfig& config, const ContextEntry& context) {
        if (!context.problems.empty())
            return base::fail(context.problems.front());
        const ClusterEntry* cluster = config.cluster(context.cluster);
        if (!cluster)
            return failed(context, ErrorCode::NotFound, "context \"" + context.name + "\": there is no such cluster");
        const UserEntry anonymous;
        const UserEntry* known = context.user.empty() ? nullptr : config.user(context.user);
        const UserEntry& user = known ? *known : anonymous;
        const Login login = loginOf(config, context);
        if (login.kind == LoginKind::Unsupported)
            return failed(context, ErrorCode::Unsupported,
                          "user \"" + user.name + "\": the auth-provider " + login.plugin +
                              " is no longer supported by kubectl either; use its credential plugin (exec)");
        net::Headers headers = impersonation(user);
        for (const auto& header : headers)
            if (hasLineBreak(header.second))
                return failed(context, ErrorCode::BadInput,
                              "user \"" + user.name + "\": " + header.first + " holds a line break");
        if (hasLineBreak(user.token))
            return failed(context, ErrorCode::BadInput, "user \"" + user.name + "\": token holds a line break");

        const std::string sourceKey = keyOf(config, *cluster, user, login);
        const std::string key = userKey(user) + sourceKey + std::to_string(static_cast<int>(login.kind)) +
                                (login.kind == LoginKind::None ? "" : cluster->server);
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_credentials, [](const auto& entry) { return entry.second.expired(); });
        if (auto existing = m_credentials[key].lock())
            return existing;
        auto made = make(config, *cluster, user, login, std::move(headers), sourceKey);
        m_credentials[key] = made;
        return made;
    }

private:
    static tl::unexpected<base::Error> failed(const ContextEntry& context, ErrorCode code, std::string message) {
        base::Error error;
        error.code = code;
        error.message = std::move(message);
        error.cluster = context.name;
        return base::fail(std::move(error));
    }

    static bool usesFiles(const UserEntry& user, const Login& login) {
        return login.kind == LoginKind::TokenFile ||
               ((login.kind == LoginKind::Certificate || login.kind == LoginKind::Token) &&
                !user.clientCertificate.empty() && !user.clientKey.empty());
    }

    static std::string keyOf(const Kubeconfig& config, const ClusterEntry& cluster, const UserEntry& user,
                             const Login& login) {
        if (login.kind == LoginKind::Plugin)
            return "exec " + execPluginKey(*user.exec, cluster);
        std::string key;
        if (login.kind == LoginKind::Oidc) {
            // client-go shares by server, issuer and client; the user tells where the tokens are saved.
            const auto& provider = user.authProvider->config;
            const auto part = [&](const char* name) {
                const auto found = provider.find(name);
                return found == provider.end() ? std::string() : found->second;
            };
            key = "oidc " + cluster.server + " " + part("idp-issuer-url") + " " + part("client-id") + " " + user.name +
                  " " + user.origin.file;
            for (const KubeconfigFile& file : config.files)
                key += " " + file.path;
        } else if (usesFiles(user, login)) {
            key = "files " + userKey(user);
        }
        return key;
    }

    /// Sources are kept while the program runs: what a plugin gave is good until it expires, also for who comes later.
    std::shared_ptr<MaterialSource> sourceFor(const Kubeconfig& config, const ClusterEntry& cluster,
                                              const UserEntry& user, const Login& login, const std::string& key) {
        std::shared_ptr<MaterialSource>& source = m_sources[key];
        if (source)
            return source;
        if (login.kind == LoginKind::Plugin) {
            source = std::make_shared<ExecPlugin>(m_host, *user.exec, cluster);
        } else if (login.kind == LoginKind::Oidc) {
            std::vector<std::string> files;
            for (const KubeconfigFile& file : config.files)
                files.push_back(file.path);
            source = std::make_shared<OidcProvider>(m_host, user, std::move(files));
        } else {
            source = std::make_shared<FileSource>(m_host->background, m_host->clock, user);
        }
        return source;
    }

    std::shared_ptr<Credentials> make(const Kubeconfig& config, const ClusterEntry& cluster, const UserEntry& user,
                                      const Login& login, net::Headers headers, const std::string& sourceKey) {
        if (!sourceKey.empty())
            return std::make_shared<SourcedCredentials>(login, std::move(headers),
                                                        sourceFor(config, cluster, user, login, sourceKey));
        AuthMaterial material;
        std::optional<std::int64_t> end;
        if (login.kind == LoginKind::Token) {
            material.headers.emplace_back("Authorization", "Bearer " + user.token);
            end = tokenEnd(user.token);
        } else if (login.kind == LoginKind::Basic) {
            material.headers.emplace_back("Authorization",
                                          "Basic " + encodeBase64(user.username + ":" + user.password));
        }
        if (login.kind != LoginKind::None && !user.clientCertificateData.empty()) {
            const auto certificate = certificateEnd(user.clientCertificateData);
            if (certificate && (!end || *certificate < *end))
                end = certificate;
        }
        material.headers.insert(material.headers.end(), headers.begin(), headers.end());
        return std::make_shared<FixedCredentials>(login, std::move(material), end);
    }

    const std::shared_ptr<CredentialHost> m_host;
    std::mutex m_mutex;
    std::map<std::string, std::weak_ptr<Credentials>> m_credentials;
    std::map<std::string, std::shared_ptr<MaterialSource>> m_sources;
};

CredentialStore::CredentialStore(net::Engine& engine, base::Executor& background, const base::Clock& clock,
                                 CredentialOptions options)
    : m_impl(std::make_unique<Impl>(engine, background, clock, std::move(options))) {}

CredentialStore::~CredentialStore() = default;

Result<std::shared_ptr<Credentials>> CredentialStore::credentialsFor(const Kubeconfig& config,
                                                                     const ContextEntry& context) {
    return m_impl->credentialsFor(config, context);
}

} // namespace kube
