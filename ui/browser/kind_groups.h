// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kube/discovery.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace ui {

/// Where a kind stands in the list on the left.
enum class KindGroup : std::uint8_t { Favourites, Workloads, Config, Network, Storage, Access, Cluster, Custom };

QString kindGroupTitle(KindGroup group);
/// By API group, the core group's kinds one by one.
[[nodiscard]] KindGroup groupOf(const kube::Kind& kind);
/// Kinds that everybody looks for first stand first within their group.
[[nodiscard]] int rankInGroup(const kube::Kind& kind);
/// "Pods", "NetworkPolicies": the kind's own name in the plural, as its resource forms it.
[[nodiscard]] QString kindTitle(const kube::Kind& kind);

/// Kinds of several clusters that can be listed, each once.
[[nodiscard]] std::vector<kube::Kind> listableKinds(const std::vector<kube::KindCatalogPtr>& catalogs);

/// What stands under Favourites until the operator chooses.
[[nodiscard]] std::vector<std::string> defaultFavourites();

} // namespace ui
