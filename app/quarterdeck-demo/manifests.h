// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeck-demo/object_store.h"
#include "app/quarterdeck-demo/site.h"
#include "app/quarterdeck-demo/world.h"

#include <cstdint>
#include <string>
#include <vector>

namespace demo {

// Objects as a cluster would hold them. Pure.
Json named(const std::string& name, const std::string& ns = {});
Json namespaceManifest(const std::string& name);
Json nodeManifest(const Site& site, const std::string& name, std::size_t number, bool pressure);
Json leaseManifest(const std::string& node);
Json deploymentManifest(const std::string& ns, const std::string& app, const std::string& version, int replicas,
                        bool mesh);
Json replicaSetManifest(const Json& deployment);
Json daemonSetManifest(const std::string& ns, const std::string& app, int count);
Json statefulSetManifest(const std::string& ns, const std::string& app, int count);
Json jobManifest(const std::string& ns, const std::string& name, const std::string& cronJob,
                 const std::string& cronJobUid, bool complete);
Json cronJobManifest(const std::string& ns, const std::string& name, const std::string& schedule);
Json serviceManifest(const std::string& ns, const std::string& app, const std::string& type, std::uint64_t salt);
Json endpointSliceManifest(const std::string& ns, const std::string& app, const std::vector<Json>& pods);
Json ingressManifest(const std::string& ns, const std::string& name, const std::string& host,
                     const std::string& service);
Json storageClassManifest(const std::string& provider);
/// {"claim": ...} and {"volume": ...}
std::vector<Json> volumeManifests(const std::string& ns, const std::string& name, const std::string& uid);
Json crdManifest(const ServedKind& kind);
Json certificateManifest(const std::string& ns, const std::string& name, int number);
Json backupManifest(const std::string& ns, const std::string& name, int number);
Json eventManifest(const std::string& ns, const std::string& name, const std::string& type, const std::string& reason,
                   const std::string& message, const Json& about, int count);
/// A pod that waits for a node, or for its containers.
Json podManifest(const PodPlan& plan, std::uint64_t salt);

// Changes of state.
void startPod(Json& pod, std::int64_t secondsAgo);
void completePod(Json& pod);
void settleWorkload(Json& workload);

} // namespace demo
