// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/auth/exec_plugin.h"

#include "core/kube/auth/plain_text.h"
#include "core/kube/auth/plugin_policy.h"
#include "core/kube/auth/time_text.h"
#include "core/kube/config/base64.h"
#include "core/kube/config/pem.h"
#include "core/kube/config/read_file.h"
#include "core/kube/config/yaml_fields.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>

namespace kube {

namespace {

using base::ErrorCode;
using base::Result;

constexpr const char* clusterExtension = "client.authentication.k8s.io/exec";

/// Go's encoder writes what HTML would trip over as escapes; all of it stands inside strings.
std::string escapedAsGoDoes(const std::string& json) {
    std::string out;
    out.reserve(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
        switch (json[i]) {
        case '<':
            out += "\\u003c";
            break;
        case '>':
            out += "\\u003e";
            break;
        case '&':
            out += "\\u0026";
            break;
        case '\xe2':
            if (json.compare(i, 3, "\u2028") == 0 || json.compare(i, 3, "\u2029") == 0) {
                out += json[i + 2] == '\xa8' ? "\\u2028" : "\\u2029";
                i += 2;
                break;
            }
            [[fallthrough]];
        default:
            out.push_back(json[i]);
        }
    }
    return out;
}

/// client-go drops query and fragment only where there is a path.
std::string hostAsSent(const std::string& server) {
    const auto mark = server.find("://");
    if (mark == std::string::npos)
        return server;
    const auto slash = server.find_first_of("/?#", mark + 3);
    if (slash == std::string::npos || server[slash] != '/')
        return server;
    const auto end = server.find_first_of("?#", slash);
    return (end == std::string::npos ? server.size() : end) - slash > 1 ? server.substr(0, end) : server;
}

bool isSecretName(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const char* word : {"secret", "token", "password", "passwd", "key", "credential"})
        if (name.find(word) != std::string::npos)
            return true;
    return false;
}

std::string plainVersion(const nlohmann::json& object) {
    const auto found = object.find("apiVersion");
    if (found == object.end() || !found->is_string())
        return {};
    const auto& text = found->get_ref<const std::string&>();
    const bool plain = text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '/' || c == '-';
                       });
    return plain ? text : "something else";
}

/// A text field, empty if it is not there; false if it is no text.
bool readText(const nlohmann::json& object, const char* name, std::string& out) {
    const auto found = object.find(name);
    if (found == object.end() || found->is_null())
        return true;
    if (!found->is_string())
        return false;
    out = found->get<std::string>();
    return true;
}

/// Plugins mostly print JSON; kubectl takes YAML, too.
nlohmann::json parseOutput(std::string_view output) {
    auto json = nlohmann::json::parse(output, nullptr, false);
    if (!json.is_discarded())
        return json;
    const auto document = parseYaml(output, "");
    if (!document)
        return json;
    const auto text = yamlToJson(*document);
    return text ? nlohmann::json::parse(*text, nullptr, false) : json;
}

} // namespace

CredentialHost::CredentialHost(net::Engine& engineIn, base::Executor& backgroundIn, const base::Clock& clockIn,
                               CredentialOptions optionsIn)
    : engine(engineIn)
    , background(backgroundIn)
    , clock(clockIn)
    , options(std::move(optionsIn))
    , shell(std::getenv("SHELL") ? std::getenv("SHELL") : "/bin/sh", options.shellDeadline) {}

Result<std::string> execInfo(const ExecConfig& exec, const ClusterEntry& cluster, bool isInteractive) {
    nlohmann::ordered_json info;
    info["kind"] = "ExecCredential";
    info["apiVersion"] = exec.apiVersion;
    nlohmann::ordered_json& spec = info["spec"] = nlohmann::ordered_json::object();
    if (exec.provideClusterInfo) {
        nlohmann::ordered_json& about = spec["cluster"];
        about["server"] = hostAsSent(cluster.server);
        if (!cluster.tlsServerName.empty())
            about["tls-server-name"] = cluster.tlsServerName;
        if (cluster.insecureSkipTlsVerify)
            about["insecure-skip-tls-verify"] = true;
        std::string ca = cluster.certificateAuthorityData;
        if (ca.empty() && !cluster.certificateAuthority.empty()) {
            auto content = readFile(cluster.certificateAuthority);
            if (!content)
                return base::fail(content.error());
            ca = std::move(*content);
        }
        if (!ca.empty())
            about["certificate-authority-data"] = encodeBase64(ca);
        if (!cluster.proxyUrl.empty())
            about["proxy-url"] = cluster.proxyUrl;
        if (cluster.disableCompression)
            about["disable-compression"] = true;
        const auto extension = cluster.extensions.find(clusterExtension);
        about["config"] = extension == cluster.extensions.end()
                              ? nlohmann::ordered_json(nullptr)
                              : nlohmann::ordered_json::parse(extension->second, nullptr, false);
    }
    spec["interactive"] = isInteractive;
    return escapedAsGoDoes(info.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)) + "\n";
}

Result<Material> parseExecCredential(std::string_view output, const std::string& version) {
    const auto refuse = [](const std::string& why) { return base::fail(ErrorCode::PluginFailed, why); };
    const nlohmann::json object = parseOutput(output);
    if (!object.is_object())
        return refuse("printed no ExecCredential");
    std::string kind;
    if (!readText(object, "kind", kind) || kind != "ExecCredential")
        return refuse("printed something that is not an ExecCredential");
    if (const std::string printed = plainVersion(object); printed != version)
        return refuse("was asked for " + version + " and printed " + (printed.empty() ? "no version" : printed));
    const auto status = object.find("status");
    if (status == object.end() || !status->is_object())
        return refuse("printed an ExecCredential without a status");
    Material material;
    std::string expiration;
    if (!readText(*status, "token", material.token) ||
        !readText(*status, "clientCertificateData", material.clientCertPem) ||
        !readText(*status, "clientKeyData", material.clientKeyPem) ||
        !readText(*status, "expirationTimestamp", expiration))
        return refuse("printed a status with a field that is not text");
    if (material.token.empty() && material.clientCertPem.empty() && material.clientKeyPem.empty())
        return refuse("gave neither a token nor a certificate with its key");
    if (material.clientCertPem.empty() != material.clientKeyPem.empty())
        return refuse("gave only one of certificate and key");
    if (std::any_of(material.token.begin(), material.token.end(),
                    [](char c) { return c == '\n' || c == '\r' || c == '\0'; }))
        return refuse("gave a token that holds a line break");
    if (!material.clientCertPem.empty())
        if (const auto pair = checkKeyPair(material.clientCertPem, material.clientKeyPem); !pair)
            return refuse("gave a certificate and key that do not go together: " + pair.error().message);
    if (!expiration.empty()) {
        material.useUntilMs = parseTime(expiration);
        if (!material.useUntilMs)
            return refuse("gave an expirationTimestamp that is no time");
    }
    material.expiresAtMs = material.useUntilMs;
    for (const auto& end : {certificateEnd(material.clientCertPem), tokenEnd(material.token)})
        if (end && (!material.expiresAtMs || *end < *material.expiresAtMs))
            material.expiresAtMs = end;
    return material;
}

std::string execPluginKey(const ExecConfig& exec, const ClusterEntry& cluster) {
    nlohmann::json key;
    key["command"] = exec.command;
    key["args"] = exec.args;
    key["env"] = exec.env;
    key["version"] = exec.apiVersion;
    key["mode"] = exec.interactiveMode;
    key["hint"] = exec.installHint;
    const auto extension = cluster.extensions.find(clusterExtension);
    key["config"] = extension == cluster.extensions.end() ? "" : extension->second;
    if (exec.provideClusterInfo)
        key["cluster"] = {cluster.server,
                          cluster.tlsServerName,
                          cluster.insecureSkipTlsVerify,
                          sha256(cluster.certificateAuthorityData),
                          cluster.certificateAuthority,
                          cluster.proxyUrl,
                          cluster.disableCompression};
    return sha256(key.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

ExecPlugin::ExecPlugin(const std::shared_ptr<CredentialHost>& host, ExecConfig exec, ClusterEntry cluster)
    : MaterialSource(host->clock)
    , m_host(host)
    , m_exec(std::move(exec))
    , m_cluster(std::move(cluster)) {}

ExecPlugin::~ExecPlugin() = default;

std::string ExecPlugin::hint() const {
    const std::string text = plainText(m_exec.installHint.substr(0, 4096));
    return text.empty() ? std::string() : "\n" + text;
}

std::vector<std::string> ExecPlugin::secrets() const {
    std::vector<std::string> found;
    for (const auto& [name, value] : m_exec.env)
        if (isSecretName(name))
            found.push_back(value);
    for (const std::string& argument : m_exec.args)
        if (const auto equals = argument.find('=');
            equals != std::string::npos && isSecretName(argument.substr(0, equals)))
            found.push_back(argument.substr(equals + 1));
    return found;
}

void ExecPlugin::begin(Attempt attempt) {
    const auto host = m_host.lock();
    if (!host) {
        attempt.finish(base::fail(ErrorCode::Internal, "the program is ending"));
        return;
    }
    host->background.post([weak = weak_from_this(), attempt = std::move(attempt)] {
        if (const auto self = std::static_pointer_cast<ExecPlugin>(weak.lock()))
            self->prepare(attempt);
    });
}

void ExecPlugin::prepare(const Attempt& attempt) {
    const auto host = m_host.lock();
    if (!host || !attempt.isWanted())
        return;
    Environment own = ownEnvironment();
    const bool needsShell =
        host->options.loginShell == LoginShell::Always ||
        (host->options.loginShell == LoginShell::WhenMissing && findExecutable(m_exec.command, own["PATH"]).empty());
    if (!needsShell || m_exec.command.empty()) {
        run(attempt, own);
        return;
    }
    host->shell.get(host->runner, [weak = weak_from_this(), attempt, own = std::move(own)](const Environment& shell) {
        if (const auto self = std::static_pointer_cast<ExecPlugin>(weak.lock()))
            self->run(attempt, withShellEnvironment(own, shell));
    });
}

void ExecPlugin::run(const Attempt& attempt, const Environment& environment) {
    const auto host = m_host.lock();
    if (!host || !attempt.isWanted())
        return;
    const auto refuse = [&](const std::string& why) {
        attempt.finish(base::fail(ErrorCode::PluginFailed, "plugin " + m_exec.command + " " + why));
    };
    const auto policy = PluginPolicy::load(std::getenv("KUBERC"), std::getenv("HOME"));
    if (!policy)
        return attempt.finish(base::fail(ErrorCode::PluginFailed,
                                         "plugin " + m_exec.command + " may not run: " + policy.error().message));
    const auto path = environment.find("PATH");
    const std::string searchPath = path == environment.end() ? "" : path->second;
    const std::string program = findExecutable(m_exec.command, searchPath);
    if (const auto allowed = policy->check(m_exec.command, program, searchPath); !allowed)
        return attempt.finish(base::fail(allowed.error()));
    if (program.empty())
        return refuse("not found" + hint());

    const bool hasTerminal = host->options.terminal == Terminal::Stdin && ::isatty(0) == 1;
    if (m_exec.interactiveMode == "Always" && !hasTerminal)
        return refuse("wants to ask on a terminal (interactiveMode: Always), and there is none");
    const bool interactive = hasTerminal && m_exec.interactiveMode != "Never";
    const auto info = execInfo(m_exec, m_cluster, interactive);
    if (!info)
        return attempt.finish(base::fail(info.error()));

    Environment variables = environment;
    for (const auto& [name, value] : m_exec.env)
        variables[name] = value;
    variables["KUBERNETES_EXEC_INFO"] = *info;
    ProcessSpec spec;
    spec.path = program;
    spec.arguments = m_exec.args;
    for (const auto& [name, value] : variables)
        spec.environment.push_back(name + "=" + value);
    spec.input = interactive ? ProcessInput::Terminal : ProcessInput::None;
    spec.deadline = host->options.pluginDeadline;
    if (host->options.pluginOutput)
        spec.onErrors = [tell = host->options.pluginOutput, command = m_exec.command](const std::string& raw) {
            tell(command, plainText(raw));
        };
    const std::lock_guard lock(m_mutex);
    if (!attempt.isWanted())
        return;
    m_process = host->runner.start(std::move(spec), [weak = weak_from_this(), attempt](const ProcessResult& result) {
        if (const auto self = std::static_pointer_cast<ExecPlugin>(weak.lock()))
            attempt.finish(self->judge(result));
    });
}

void ExecPlugin::giveUp() {
    const auto host = m_host.lock();
    const std::lock_guard lock(m_mutex);
    if (host && m_process != 0)
        host->runner.kill(m_process);
    m_process = 0;
}

Result<Material> ExecPlugin::judge(const ProcessResult& result) const {
    std::string errors = withoutSecrets(plainText(result.errors), secrets());
    while (!errors.empty() && (errors.back() == '\n' || errors.back() == ' '))
        errors.pop_back();
    if (!errors.empty())
        errors.insert(0, ":\n");
    const auto refuse = [&](const std::string& why) {
        return base::fail(ErrorCode::PluginFailed, "plugin " + m_exec.command + " " + why);
    };
    switch (result.end) {
    case ProcessEnd::NotStarted:
        return refuse(std::string("cannot be started: ") + std::strerror(result.code) + hint());
    case ProcessEnd::TimedOut:
        return refuse("did not end in time and was stopped" + errors);
    case ProcessEnd::Killed:
        return refuse("was stopped");
    case ProcessEnd::TooMuchOutput:
        return refuse("printed too much and was stopped");
    case ProcessEnd::Signalled:
        return refuse("was ended by signal " + std::to_string(result.code) + errors);
    case ProcessEnd::Exited:
        break;
    }
    if (result.code != 0)
        return refuse("failed with exit code " + std::to_string(result.code) + errors);
    auto material = parseExecCredential(result.output, m_exec.apiVersion);
    if (!material)
        return refuse(material.error().message + errors);
    return material;
}

} // namespace kube
