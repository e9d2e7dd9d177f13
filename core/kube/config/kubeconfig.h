// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kube {

/// Name to content, as JSON text with sorted keys.
using Extensions = std::map<std::string, std::string>;

/// Where an entry stands. Line counts from 1.
struct Origin {
    std::string file; ///< As the search list names it.
    int line = 0;
};

/// An entry of `clusters`: how a server is reached and trusted.
struct ClusterEntry {
    std::string name;
    Origin origin;
    std::string server;
    std::string tlsServerName;
    bool insecureSkipTlsVerify = false;
    std::string certificateAuthority;     ///< Path, resolved against the folder of the file that names it.
    std::string certificateAuthorityData; ///< Decoded.
    std::string proxyUrl;
    bool disableCompression = false;
    Extensions extensions;
    std::vector<base::Error> problems; ///< Fields that cannot be understood; any makes the entry unusable.
};

/// `exec` of a user. interactiveMode is as written, with the default of v1beta1 filled in.
struct ExecConfig {
    std::string command; ///< A path, resolved like the other paths if it holds a '/', or a name to look up in PATH.
    std::vector<std::string> args;
    std::vector<std::pair<std::string, std::string>> env;
    std::string apiVersion;
    std::string installHint;
    bool provideClusterInfo = false;
    std::string interactiveMode;
};

/// `auth-provider` of a user, the old way to sign in by OIDC.
struct AuthProviderConfig {
    std::string name;
    std::map<std::string, std::string> config;
};

/// An entry of `users`. Holds secrets: never log it.
struct UserEntry {
    std::string name;
    Origin origin;
    std::string clientCertificate; ///< Path, resolved.
    std::string clientCertificateData;
    std::string clientKey; ///< Path, resolved.
    std::string clientKeyData;
    std::string token;
    std::string tokenFile; ///< Path, resolved.
    std::string username;
    std::string password;
    std::string impersonate;
    std::string impersonateUid;
    std::vector<std::string> impersonateGroups;
    std::map<std::string, std::vector<std::string>> impersonateUserExtra;
    std::optional<AuthProviderConfig> authProvider;
    std::optional<ExecConfig> exec;
    Extensions extensions;
    std::vector<base::Error> problems; ///< As in ClusterEntry.
};

/// An entry of `contexts`: a way into a cluster.
struct ContextEntry {
    std::string name;
    Origin origin;
    std::string cluster;
    std::string user;
    std::string nameSpace; ///< Empty means "default".
    Extensions extensions;
    /// Why this context cannot be used, those of its cluster and user included; empty if it can. The files that an
    /// entry names are not opened for this: see endpoint.h.
    std::vector<base::Error> problems;
};

/// One file of the search list.
struct KubeconfigFile {
    std::string path;
    bool exists = false;
    /// What is wrong with the file as a whole, and everything for which kubectl would refuse it. Entries that could be
    /// understood are there nevertheless.
    std::vector<base::Error> problems;
};

/// Where kubeconfig files are looked for, as kubectl does: an explicit path alone, else the files of KUBECONFIG, else
/// ~/.kube/config.
struct KubeconfigSources {
    std::vector<std::string> files;
    bool isExplicit = false; ///< The one file must exist.

    static KubeconfigSources explicitFile(std::string path);
    /// From KUBECONFIG and HOME of this process.
    static KubeconfigSources fromEnvironment();
    /// `list` as in KUBECONFIG: separated by ':', doubles and empty entries dropped; empty means ~/.kube/config.
    static KubeconfigSources fromList(std::string_view list, std::string_view home);
};

/// What kubectl would read from a list of files: a plain value. Of entries with one name the first file's wins whole;
/// the first file that sets current-context wins. A file or an entry that is broken never hides the others: it carries
/// its problems with it. Within a file entries keep their order. Source of the rules: client-go tools/clientcmd.
struct Kubeconfig {
    std::string currentContext;
    std::vector<ContextEntry> contexts;
    std::vector<ClusterEntry> clusters;
    std::vector<UserEntry> users;
    Extensions extensions;
    std::vector<KubeconfigFile> files; ///< All of the search list, in its order, missing ones too.

    /// Reads the files, on the calling thread. Never fails: what went wrong is in files and in the entries.
    static Kubeconfig load(const KubeconfigSources& sources);
    /// One file's content, as load() reads it: for tests and for files that are not on disk.
    static Kubeconfig parse(std::string_view text, const std::string& path);

    /// nullptr if there is none. Pointers live as long as the value is not changed.
    [[nodiscard]] const ContextEntry* context(std::string_view name) const;
    [[nodiscard]] const ClusterEntry* cluster(std::string_view name) const;
    [[nodiscard]] const UserEntry* user(std::string_view name) const;
};

} // namespace kube
