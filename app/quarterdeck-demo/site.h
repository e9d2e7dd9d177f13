// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace demo {

/// One simulated cluster, told in a few words.
struct Site {
    std::string name;      ///< "new-york"
    std::string shortName; ///< "ny", for node names
    std::string version;   ///< "v1.36.3"
    std::string provider;  ///< "aws", "gce"; empty for bare metal
    std::string region;
    std::vector<std::string> zones;
    int nodes = 3;
    int extraPods = 0; ///< Beyond the story's, for large fleets.
    int certificateDays = 300;
    bool hasNodePressure = false;
    bool hasCrashLoop = false;
    bool hasPendingPod = false;
    bool operatorIsAdmin = true; ///< Or may look at all, and change some.
    std::uint64_t seed = 1;
};

/// The three sites of the demo, or more of the same kind.
std::vector<Site> makeSites(int clusters, int nodes, int pods, std::uint64_t seed);

} // namespace demo
