// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/browser/kind_groups.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace ui {

class KindGroupsText {
    Q_DECLARE_TR_FUNCTIONS(ui::KindGroups)
};

namespace {

struct Place {
    std::string_view resource;
    KindGroup group;
};

// In the order in which they stand within their groups.
constexpr std::array kPlaces{
    Place{"pods", KindGroup::Workloads},
    Place{"deployments.apps", KindGroup::Workloads},
    Place{"statefulsets.apps", KindGroup::Workloads},
    Place{"daemonsets.apps", KindGroup::Workloads},
    Place{"replicasets.apps", KindGroup::Workloads},
    Place{"jobs.batch", KindGroup::Workloads},
    Place{"cronjobs.batch", KindGroup::Workloads},
    Place{"configmaps", KindGroup::Config},
    Place{"secrets", KindGroup::Config},
    Place{"horizontalpodautoscalers.autoscaling", KindGroup::Config},
    Place{"poddisruptionbudgets.policy", KindGroup::Config},
    Place{"resourcequotas", KindGroup::Config},
    Place{"limitranges", KindGroup::Config},
    Place{"services", KindGroup::Network},
    Place{"ingresses.networking.k8s.io", KindGroup::Network},
    Place{"networkpolicies.networking.k8s.io", KindGroup::Network},
    Place{"endpointslices.discovery.k8s.io", KindGroup::Network},
    Place{"endpoints", KindGroup::Network},
    Place{"persistentvolumeclaims", KindGroup::Storage},
    Place{"persistentvolumes", KindGroup::Storage},
    Place{"storageclasses.storage.k8s.io", KindGroup::Storage},
    Place{"serviceaccounts", KindGroup::Access},
    Place{"roles.rbac.authorization.k8s.io", KindGroup::Access},
    Place{"rolebindings.rbac.authorization.k8s.io", KindGroup::Access},
    Place{"clusterroles.rbac.authorization.k8s.io", KindGroup::Access},
    Place{"clusterrolebindings.rbac.authorization.k8s.io", KindGroup::Access},
    Place{"nodes", KindGroup::Cluster},
    Place{"namespaces", KindGroup::Cluster},
    Place{"events", KindGroup::Cluster},
    Place{"customresourcedefinitions.apiextensions.k8s.io", KindGroup::Cluster},
    Place{"podtemplates", KindGroup::Workloads},
    Place{"replicationcontrollers", KindGroup::Workloads},
};

constexpr std::array<std::pair<std::string_view, KindGroup>, 22> kApiGroups{{
    {"apps", KindGroup::Workloads},
    {"batch", KindGroup::Workloads},
    {"autoscaling", KindGroup::Config},
    {"policy", KindGroup::Config},
    {"networking.k8s.io", KindGroup::Network},
    {"discovery.k8s.io", KindGroup::Network},
    {"gateway.networking.k8s.io", KindGroup::Network},
    {"storage.k8s.io", KindGroup::Storage},
    {"snapshot.storage.k8s.io", KindGroup::Storage},
    {"storagemigration.k8s.io", KindGroup::Storage},
    {"rbac.authorization.k8s.io", KindGroup::Access},
    {"certificates.k8s.io", KindGroup::Access},
    {"authentication.k8s.io", KindGroup::Access},
    {"authorization.k8s.io", KindGroup::Access},
    {"apiextensions.k8s.io", KindGroup::Cluster},
    {"apiregistration.k8s.io", KindGroup::Cluster},
    {"admissionregistration.k8s.io", KindGroup::Cluster},
    {"coordination.k8s.io", KindGroup::Cluster},
    {"flowcontrol.apiserver.k8s.io", KindGroup::Cluster},
    {"scheduling.k8s.io", KindGroup::Cluster},
    {"node.k8s.io", KindGroup::Cluster},
    {"resource.k8s.io", KindGroup::Cluster},
}};

} // namespace

QString kindGroupTitle(KindGroup group) {
    switch (group) {
    case KindGroup::Favourites:
        return KindGroupsText::tr("Favourites", "heading over kinds of objects");
    case KindGroup::Workloads:
        return KindGroupsText::tr("Workloads", "heading over kinds of objects");
    case KindGroup::Config:
        return KindGroupsText::tr("Config", "heading over kinds of objects");
    case KindGroup::Network:
        return KindGroupsText::tr("Network", "heading over kinds of objects");
    case KindGroup::Storage:
        return KindGroupsText::tr("Storage", "heading over kinds of objects");
    case KindGroup::Access:
        return KindGroupsText::tr("Access", "heading over kinds of objects");
    case KindGroup::Cluster:
        return KindGroupsText::tr("Cluster", "heading over kinds of objects");
    case KindGroup::Custom:
        return KindGroupsText::tr("Custom", "heading over kinds of objects");
    }
    return {};
}

KindGroup groupOf(const kube::Kind& kind) {
    const std::string resource = kind.resource();
    const auto* place =
        std::find_if(kPlaces.begin(), kPlaces.end(), [&](const Place& known) { return known.resource == resource; });
    if (place != kPlaces.end())
        return place->group;
    const auto* group = std::find_if(kApiGroups.begin(), kApiGroups.end(),
                                     [&](const auto& known) { return known.first == kind.group; });
    if (group != kApiGroups.end())
        return group->second;
    if (kind.group.empty() || kind.group.ends_with(".apiserver.k8s.io") || kind.group == "metrics.k8s.io" ||
        kind.group == "events.k8s.io")
        return KindGroup::Cluster;
    return KindGroup::Custom;
}

int rankInGroup(const kube::Kind& kind) {
    const std::string resource = kind.resource();
    const auto* place =
        std::find_if(kPlaces.begin(), kPlaces.end(), [&](const Place& known) { return known.resource == resource; });
    return static_cast<int>(place - kPlaces.begin());
}

QString kindTitle(const kube::Kind& kind) {
    const QString name = QString::fromStdString(kind.kind);
    const QString plural = QString::fromStdString(kind.plural);
    if (plural == name.toLower())
        return name;
    // The kind's capitals with the plural's ending.
    const QString lower = name.toLower();
    qsizetype common = 0;
    while (common < lower.size() && common < plural.size() && lower[common] == plural[common])
        ++common;
    if (common + 1 < lower.size())
        return name; // The plural is another word.
    return name.left(common) + plural.mid(common);
}

std::vector<kube::Kind> listableKinds(const std::vector<kube::KindCatalogPtr>& catalogs) {
    std::vector<kube::Kind> kinds;
    std::set<std::string> seen;
    for (const kube::KindCatalogPtr& catalog : catalogs) {
        if (!catalog)
            continue;
        for (const kube::Kind& kind : catalog->kinds()) {
            // The same objects as those of the core group.
            if (kind.group == "events.k8s.io" || !kind.allows("list"))
                continue;
            if (seen.insert(kind.resource()).second)
                kinds.push_back(kind);
        }
    }
    return kinds;
}

std::vector<std::string> defaultFavourites() {
    return {"pods", "deployments.apps", "nodes", "services"};
}

} // namespace ui
