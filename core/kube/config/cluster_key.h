// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/config/kubeconfig.h"

#include <compare>
#include <string>

namespace kube {

/// Which server a context leads to, as far as can be told without asking it: two contexts with equal keys are two ways
/// into one cluster. Holds no secret. Once the uid of kube-system is known, that is the better answer.
struct ClusterKey {
    std::string
        server; ///< Scheme and host in small letters, port always, no trailing slash; tls-server-name behind a '#'.
    std::string
        trust; ///< SHA-256 of the certificate authorities, whatever their order and wrapping; empty for the system's.

    auto operator<=>(const ClusterKey&) const = default;
    /// Short and stable, fit for file names: letters, digits, '-'.
    [[nodiscard]] std::string id() const;
};

/// Reads the CA file the cluster names; if that cannot be read, its path stands in for its content.
ClusterKey clusterKeyOf(const ClusterEntry& cluster);

} // namespace kube
