// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/commands.h"
#include "app/qdctl/json_text.h"
#include "app/qdctl/session.h"
#include "core/base/age.h"
#include "core/kube/auth/login.h"
#include "core/kube/config/endpoint.h"
#include "core/kube/live_transport.h"
#include "core/kube/status.h"
#include "core/net/probe.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace qdctl {

namespace {

using base::ErrorCode;

constexpr std::int64_t kSoonMs = std::int64_t(14) * 86400 * 1000;
constexpr std::int64_t kMuchSkewMs = 5000;

enum class Verdict { Good, Warning, Bad };

// One line a step: mark, name, time, what was found; below it what to do.
void say(Verdict verdict, std::string_view step, std::int64_t tookUs, const std::string& found,
         std::string_view advice = {}) {
    const char* mark = verdict == Verdict::Good ? "ok  " : verdict == Verdict::Warning ? "warn" : "FAIL";
    char took[32] = "";
    if (tookUs >= 0)
        std::snprintf(took, sizeof took, "%.1f ms", static_cast<double>(tookUs) / 1000);
    std::printf("%s  %-14.*s %9s  %s\n", mark, static_cast<int>(step.size()), step.data(), took, found.c_str());
    if (!advice.empty())
        std::printf("      -> %.*s\n", static_cast<int>(advice.size()), advice.data());
}

std::string_view adviceFor(ErrorCode code) {
    switch (code) {
    case ErrorCode::NameResolution:
        return "Check the server's name in the kubeconfig, the name servers and, where one is needed, the VPN.";
    case ErrorCode::Refused:
        return "Nobody listens there: check address and port, and that the API server runs.";
    case ErrorCode::Unreachable:
        return "Check network, firewall and VPN on the way to the address.";
    case ErrorCode::TimedOut:
        return "Something on the way drops packets: check firewall, VPN and proxy.";
    case ErrorCode::Tls:
        return "Check certificate-authority and tls-server-name in the kubeconfig, and the server's certificate.";
    case ErrorCode::Unauthorized:
    case ErrorCode::Expired:
        return "Sign in again: the credentials are missing, expired or not accepted.";
    case ErrorCode::PluginFailed:
        return "Run the plugin's command by hand and see what it says.";
    case ErrorCode::Forbidden:
        return "Ask for a role that allows this, or name a namespace that you may read.";
    case ErrorCode::Throttled:
        return "The server is busy and asks for patience: try again later.";
    case ErrorCode::ServerFailure:
        return "The server is in trouble: look at its own logs and health.";
    case ErrorCode::Io:
    case ErrorCode::BadInput:
        return "Mend the kubeconfig entry or the file it names.";
    default:
        return "Check that a Kubernetes API server answers at this address.";
    }
}

std::string_view nameOf(net::ProbeStep::Kind kind) {
    switch (kind) {
    case net::ProbeStep::Kind::NameLookup:
        return "DNS";
    case net::ProbeStep::Kind::Connect:
        return "TCP";
    case net::ProbeStep::Kind::Tls:
        return "TLS";
    case net::ProbeStep::Kind::Http:
        return "HTTP";
    }
    return "";
}

std::string describe(const kube::Login& login) {
    std::string text;
    switch (login.kind) {
    case kube::LoginKind::None:
        text = "none (anonymous)";
        break;
    case kube::LoginKind::Token:
        text = "token";
        break;
    case kube::LoginKind::TokenFile:
        text = "token from a file";
        break;
    case kube::LoginKind::Basic:
        text = "name and password";
        break;
    case kube::LoginKind::Certificate:
        text = "client certificate";
        break;
    case kube::LoginKind::Plugin:
        text = "plugin " + login.plugin;
        break;
    case kube::LoginKind::Oidc:
        text = "OIDC token";
        break;
    case kube::LoginKind::Unsupported:
        text = "auth provider " + login.plugin + ", which is not supported";
        break;
    }
    if (!login.impersonate.empty())
        text += ", acting as " + login.impersonate;
    return text;
}

/// One examination: each step says its line; the first that fails ends it.
class Doctor {
public:
    Doctor(Session& session, const std::string& context)
        : m_session(session)
        , m_context(context) {}

    int run() {
        if (!checkConfig() || !checkCredentials() || !checkWay() || !checkAuthorisation())
            return Failed;
        return Complete;
    }

private:
    bool fail(std::string_view step, std::int64_t tookUs, const base::Error& error) {
        say(Verdict::Bad, step, tookUs, error.message, adviceFor(error.code));
        return false;
    }

    std::int64_t nowUs() const {
        return std::chrono::duration_cast<std::chrono::microseconds>(
                   std::chrono::steady_clock::now().time_since_epoch())
            .count();
    }

    bool checkConfig() {
        const kube::ContextEntry* entry = m_session.config().context(m_context);
        if (!entry) {
            std::string files;
            for (const kube::KubeconfigFile& file : m_session.config().files)
                files += (files.empty() ? "" : ", ") + file.path;
            say(Verdict::Bad, "kubeconfig", -1, "no context '" + m_context + "' in " + files,
                "See qdctl clusters for the contexts there are.");
            return false;
        }
        const std::vector<base::Error> problems = kube::problemsOf(m_session.config(), *entry);
        if (!problems.empty())
            return fail("kubeconfig", -1, problems.front());
        base::Result<Way> way = m_session.open(m_context);
        if (!way)
            return fail("kubeconfig", -1, way.error());
        m_way = std::move(*way);
        say(Verdict::Good, "kubeconfig", -1,
            entry->origin.file + ", cluster " + entry->cluster + ", user " + entry->user + ", namespace " + m_way.ns);
        say(Verdict::Good, "server", -1, m_way.endpoint->url);
        if (m_way.endpoint->insecureSkipVerify)
            say(Verdict::Warning, "server", -1, "its certificate is not verified",
                "Remove insecure-skip-tls-verify and name the certificate authority.");
        m_login = kube::loginOf(m_session.config(), *entry);
        return true;
    }

    bool checkCredentials() {
        const std::int64_t start = nowUs();
        std::optional<base::Result<kube::AuthMaterial>> material;
        const base::Cancel cancel =
            m_way.credentials->authorize(m_session.home(), [&](base::Result<kube::AuthMaterial> got) {
                material = std::move(got);
                m_session.home().stop();
            });
        m_session.home().run();
        const std::int64_t took = nowUs() - start;
        if (!*material) {
            say(Verdict::Bad, "credentials", took, describe(m_login) + ": " + material->error().message,
                adviceFor(material->error().code));
            return false;
        }
        m_material = std::move(**material);
        std::string found = describe(m_login);
        const std::optional<std::int64_t> expires = m_way.credentials->status().expiresAtMs;
        if (!expires) {
            say(Verdict::Good, "credentials", took, found);
            return true;
        }
        const std::int64_t left = *expires - m_session.clock().nowMs();
        if (left <= 0) {
            say(Verdict::Bad, "credentials", took, found + ", expired " + base::humanDuration(-left) + " ago",
                adviceFor(ErrorCode::Expired));
            return false;
        }
        const bool isSoon = m_login.kind == kube::LoginKind::Certificate && left < kSoonMs;
        say(isSoon ? Verdict::Warning : Verdict::Good, "credentials", took,
            found + ", valid for " + base::humanDuration(left),
            isSoon ? "Have the certificate renewed in time." : std::string_view());
        return true;
    }

    bool checkWay() {
        net::Request request;
        if (m_material.clientCertPem.empty()) {
            request.endpoint = m_way.endpoint;
        } else {
            auto endpoint = std::make_shared<net::Endpoint>(*m_way.endpoint);
            endpoint->clientCertPem = m_material.clientCertPem;
            endpoint->clientKeyPem = m_material.clientKeyPem;
            request.endpoint = std::move(endpoint);
        }
        request.target = "/version";
        request.headers = m_material.headers;
        request.headers.emplace_back("Accept", "application/json");
        request.headers.emplace_back("User-Agent", kube::userAgent());
        std::optional<net::Diagnosis> diagnosis;
        const base::Cancel cancel =
            net::diagnose(m_session.engine(), std::move(request), m_session.home(), [&](net::Diagnosis found) {
                diagnosis = std::move(found);
                m_session.home().stop();
            });
        m_session.home().run();
        bool isGood = true;
        for (const net::ProbeStep& step : diagnosis->steps) {
            if (step.error) {
                isGood = fail(nameOf(step.kind), step.tookUs, *step.error);
                continue;
            }
            say(Verdict::Good, nameOf(step.kind), step.tookUs, foundBy(step.kind, *diagnosis));
        }
        if (!diagnosis->certificates.empty())
            checkServerCertificate(diagnosis->certificates.front());
        if (!isGood || !diagnosis->response)
            return false;
        if (diagnosis->response->status >= 400) {
            kube::ApiRequest asked;
            asked.verb = "get";
            asked.resource = "/version";
            return fail("version", -1, kube::errorFromResponse(*diagnosis->response, asked));
        }
        const std::string version = jsonMember(diagnosis->response->body, "gitVersion");
        if (version.empty()) {
            say(Verdict::Bad, "version", -1, "the answer has none", adviceFor(ErrorCode::BadResponse));
            return false;
        }
        say(Verdict::Good, "version", -1, version);
        if (diagnosis->clockSkewMs)
            checkClock(*diagnosis->clockSkewMs);
        return true;
    }

    static std::string foundBy(net::ProbeStep::Kind kind, const net::Diagnosis& diagnosis) {
        if (kind == net::ProbeStep::Kind::Connect)
            return diagnosis.address + (diagnosis.proxy.empty() ? "" : " through proxy " + diagnosis.proxy);
        if (kind == net::ProbeStep::Kind::Http && diagnosis.response)
            return "status " + std::to_string(diagnosis.response->status) +
                   (diagnosis.response->httpVersion == 20 ? ", HTTP/2" : ", HTTP/1.1");
        return {};
    }

    void checkServerCertificate(const net::Certificate& certificate) const {
        const std::int64_t left = certificate.notAfterMs - m_session.clock().nowMs();
        const std::string found = certificate.subject + ", issued by " + certificate.issuer;
        if (left <= 0)
            say(Verdict::Bad, "certificate", -1, found + ", expired " + base::humanDuration(-left) + " ago",
                "The server's certificate has to be renewed.");
        else
            say(left < kSoonMs ? Verdict::Warning : Verdict::Good, "certificate", -1,
                found + ", valid for " + base::humanDuration(left),
                left < kSoonMs ? "The server's certificate has to be renewed soon." : std::string_view());
    }

    static void checkClock(std::int64_t skewMs) {
        const bool isMuch = skewMs > kMuchSkewMs || skewMs < -kMuchSkewMs;
        char text[64];
        std::snprintf(text, sizeof text, "the server's is %.0f s %s", static_cast<double>(std::abs(skewMs)) / 1000,
                      skewMs < 0 ? "behind" : "ahead");
        say(isMuch ? Verdict::Warning : Verdict::Good, "clock", -1,
            isMuch ? std::string(text) : std::string("agrees with the server's"),
            isMuch ? "Set the clocks: ages, tokens and certificates are judged by them." : std::string_view());
    }

    bool checkAuthorisation() {
        kube::ApiRequest request;
        request.target = "/api/v1/namespaces/" + m_way.ns + "/pods?limit=1";
        request.accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
        request.verb = "list";
        request.resource = "pods";
        const std::int64_t start = nowUs();
        std::optional<base::Result<net::Response>> answer;
        const base::Cancel cancel = m_way.environment.transport->send(std::move(request), m_session.home(),
                                                                      [&](base::Result<net::Response> got) {
                                                                          answer = std::move(got);
                                                                          m_session.home().stop();
                                                                      });
        m_session.home().run();
        if (!*answer)
            return fail("authorisation", nowUs() - start, answer->error());
        say(Verdict::Good, "authorisation", nowUs() - start, "may list pods in namespace " + m_way.ns);
        return true;
    }

    Session& m_session;
    const std::string m_context;
    Way m_way;
    kube::Login m_login;
    kube::AuthMaterial m_material;
};

} // namespace

int runDoctor(Session& session, const DoctorOptions& options) {
    return Doctor(session, options.context).run();
}

} // namespace qdctl
