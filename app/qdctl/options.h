// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace qdctl {

/// What scripts may rely on.
enum ExitCode : int { Complete = 0, Failed = 1, Usage = 2, Partial = 3, Conflicted = 4 };

struct GlobalOptions {
    std::string kubeconfig; ///< Empty: as kubectl finds it.
};

struct ClustersOptions {
    bool check = false;
    std::string output = "table";
};

struct GetOptions {
    std::string kinds;
    std::vector<std::string> names;
    std::string ns;
    bool allNamespaces = false;
    std::string clusters;
    std::string selector;
    std::string fieldSelector;
    std::string filter;
    std::string output = "table";
    bool noHeaders = false;
    bool showLabels = false;
    std::vector<std::string> labelColumns;
    bool watch = false;
    bool outputWatchEvents = false;
};

struct ApiResourcesOptions {
    std::string clusters;
    std::string output = "table";
};

struct AuthOptions {
    std::string verb;
    std::string resource; ///< TYPE[/NAME] or a path such as /healthz.
    std::string subresource;
    std::string ns;
    bool allNamespaces = false;
    std::string clusters;
    bool list = false;
    bool quiet = false;
    bool noHeaders = false;
    std::string output = "table";
};

struct DoctorOptions {
    std::string context;
};

} // namespace qdctl
