// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/quarterdeck-demo/object_store.h"
#include "app/quarterdeck-demo/site.h"

#include <cstdint>
#include <string>
#include <vector>

namespace demo {

/// A pod's containers and place, from which its whole object is made.
struct PodPlan {
    std::string ns;
    std::string app;
    std::string version; ///< "v1", empty where there is one only
    std::string name;
    std::string ownerKind;
    std::string ownerName;
    std::string ownerUid;
    std::string node;               ///< Empty: pending.
    std::int64_t startedAgo = 3600; ///< Seconds.
    bool mesh = false;              ///< With a sidecar.
};

/// The objects of one site: made once, then moved by the story and by controllers that keep pods as wanted. One thread.
class World {
public:
    World(ObjectStore& store, Site site);

    /// Fills the store.
    void build();
    /// Once a second: brings pods of changed workloads to life or ends them, lets the story go on.
    void tick();

private:
    void buildNodes();
    void buildNamespaces();
    void buildShop();
    void buildSystem();
    void buildStorage();
    void buildJobs();
    void buildCustom();
    void buildRights();
    void buildExtraPods();

    void addDeployment(const std::string& ns, const std::string& app, const std::string& version, int replicas,
                       bool mesh);
    void addService(const std::string& ns, const std::string& app);
    void addPod(const PodPlan& plan);
    void addEvent(const std::string& type, const std::string& reason, const std::string& message, const Json& about,
                  int count);

    void reconcileDeployment(const Json& deployment);
    void settlePendingPods();
    void refreshEndpoints(const std::string& ns, const std::string& app);
    void crashLoop();
    void replaceSomePod();
    void runCronJob();
    void heartbeat();
    void finishJobs();

    [[nodiscard]] std::string nodeFor(std::uint64_t salt) const;
    [[nodiscard]] std::string suffix();
    std::uint64_t random();

    ObjectStore& m_store;
    Site m_site;
    std::vector<std::string> m_nodes;
    std::uint64_t m_random;
    std::int64_t m_second = 0;
};

} // namespace demo
