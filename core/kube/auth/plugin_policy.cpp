// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/auth/plugin_policy.h"

#include "core/kube/config/read_file.h"
#include "core/kube/config/yaml_fields.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

namespace kube {

namespace {

using base::ErrorCode;

std::string cleaned(const std::string& path) {
    std::string text = std::filesystem::path(path).lexically_normal().string();
    while (text.size() > 1 && text.back() == '/')
        text.pop_back();
    return text;
}

std::string baseName(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

bool isExecutable(const std::string& path) {
    struct stat info{};
    return ::stat(path.c_str(), &info) == 0 && !S_ISDIR(info.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

base::Result<void> validateAllowlist(const std::string& file, const std::vector<std::string>& list) {
    const auto refuse = [&](const std::string& why) {
        return base::fail(ErrorCode::BadInput, file + ": credentialPluginAllowlist: " + why);
    };
    if (list.empty())
        return refuse("missing or empty, though credentialPluginPolicy is Allowlist");
    for (const std::string& command : list) {
        if (command.empty())
            return refuse("an entry without a command");
        if (cleaned(command) != command)
            return refuse("\"" + command + "\" is not written as \"" + cleaned(command) + "\"");
    }
    return {};
}

} // namespace

std::string findExecutable(const std::string& command, std::string_view searchPath) {
    if (command.find('/') != std::string::npos)
        return isExecutable(command) ? command : std::string();
    while (!searchPath.empty() && !command.empty()) {
        const auto colon = searchPath.find(':');
        const std::string_view folder = searchPath.substr(0, colon);
        searchPath.remove_prefix(colon == std::string_view::npos ? searchPath.size() : colon + 1);
        // Nothing is run out of the current folder by accident.
        if (folder.empty() || folder[0] != '/')
            continue;
        std::string candidate(folder);
        if (candidate.back() != '/')
            candidate += '/';
        candidate += command;
        if (isExecutable(candidate))
            return candidate;
    }
    return {};
}

base::Result<PluginPolicy> PluginPolicy::parse(std::string_view text, const std::string& file) {
    const auto document = parseYaml(text, file);
    if (!document)
        return base::fail(document.error());
    std::vector<base::Error> problems;
    PluginPolicy policy;
    std::string version;
    std::string kind;
    std::string name;
    bool hasList = false;
    try {
        YamlFields fields(*document, file, "", problems);
        fields.text("apiVersion", version);
        fields.text("kind", kind);
        if (kind != "Preference" || !version.starts_with("kubectl.config.k8s.io/"))
            return base::fail(ErrorCode::BadInput, file + ": not a kuberc file: its kind is not Preference");
        if (version == "kubectl.config.k8s.io/v1alpha1")
            return policy;
        fields.text("credentialPluginPolicy", name);
        hasList = fields.has("credentialPluginAllowlist");
        fields.maps("credentialPluginAllowlist", [&](YamlFields& entry) {
            std::string command;
            entry.text("name", command);
            entry.text("command", command);
            policy.allowlist.push_back(std::move(command));
        });
    } catch (const std::exception&) {
        return base::fail(ErrorCode::BadInput, file + ": cannot be understood");
    }
    if (!problems.empty())
        return base::fail(problems.front());
    if (name == "Allowlist") {
        policy.kind = Kind::Allowlist;
        if (const auto valid = validateAllowlist(file, policy.allowlist); !valid)
            return base::fail(valid.error());
        return policy;
    }
    if (hasList)
        return base::fail(ErrorCode::BadInput,
                          file + ": credentialPluginAllowlist is set, but credentialPluginPolicy is not Allowlist");
    if (name == "DenyAll")
        policy.kind = Kind::DenyAll;
    else if (!name.empty() && name != "AllowAll")
        return base::fail(ErrorCode::BadInput,
                          file + ": credentialPluginPolicy: neither AllowAll, DenyAll nor Allowlist");
    return policy;
}

base::Result<PluginPolicy> PluginPolicy::load(const char* kuberc, const char* home) {
    const std::string named = kuberc ? kuberc : "";
    if (named == "off")
        return PluginPolicy();
    const std::string file = named.empty() ? std::string(home ? home : "") + "/.kube/kuberc" : named;
    const auto content = readFile(file);
    if (!content)
        return named.empty() ? base::Result<PluginPolicy>(PluginPolicy()) : base::fail(content.error());
    auto policy = parse(*content, file);
    if (policy || !named.empty())
        return policy;
    // What is no kuberc at all is passed over; a policy that is there but wrong must not turn into permission.
    if (content->find("credentialPlugin") == std::string::npos)
        return PluginPolicy();
    return policy;
}

base::Result<void> PluginPolicy::check(const std::string& command, const std::string& path,
                                       std::string_view searchPath) const {
    if (kind == Kind::AllowAll)
        return {};
    const auto refuse = [&](const char* why) {
        return base::fail(ErrorCode::PluginFailed, "plugin " + command + " may not run: " + why);
    };
    if (kind == Kind::DenyAll)
        return refuse("credentialPluginPolicy in kuberc is DenyAll");
    const auto has = [&](const std::string& text) {
        return std::find(allowlist.begin(), allowlist.end(), text) != allowlist.end();
    };
    if (has(cleaned(command)) || (!path.empty() && has(path)))
        return {};
    if (path.empty())
        return refuse("it cannot be found, so that it cannot be held against the credentialPluginAllowlist in kuberc");
    for (const std::string& entry : allowlist)
        if (baseName(entry) == baseName(path) && findExecutable(entry, searchPath) == path)
            return {};
    return refuse("it is not in the credentialPluginAllowlist in kuberc");
}

} // namespace kube
