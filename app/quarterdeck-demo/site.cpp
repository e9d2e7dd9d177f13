// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quarterdeck-demo/site.h"

namespace demo {

std::vector<Site> makeSites(int clusters, int nodes, int pods, std::uint64_t seed) {
    std::vector<Site> sites(3);
    sites[0] = {"new-york", "ny", "v1.36.3", "aws", "us-east-1", {"us-east-1a", "us-east-1b", "us-east-1c"}, 12};
    sites[0].certificateDays = 304;
    sites[1] = {"houston", "hou", "v1.35.2", "", "houston", {"rack-h1", "rack-h2"}, 8};
    sites[1].certificateDays = 41;
    sites[1].hasNodePressure = true;
    sites[1].hasCrashLoop = true;
    sites[2] = {"los-angeles", "la", "v1.36.1", "gce", "us-west2", {"us-west2-a", "us-west2-b"}, 6};
    sites[2].certificateDays = 12;
    sites[2].hasPendingPod = true;
    sites[2].operatorIsAdmin = false;
    const std::vector<Site> known = sites;
    while (static_cast<int>(sites.size()) < clusters) {
        Site site = known[sites.size() % known.size()];
        const std::string number = std::to_string(sites.size() - 2);
        site.name = "site-" + number;
        site.shortName = "s" + number;
        sites.push_back(site);
    }
    if (clusters > 0 && clusters < static_cast<int>(sites.size()))
        sites.resize(static_cast<std::size_t>(clusters));
    for (std::size_t i = 0; i < sites.size(); ++i) {
        sites[i].seed = seed * 1000 + i;
        if (nodes > 0)
            sites[i].nodes = nodes;
        sites[i].extraPods = pods;
    }
    return sites;
}

} // namespace demo
