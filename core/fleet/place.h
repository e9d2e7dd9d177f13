// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace fleet {

/// What a node tells of where it runs; empty texts where it does not.
struct NodePlace {
    std::string provider; ///< As people say it: "AWS", "GCP", "Azure", "Bare metal".
    std::string region;
    friend auto operator<=>(const NodePlace&, const NodePlace&) = default;
};

/// Told from spec.providerID ("aws:///eu-west-1a/i-0abc") and the labels ("a=b,c=d") that clouds and distributions set.
/// A node of which neither says anything has no provider; Fleet calls a cluster of such nodes "Bare metal".
/// Sources: providerIDs of the cloud controllers in github.com/kubernetes (cloud-provider-*), the label
/// topology.kubernetes.io/region of k8s.io/api/core/v1 and the vendors' own labels. Pure.
[[nodiscard]] NodePlace placeOfNode(std::string_view providerId, std::string_view labels);

/// The distribution that a version's suffix tells ("v1.30.2+k3s1", "v1.29.6-eks-1552ad0"), empty if it tells none.
/// Pure.
[[nodiscard]] std::string providerOfVersion(std::string_view version);

} // namespace fleet
