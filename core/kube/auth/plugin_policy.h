// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// Which credential plugins may run, as kubectl's own settings file says (kuberc: credentialPluginPolicy and
/// credentialPluginAllowlist). Source of the rules: client-go plugin/pkg/client/auth/exec, kubectl pkg/kuberc.
struct PluginPolicy {
    enum class Kind { AllowAll, DenyAll, Allowlist };
    Kind kind = Kind::AllowAll;
    std::vector<std::string> allowlist; ///< Commands: names or paths.

    /// Of the file in KUBERC, else ~/.kube/kuberc; `KUBERC=off` means none. A file named in KUBERC must be good; in the
    /// usual place one that cannot be understood is passed over, as kubectl does.
    static base::Result<PluginPolicy> load(const char* kuberc, const char* home);
    /// The content of a kuberc file.
    static base::Result<PluginPolicy> parse(std::string_view text, const std::string& file);

    /// Success if `command` (as written in the kubeconfig), which was found at `path`, may run. `searchPath` finds the
    /// names in the allowlist.
    [[nodiscard]] base::Result<void> check(const std::string& command, const std::string& path,
                                           std::string_view searchPath) const;
};

/// Where a program stands: a command with a '/' as it is, a bare name looked up in the absolute folders of
/// `searchPath`. Empty if there is no such executable file.
std::string findExecutable(const std::string& command, std::string_view searchPath);

} // namespace kube
