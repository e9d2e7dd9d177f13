// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/streams/log_sources.h"

#include "core/kube/describe/writer.h"
#include "core/kube/go_json.h"

#include <algorithm>

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

} // namespace kube
