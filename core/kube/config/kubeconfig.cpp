// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/config/kubeconfig.h"

#include "core/kube/config/read_file.h"
#include "core/kube/config/yaml_fields.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace kube {

namespace {

using base::Error;
using base::ErrorCode;

Error badInput(std::string message) {
    Error error;
    error.code = ErrorCode::BadInput;
    error.message = std::move(message);
    return error;
}

std::string quoted(const char* what, const std::string& name) {
    return std::string(what) + " \"" + name + "\"";
}

std::string folderOf(const std::string& file) {
    std::error_code error;
    const auto absolute = std::filesystem::absolute(std::filesystem::path(file), error);
    return error ? std::string() : absolute.parent_path().lexically_normal().string();
}

void resolvePath(std::string& path, const std::string& folder) {
    if (path.empty() || path[0] == '/' || folder.empty())
        return;
    path = (std::filesystem::path(folder) / path).lexically_normal().string();
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
}

template <typename Entry>
const Entry* findByName(const std::vector<Entry>& entries, std::string_view name) {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.name == name; });
    return found == entries.end() ? nullptr : &*found;
}

/// Turns one file into entries. Problems go to the entry they concern and to the file.
class FileReader {
public:
    FileReader(Kubeconfig& config, KubeconfigFile& file)
        : m_config(config)
        , m_file(file)
        , m_folder(folderOf(file.path)) {}

    void read(std::string_view text) {
        const auto document = parseYaml(text, m_file.path);
        if (!document) {
            m_file.problems.push_back(document.error());
            return;
        }
        try {
            readDocument(*document);
        } catch (const std::exception&) {
            // yaml-cpp throws where a node is not what it was asked for; nothing of ours does.
            m_file.problems.push_back(badInput(m_file.path + ": cannot be understood"));
        }
    }

private:
    void readDocument(const YAML::Node& document) {
        YamlFields top(document, m_file.path, "", m_file.problems);
        std::string kind;
        std::string version;
        top.text("kind", kind);
        top.text("apiVersion", version);
        if ((!kind.empty() && kind != "Config") || (!version.empty() && version != "v1")) {
            top.problem(nullptr, top.line(), "not a kubeconfig: its kind is not Config of version v1");
            return;
        }
        top.text("current-context", m_config.currentContext);
        top.extensions(m_config.extensions);
        readList<ClusterEntry>(top, "clusters", "cluster", m_config.clusters,
                               [this](YamlFields& fields, ClusterEntry& entry) { readCluster(fields, entry); });
        readList<UserEntry>(top, "users", "user", m_config.users,
                            [this](YamlFields& fields, UserEntry& entry) { readUser(fields, entry); });
        readList<ContextEntry>(top, "contexts", "context", m_config.contexts,
                               [](YamlFields& fields, ContextEntry& entry) {
                                   fields.text("cluster", entry.cluster);
                                   fields.text("user", entry.user);
                                   fields.text("namespace", entry.nameSpace);
                                   fields.extensions(entry.extensions);
                               });
    }

    template <typename Entry, typename Read>
    void readList(YamlFields& top, const char* list, const char* what, std::vector<Entry>& out, Read read) {
        top.maps(list, [&](YamlFields& named) {
            Entry entry;
            entry.origin = {m_file.path, named.line()};
            // Everything found from here on concerns this entry.
            const std::size_t before = m_file.problems.size();
            named.text("name", entry.name);
            const std::string where = quoted(what, entry.name);
            named.setWhere(where);
            named.map(what, [&](YamlFields& fields) {
                fields.setWhere(where);
                read(fields, entry);
            });
            if (const auto* first = findByName(out, entry.name)) {
                named.problem("name", named.line(), "the file has two entries of this name");
                // Which of them is meant cannot be told, and guessing may lead to the wrong server.
                out[std::size_t(first - out.data())].problems.push_back(m_file.problems.back());
                return;
            }
            entry.problems.assign(m_file.problems.begin() + std::ptrdiff_t(before), m_file.problems.end());
            out.push_back(std::move(entry));
        });
    }

    void readCluster(YamlFields& fields, ClusterEntry& entry) const {
        fields.text("server", entry.server);
        fields.text("tls-server-name", entry.tlsServerName);
        fields.boolean("insecure-skip-tls-verify", entry.insecureSkipTlsVerify);
        fields.text("certificate-authority", entry.certificateAuthority);
        fields.base64("certificate-authority-data", entry.certificateAuthorityData);
        fields.text("proxy-url", entry.proxyUrl);
        fields.boolean("disable-compression", entry.disableCompression);
        fields.extensions(entry.extensions);
        resolvePath(entry.certificateAuthority, m_folder);
    }

    void readUser(YamlFields& fields, UserEntry& entry) const {
        fields.text("client-certificate", entry.clientCertificate);
        fields.base64("client-certificate-data", entry.clientCertificateData);
        fields.text("client-key", entry.clientKey);
        fields.base64("client-key-data", entry.clientKeyData);
        fields.text("token", entry.token);
        fields.text("tokenFile", entry.tokenFile);
        fields.text("username", entry.username);
        fields.text("password", entry.password);
        fields.text("as", entry.impersonate);
        fields.text("as-uid", entry.impersonateUid);
        fields.texts("as-groups", entry.impersonateGroups);
        fields.textListMap("as-user-extra", entry.impersonateUserExtra);
        fields.extensions(entry.extensions);
        fields.map("auth-provider", [&](YamlFields& provider) {
            AuthProviderConfig& config = entry.authProvider.emplace();
            provider.text("name", config.name);
            provider.textMap("config", config.config);
        });
        fields.map("exec", [&](YamlFields& exec) { readExec(exec, entry.exec.emplace()); });
        resolvePath(entry.clientCertificate, m_folder);
        resolvePath(entry.clientKey, m_folder);
        resolvePath(entry.tokenFile, m_folder);
    }

    void readExec(YamlFields& fields, ExecConfig& exec) const {
        fields.text("command", exec.command);
        fields.texts("args", exec.args);
        fields.maps("env", [&](YamlFields& variable) {
            auto& [name, value] = exec.env.emplace_back();
            variable.text("name", name);
            variable.text("value", value);
        });
        fields.text("apiVersion", exec.apiVersion);
        fields.text("installHint", exec.installHint);
        fields.boolean("provideClusterInfo", exec.provideClusterInfo);
        fields.text("interactiveMode", exec.interactiveMode);
        if (exec.interactiveMode.empty() && (exec.apiVersion == "client.authentication.k8s.io/v1beta1" ||
                                             exec.apiVersion == "client.authentication.k8s.io/v1alpha1"))
            exec.interactiveMode = "IfAvailable";
        if (exec.command.find('/') != std::string::npos)
            resolvePath(exec.command, m_folder);
    }

    Kubeconfig& m_config;
    KubeconfigFile& m_file;
    std::string m_folder;
};

template <typename Entry>
void mergeEntries(std::vector<Entry>& into, std::vector<Entry>& from) {
    for (Entry& entry : from)
        if (!findByName(into, entry.name))
            into.push_back(std::move(entry));
}

void merge(Kubeconfig& into, Kubeconfig&& from) {
    if (into.currentContext.empty())
        into.currentContext = std::move(from.currentContext);
    into.extensions.merge(from.extensions);
    mergeEntries(into.clusters, from.clusters);
    mergeEntries(into.users, from.users);
    mergeEntries(into.contexts, from.contexts);
}

/// What client-go's validation says about an entry once its fields have been read. Files are not opened.
class Validator {
public:
    Validator(const Origin& origin, std::string where, std::vector<Error>& problems)
        : m_start(origin.file + ": line " + std::to_string(origin.line) + ": " + std::move(where))
        , m_problems(problems) {}

    void check(bool good, const char* what) {
        if (!good)
            m_problems.push_back(badInput(m_start + ": " + what));
    }

private:
    std::string m_start;
    std::vector<Error>& m_problems;
};

bool isSupportedProxy(const std::string& url) {
    const auto colon = url.find("://");
    if (colon == std::string::npos)
        return false;
    std::string scheme = url.substr(0, colon);
    std::transform(scheme.begin(), scheme.end(), scheme.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return scheme == "http" || scheme == "https" || scheme == "socks5";
}

void validate(ClusterEntry& entry) {
    Validator validator(entry.origin, quoted("cluster", entry.name), entry.problems);
    validator.check(!entry.server.empty(), "server: missing");
    validator.check(entry.proxyUrl.empty() || isSupportedProxy(entry.proxyUrl),
                    "proxy-url: not a URL with http, https or socks5");
    validator.check(entry.certificateAuthority.empty() || entry.certificateAuthorityData.empty(),
                    "certificate-authority and certificate-authority-data are both set");
}

void validate(UserEntry& entry) {
    Validator validator(entry.origin, quoted("user", entry.name), entry.problems);
    const bool hasCertificate = !entry.clientCertificate.empty() || !entry.clientCertificateData.empty();
    if (hasCertificate) {
        validator.check(entry.clientCertificate.empty() || entry.clientCertificateData.empty(),
                        "client-certificate and client-certificate-data are both set");
        validator.check(entry.clientKey.empty() || entry.clientKeyData.empty(),
                        "client-key and client-key-data are both set");
        validator.check(!entry.clientKey.empty() || !entry.clientKeyData.empty(),
                        "client-key: missing, a client certificate needs its key");
    }
    const bool hasBasic = !entry.username.empty() || !entry.password.empty();
    validator.check(!hasBasic || (entry.token.empty() && entry.tokenFile.empty()),
                    "a token and a user name with password are both set, only one may be");
    validator.check(!entry.impersonate.empty() || (entry.impersonateUid.empty() && entry.impersonateGroups.empty() &&
                                                   entry.impersonateUserExtra.empty()),
                    "as-uid, as-groups or as-user-extra without as");
    if (!entry.exec)
        return;
    const ExecConfig& exec = *entry.exec;
    validator.check(!entry.authProvider, "exec and auth-provider are both set");
    validator.check(!exec.command.empty(), "exec.command: missing");
    validator.check(!exec.apiVersion.empty(), "exec.apiVersion: missing");
    validator.check(std::none_of(exec.env.begin(), exec.env.end(), [](const auto& env) { return env.first.empty(); }),
                    "exec.env: a variable without a name");
    validator.check(!exec.interactiveMode.empty(), "exec.interactiveMode: missing");
    validator.check(exec.interactiveMode.empty() || exec.interactiveMode == "Never" ||
                        exec.interactiveMode == "IfAvailable" || exec.interactiveMode == "Always",
                    "exec.interactiveMode: neither Never nor IfAvailable nor Always");
    validator.check(exec.apiVersion.empty() || exec.apiVersion == "client.authentication.k8s.io/v1" ||
                        exec.apiVersion == "client.authentication.k8s.io/v1beta1",
                    "exec.apiVersion: neither client.authentication.k8s.io/v1 nor v1beta1");
}

void validate(const Kubeconfig& config, ContextEntry& entry) {
    Validator validator(entry.origin, quoted("context", entry.name), entry.problems);
    validator.check(!entry.name.empty(), "name: missing");
    const ClusterEntry* cluster = config.cluster(entry.cluster);
    const UserEntry* user = config.user(entry.user);
    if (entry.cluster.empty())
        validator.check(false, "cluster: missing");
    else if (!cluster)
        validator.check(false, ("cluster: there is no cluster \"" + entry.cluster + "\"").c_str());
    if (!entry.user.empty() && !user)
        validator.check(false, ("user: there is no user \"" + entry.user + "\"").c_str());
    if (cluster && !entry.cluster.empty())
        entry.problems.insert(entry.problems.end(), cluster->problems.begin(), cluster->problems.end());
    if (user && !entry.user.empty())
        entry.problems.insert(entry.problems.end(), user->problems.begin(), user->problems.end());
    for (Error& problem : entry.problems)
        problem.cluster = entry.name;
}

void validateAll(Kubeconfig& config) {
    for (ClusterEntry& cluster : config.clusters)
        validate(cluster);
    for (UserEntry& user : config.users)
        validate(user);
    for (ContextEntry& context : config.contexts)
        validate(config, context);
}

} // namespace

KubeconfigSources KubeconfigSources::explicitFile(std::string path) {
    return {{std::move(path)}, true};
}

KubeconfigSources KubeconfigSources::fromEnvironment() {
    const char* list = std::getenv("KUBECONFIG");
    const char* home = std::getenv("HOME");
    return fromList(list ? list : "", home ? home : "");
}

KubeconfigSources KubeconfigSources::fromList(std::string_view list, std::string_view home) {
    KubeconfigSources sources;
    if (list.empty()) {
        sources.files.push_back(std::string(home) + "/.kube/config");
        return sources;
    }
    while (!list.empty()) {
        const auto colon = list.find(':');
        const std::string file(list.substr(0, colon));
        list.remove_prefix(colon == std::string_view::npos ? list.size() : colon + 1);
        if (!file.empty() && std::find(sources.files.begin(), sources.files.end(), file) == sources.files.end())
            sources.files.push_back(file);
    }
    return sources;
}

Kubeconfig Kubeconfig::load(const KubeconfigSources& sources) {
    Kubeconfig config;
    for (const std::string& path : sources.files) {
        KubeconfigFile file;
        file.path = path;
        const auto content = readFile(path);
        if (content) {
            file.exists = true;
            Kubeconfig one;
            FileReader(one, file).read(*content);
            merge(config, std::move(one));
        } else if (content.error().code != ErrorCode::NotFound || sources.isExplicit) {
            file.exists = content.error().code != ErrorCode::NotFound;
            file.problems.push_back(content.error());
        }
        config.files.push_back(std::move(file));
    }
    validateAll(config);
    return config;
}

Kubeconfig Kubeconfig::parse(std::string_view text, const std::string& path) {
    Kubeconfig config;
    KubeconfigFile file;
    file.path = path;
    file.exists = true;
    FileReader(config, file).read(text);
    config.files.push_back(std::move(file));
    validateAll(config);
    return config;
}

const ContextEntry* Kubeconfig::context(std::string_view name) const {
    return findByName(contexts, name);
}

const ClusterEntry* Kubeconfig::cluster(std::string_view name) const {
    return findByName(clusters, name);
}

const UserEntry* Kubeconfig::user(std::string_view name) const {
    return findByName(users, name);
}

} // namespace kube
