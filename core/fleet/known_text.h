// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/fleet/cluster_info.h"
#include "core/kube/discovery.h"

#include <string>
#include <string_view>

namespace fleet {

/// The numbers of a cluster as JSON, for the next start. Pure.
[[nodiscard]] std::string summaryText(const ClusterInfo& info);
/// Puts the numbers of such a text into `info`; leaves alone what the text does not say. Pure.
void readSummary(std::string_view text, ClusterInfo& info);

/// The kinds of a server as JSON, for when it is away. Pure.
[[nodiscard]] std::string catalogText(const kube::KindCatalog& catalog);
/// Null for anything else. Pure.
[[nodiscard]] kube::KindCatalogPtr readCatalog(std::string_view text);

} // namespace fleet
