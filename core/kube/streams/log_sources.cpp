// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/log_sources.h"

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

struct Containers {
    std::vector<std::string> regular;
    std::vector<std::string> init;
    std::vector<std::string> ephemeral;

    explicit Containers(const Json& pod) {
        read(pod, "containers", regular);
        read(pod, "initContainers", init);
        read(pod, "ephemeralContainers", ephemeral);
    }
    [[nodiscard]] bool has(const std::string& name) const {
        const auto in = [&name](const std::vector<std::string>& names) {
            return std::find(names.begin(), names.end(), name) != names.end();
        };
        return in(regular) || in(init) || in(ephemeral);
    }
    [[nodiscard]] std::string all() const {
        std::string names;
        const auto add = [&names](const std::vector<std::string>& more, const char* what) {
            for (const std::string& name : more)
                names += (names.empty() ? "" : ", ") + name + what;
        };
        add(regular, "");
        add(ephemeral, " (ephem)");
        add(init, " (init)");
        return names;
    }

private:
    static void read(const Json& pod, const char* field, std::vector<std::string>& names) {
        const Json& list = at(pod, {"spec", field});
        if (!list.is_array())
            return;
        for (const Json& container : list)
            names.push_back(text(at(container, "name")));
    }
};

std::string quoted(const std::string& name) {
    return "\"" + name + "\"";
}

// Where the pod itself names none.
std::string chooseContainer(const Json& pod, const std::string& name, const Containers& containers,
                            std::vector<std::string>& notes) {
    const std::string preset = text(at(pod, {"metadata", "annotations", "kubectl.kubernetes.io/default-container"}));
    if (!preset.empty() && containers.has(preset))
        return preset;
    if (!preset.empty())
        notes.push_back("Default container name " + quoted(preset) + " not found in pod " + name);
    const std::string first = containers.regular.empty() ? std::string() : containers.regular.front();
    if (containers.regular.size() > 1 || !containers.init.empty() || !containers.ephemeral.empty())
        notes.push_back("Defaulted container " + quoted(first) + " out of: " + containers.all());
    return first;
}

/// What decides between pods; smaller is better.
using Rank = std::tuple<bool, int, bool, std::int64_t, int, int, std::int64_t>;

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

Rank rankOf(const Json& pod) {
    const std::string phase = text(at(pod, {"status", "phase"}));
    bool isReady = false;
    std::int64_t readySince = 0;
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
    const int restarts = mostRestarts(at(pod, {"status", "containerStatuses"}), nullptr);
    const int sidecarRestarts = mostRestarts(at(pod, {"status", "initContainerStatuses"}), &sidecars);
    return {text(at(pod, {"spec", "nodeName"})).empty(),
            phase == "Unknown"   ? 1
            : phase == "Pending" ? 2
                                 : 0,
            !isReady,
            readySince,
            -restarts,
            -sidecarRestarts,
            earlierFirst(at(pod, {"metadata", "creationTimestamp"}))};
}

} // namespace

base::Result<LogSources> logSourcesOf(std::string_view json, const std::string& container, ContainerChoice choice) {
    const base::Result<Json> pod = parseGoJson(json);
    if (!pod)
        return base::fail(pod.error());
    const std::string name = text(at(*pod, {"metadata", "name"}));
    const std::string ns = text(at(*pod, {"metadata", "namespace"}));
    const Containers containers(*pod);
    LogSources found;
    if (choice == ContainerChoice::All) {
        for (const auto* names : {&containers.init, &containers.regular, &containers.ephemeral}) {
            for (const std::string& each : *names)
                found.sources.push_back({ns, name, each});
        }
        return found;
    }
    const std::string chosen = container.empty() ? chooseContainer(*pod, name, containers, found.notes) : container;
    if (!containers.has(chosen))
        return base::fail(base::ErrorCode::NotFound,
                          "container " + chosen + " is not valid for pod " + name + " out of: " + containers.all());
    found.sources.push_back({ns, name, chosen});
    return found;
}

base::Result<std::string> podSelectorOf(std::string_view json) {
    const base::Result<Json> owner = parseGoJson(json);
    if (!owner)
        return base::fail(owner.error());
    const std::string kind = text(at(*owner, "kind"));
    const Json& selector = at(*owner, {"spec", "selector"});
    const bool isPlain = kind == "Service" || kind == "ReplicationController";
    const bool isOwner =
        kind == "Deployment" || kind == "ReplicaSet" || kind == "StatefulSet" || kind == "DaemonSet" || kind == "Job";
    if (!isPlain && !isOwner)
        return base::fail(base::ErrorCode::Unsupported, "a " + kind + " has no pods of its own to read the logs of");
    const bool isEmpty = !selector.is_object() || selector.empty();
    const std::string found = isEmpty   ? std::string()
                              : isPlain ? describe::mapText(selector)
                                        : describe::selectorText(selector, "");
    // All pods of the namespace are never meant.
    if (found.empty())
        return base::fail(base::ErrorCode::BadInput,
                          kind + " " + text(at(*owner, {"metadata", "name"})) + " selects no pods");
    return found;
}

std::vector<std::size_t> loggingOrder(const std::vector<std::string>& pods) {
    std::vector<Rank> ranks;
    for (const std::string& pod : pods) {
        const base::Result<Json> object = parseGoJson(pod);
        ranks.push_back(rankOf(object ? *object : Json()));
    }
    std::vector<std::size_t> order(pods.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
    return order;
}

} // namespace kube
