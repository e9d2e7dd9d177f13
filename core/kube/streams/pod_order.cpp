// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/pod_order.h"

#include "core/base/text.h"
#include "core/kube/describe/writer.h"
#include "core/kube/go_json.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <tuple>

namespace kube {

namespace {

using describe::at;
using describe::Json;
using describe::text;

std::int64_t earlierFirst(const Json& time) {
    const std::optional<std::int64_t> ms = base::parseTime(text(time));
    return ms && *ms != 0 ? *ms : std::numeric_limits<std::int64_t>::max();
}

/// Of the containers named, or of all.
int mostRestarts(const Json& statuses, const std::vector<std::string>* names) {
    int count = 0;
    if (!statuses.is_array())
        return count;
    for (const Json& status : statuses) {
        const bool counts =
            names == nullptr || std::find(names->begin(), names->end(), text(at(status, "name"))) != names->end();
        if (const Json& number = at(status, "restartCount"); counts && number.is_number_integer())
            count = std::max(count, number.get<int>());
    }
    return count;
}

/// What decides between pods.
struct PodFacts {
    explicit PodFacts(const Json& pod)
        : unassigned(text(at(pod, {"spec", "nodeName"})).empty())
        , phase(text(at(pod, {"status", "phase"})))
        , deletedMs(base::parseTime(text(at(pod, {"metadata", "deletionTimestamp"}))))
        , restarts(mostRestarts(at(pod, {"status", "containerStatuses"}), nullptr))
        , created(earlierFirst(at(pod, {"metadata", "creationTimestamp"}))) {
        if (const Json& conditions = at(pod, {"status", "conditions"}); conditions.is_array()) {
            for (const Json& condition : conditions) {
                if (text(at(condition, "type")) != "Ready" || text(at(condition, "status")) != "True")
                    continue;
                isReady = true;
                readySince = earlierFirst(at(condition, "lastTransitionTime"));
            }
        }
        // Sidecars' restarts count only where the containers' are equal, those of other init containers not at all.
        std::vector<std::string> sidecars;
        if (const Json& list = at(pod, {"spec", "initContainers"}); list.is_array()) {
            for (const Json& container : list) {
                if (text(at(container, "restartPolicy")) == "Always")
                    sidecars.push_back(text(at(container, "name")));
            }
        }
        sidecarRestarts = mostRestarts(at(pod, {"status", "initContainerStatuses"}), &sidecars);
    }

    bool unassigned;
    std::string phase;
    bool isReady = false;
    std::optional<std::int64_t> deletedMs;
    std::int64_t readySince = 0;
    int restarts;
    int sidecarRestarts = 0;
    std::int64_t created;
};

/// Smaller is better.
using Rank = std::tuple<bool, int, bool, std::int64_t, std::int64_t, int, int, std::int64_t>;

Rank loggingRank(const Json& pod) {
    const PodFacts facts(pod);
    const int phase = facts.phase == "Unknown" ? 1 : facts.phase == "Pending" ? 2 : 0;
    return {facts.unassigned, phase,           !facts.isReady,         0,
            facts.readySince, -facts.restarts, -facts.sidecarRestarts, facts.created};
}

Rank attachingRank(const Json& pod) {
    const PodFacts facts(pod);
    const int phase = facts.phase == "Running" ? 0 : facts.phase == "Unknown" ? 1 : 2;
    // One that goes later is better, one that does not is best.
    const std::int64_t going = facts.deletedMs ? -*facts.deletedMs : std::numeric_limits<std::int64_t>::min();
    return {facts.unassigned, phase,          !facts.isReady,        going,
            facts.readySince, facts.restarts, facts.sidecarRestarts, facts.created};
}

std::vector<std::size_t> orderOf(const std::vector<Rank>& ranks) {
    std::vector<std::size_t> order(ranks.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
    return order;
}

} // namespace

std::vector<std::size_t> loggingOrder(const std::vector<std::string>& pods) {
    std::vector<Rank> ranks;
    for (const std::string& pod : pods) {
        const base::Result<Json> object = parseGoJson(pod);
        ranks.push_back(loggingRank(object ? *object : Json()));
    }
    return orderOf(ranks);
}

std::vector<std::size_t> attachingOrder(const nlohmann::json& pods) {
    std::vector<Rank> ranks;
    for (const Json& pod : pods)
        ranks.push_back(attachingRank(pod));
    return orderOf(ranks);
}

} // namespace kube
