// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/auth/oidc_provider.h"

#include "core/kube/auth/file_source.h"
#include "core/kube/auth/kubeconfig_writer.h"
#include "core/kube/auth/plain_text.h"
#include "core/kube/auth/time_text.h"
#include "core/kube/config/base64.h"
#include "core/kube/config/read_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace kube {

namespace {

using base::ErrorCode;
using base::Result;

constexpr std::int64_t leewayMs = 10000;
constexpr std::size_t maxAnswer = std::size_t(1) << 20;

std::string formEncoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '_' || c == '.' || c == '~';
        if (plain) {
            out.push_back(c);
        } else if (c == ' ') {
            out.push_back('+');
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out.push_back('%');
            out.push_back("0123456789ABCDEF"[byte >> 4]);
            out.push_back("0123456789ABCDEF"[byte & 15]);
        }
    }
    return out;
}

std::string textOf(const nlohmann::json& object, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && found != object.end() && found->is_string() ? found->get<std::string>()
                                                                             : std::string();
}

base::Error failure(ErrorCode code, std::string message) {
    base::Error error;
    error.code = code;
    error.message = std::move(message);
    return error;
}

Material materialOf(const std::string& idToken) {
    Material material;
    material.token = idToken;
    material.expiresAtMs = tokenEnd(idToken);
    material.useUntilMs = material.expiresAtMs.value_or(0) - leewayMs;
    return material;
}

/// The certificate authorities of the identity provider; empty for the system's.
Result<std::string> providerCa(const std::string& data, const std::string& file) {
    if (!data.empty()) {
        auto decoded = decodeBase64(data);
        if (!decoded)
            return base::fail(ErrorCode::BadInput,
                              "auth-provider.config.idp-certificate-authority-data: not valid base64");
        return *decoded;
    }
    return file.empty() ? Result<std::string>("") : readFile(file);
}

} // namespace

OidcProvider::OidcProvider(const std::shared_ptr<CredentialHost>& host, UserEntry user,
                           std::vector<std::string> searchList)
    : MaterialSource(host->clock)
    , m_host(host)
    , m_background(host->background)
    , m_user(std::move(user))
    , m_searchList(std::move(searchList))
    , m_config(m_user.authProvider->config) {}

std::string OidcProvider::value(const char* key) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_config.find(key);
    return found == m_config.end() ? std::string() : found->second;
}

void OidcProvider::begin(Attempt attempt) {
    m_background.post([weak = weak_from_this(), attempt = std::move(attempt)] {
        if (const auto self = std::static_pointer_cast<OidcProvider>(weak.lock()))
            self->look(attempt);
    });
}

void OidcProvider::giveUp() {
    base::Cancel request;
    const std::lock_guard lock(m_mutex);
    request = std::move(m_request);
}

void OidcProvider::look(const Attempt& attempt) {
    if (!attempt.isWanted())
        return;
    const Kubeconfig now = Kubeconfig::load(KubeconfigSources::explicitFile(m_user.origin.file));
    if (const UserEntry* user = now.user(m_user.name);
        user && user->authProvider && user->authProvider->name == "oidc") {
        const std::lock_guard lock(m_mutex);
        // Tokens that could not be saved are newer than those in the file.
        if (user->authProvider->config != m_user.authProvider->config || !last())
            for (const char* key : {"id-token", "refresh-token"})
                if (const auto found = user->authProvider->config.find(key); found != user->authProvider->config.end())
                    m_config[key] = found->second;
    }
    for (const char* key : {"idp-issuer-url", "client-id"})
        if (value(key).empty())
            return attempt.finish(base::fail(ErrorCode::BadInput, "user \"" + m_user.name +
                                                                      "\": auth-provider.config." + key + ": missing"));
    const std::string idToken = value("id-token");
    const auto before = last();
    const bool refused = wasRefused() && before && before->token == idToken;
    if (!idToken.empty() && !refused) {
        if (std::count(idToken.begin(), idToken.end(), '.') != 2)
            return attempt.finish(
                base::fail(ErrorCode::BadInput, "user \"" + m_user.name +
                                                    "\": auth-provider.config.id-token: not a JSON Web "
                                                    "Token"));
        if (tokenEnd(idToken).value_or(0) - leewayMs > clock().nowMs())
            return attempt.finish(materialOf(idToken));
    }
    if (value("refresh-token").empty())
        return attempt.finish(base::fail(ErrorCode::Unauthorized, "user \"" + m_user.name +
                                                                      "\": the id-token has expired and there is no "
                                                                      "refresh-token: sign in again"));
    discover(attempt);
}

void OidcProvider::send(const std::string& url, net::Request request,
                        void (OidcProvider::*next)(const Attempt&, net::Response), const Attempt& attempt) {
    const auto host = m_host.lock();
    if (!host || !attempt.isWanted())
        return;
    auto ca = providerCa(value("idp-certificate-authority-data"), value("idp-certificate-authority"));
    if (!ca)
        return attempt.finish(base::fail(ca.error()));
    const auto mark = url.find("://");
    const bool isHttp = url.starts_with("https://") || url.starts_with("http://");
    if (!isHttp)
        return attempt.finish(base::fail(ErrorCode::BadInput, "the identity provider's address is not http or https"));
    const auto slash = std::min(url.find('/', mark + 3), url.size());
    auto endpoint = std::make_shared<net::Endpoint>();
    endpoint->url = url.substr(0, slash);
    endpoint->caPem = std::move(*ca);
    request.endpoint = std::move(endpoint);
    request.target = slash == url.size() ? "/" : url.substr(slash);
    request.maxBody = maxAnswer;
    request.headers.emplace_back("Accept", "application/json");
    auto handler = [weak = weak_from_this(), attempt, next](Result<net::Response> response) {
        const auto self = std::static_pointer_cast<OidcProvider>(weak.lock());
        if (!self)
            return;
        if (response)
            return (self.get()->*next)(attempt, std::move(*response));
        base::Error error = response.error();
        error.message = "identity provider: " + error.message;
        attempt.finish(base::fail(std::move(error)));
    };
    base::Cancel previous;
    const std::lock_guard lock(m_mutex);
    previous = std::move(m_request);
    if (attempt.isWanted())
        m_request = host->engine.send(std::move(request), m_background, std::move(handler));
}

void OidcProvider::discover(const Attempt& attempt) {
    std::string issuer = value("idp-issuer-url");
    if (issuer.ends_with('/'))
        issuer.pop_back();
    send(issuer + "/.well-known/openid-configuration", net::Request(), &OidcProvider::onDiscovered, attempt);
}

void OidcProvider::onDiscovered(const Attempt& attempt, net::Response response) {
    if (response.status != 200)
        return attempt.finish(
            base::fail(ErrorCode::Unauthorized,
                       "identity provider: its openid-configuration answers " + std::to_string(response.status)));
    const std::string url = textOf(nlohmann::json::parse(response.body, nullptr, false), "token_endpoint");
    if (url.empty())
        return attempt.finish(
            base::fail(ErrorCode::BadResponse, "identity provider: its openid-configuration names no token_endpoint"));
    {
        const std::lock_guard lock(m_mutex);
        m_tokenUrl = url;
        m_clientAuth = ClientAuth::Header;
    }
    refresh(attempt, url, ClientAuth::Header);
}

void OidcProvider::refresh(const Attempt& attempt, const std::string& tokenUrl, ClientAuth clientAuth) {
    net::Request request;
    request.method = "POST";
    request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    const std::string client = formEncoded(value("client-id"));
    const std::string secret = formEncoded(value("client-secret"));
    request.body = "grant_type=refresh_token&refresh_token=" + formEncoded(value("refresh-token"));
    if (clientAuth == ClientAuth::Header) {
        request.headers.emplace_back("Authorization", "Basic " + encodeBase64(client + ":" + secret));
    } else {
        request.body += "&client_id=" + client;
        if (!secret.empty())
            request.body += "&client_secret=" + secret;
    }
    send(tokenUrl, std::move(request), &OidcProvider::onRefreshed, attempt);
}

void OidcProvider::onRefreshed(const Attempt& attempt, net::Response response) {
    const auto answer = nlohmann::json::parse(response.body, nullptr, false);
    const std::string refused = textOf(answer, "error");
    if (response.status < 200 || response.status > 299 || !refused.empty()) {
        // Providers differ in how the client has to name itself; the first way is tried once, then the other.
        std::string url;
        {
            const std::lock_guard lock(m_mutex);
            if (m_clientAuth == ClientAuth::Header)
                url = m_tokenUrl;
            m_clientAuth = ClientAuth::Parameters;
        }
        if (!url.empty())
            return refresh(attempt, url, ClientAuth::Parameters);
        std::string why = "answers " + std::to_string(response.status);
        if (!refused.empty())
            why += " (" + plainText(refused.substr(0, 80)) + ")";
        return attempt.finish(
            base::fail(ErrorCode::Unauthorized, "identity provider: the refresh-token is refused: it " + why));
    }
    const std::string idToken = textOf(answer, "id_token");
    if (idToken.empty())
        return attempt.finish(base::fail(ErrorCode::BadResponse,
                                         "identity provider: it gave no id_token; perhaps the scope "
                                         "openid was not asked for at sign-in"));
    std::map<std::string, std::string> values{{"id-token", idToken}};
    const std::string newRefresh = textOf(answer, "refresh_token");
    if (!newRefresh.empty() && newRefresh != value("refresh-token"))
        values["refresh-token"] = newRefresh;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [key, text] : values)
            m_config[key] = text;
    }
    Material material = materialOf(idToken);
    if (const auto saved = saveProviderTokens(m_searchList, m_user.origin.file, m_user.name, values); !saved)
        material.warning =
            failure(ErrorCode::Io, "the refreshed token could not be saved, kubectl may have to sign in again: " +
                                       saved.error().message);
    attempt.finish(std::move(material));
}

} // namespace kube
