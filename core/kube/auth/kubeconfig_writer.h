// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kube {

/// `text` with values of a user's auth-provider config set, all else byte for byte as it was. Block and flow style,
/// JSON too. Fails where the place cannot be changed without touching anything else (aliases, merge keys).
base::Result<std::string> withProviderTokens(std::string_view text, const std::string& file, const std::string& user,
                                             const std::map<std::string, std::string>& values);

/// Saves refreshed tokens to the kubeconfig: the only write ever made to one. Waits a little for the locks that kubectl
/// takes as well (`FILE.lock`, created exclusively, for every file of the search list in sorted order), and replaces
/// the file in one step, keeping its mode and following symbolic links. On the calling thread. Source: client-go
/// tools/clientcmd/config.go.
base::Result<void> saveProviderTokens(const std::vector<std::string>& searchList, const std::string& file,
                                      const std::string& user, const std::map<std::string, std::string>& values);

} // namespace kube
