// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/logs/pod_runs.h"

#include "core/kube/describe/writer.h"

namespace logs {

namespace {

using kube::describe::at;
using kube::describe::Json;
using kube::describe::text;

// Node agents that give containers no id still count their restarts.
std::string idOf(const Json& status, std::int64_t restarts) {
    const std::string id = text(at(status, "containerID"));
    return id.empty() ? "run-" + std::to_string(restarts) : id;
}

void readStatus(const Json& status, ContainerRun& run) {
    const Json& count = at(status, "restartCount");
    const std::int64_t restarts = count.is_number_integer() ? count.get<std::int64_t>() : 0;
    const Json& state = at(status, "state");
    if (at(state, "running").is_object()) {
        run.id = idOf(status, restarts);
        run.isRunning = true;
    } else if (const Json& ended = at(state, "terminated"); ended.is_object()) {
        const std::string id = text(at(ended, "containerID"));
        run.id = id.empty() ? idOf(status, restarts) : id;
    }
    const Json& last = at(status, {"lastState", "terminated"});
    if (last.is_object()) {
        const std::string id = text(at(last, "containerID"));
        run.previousId = id.empty() ? "run-" + std::to_string(restarts - 1) : id;
        // Between two runs the log there is is that of the last.
        if (run.id.empty())
            run.id = run.previousId;
        if (run.id == run.previousId)
            run.previousId.clear();
    }
}

void read(const Json& pod, const char* specs, const char* statuses, SourceInfo::Kind kind,
          std::vector<ContainerRun>& runs) {
    const Json& list = at(pod, {"spec", specs});
    const Json& states = at(pod, {"status", statuses});
    if (!list.is_array())
        return;
    for (const Json& container : list) {
        ContainerRun run;
        run.container = text(at(container, "name"));
        run.kind = kind;
        if (states.is_array()) {
            for (const Json& status : states) {
                if (text(at(status, "name")) == run.container)
                    readStatus(status, run);
            }
        }
        runs.push_back(std::move(run));
    }
}

} // namespace

PodRuns podRuns(std::string_view pod) {
    const Json object = Json::parse(pod, nullptr, false);
    const Json& meta = at(object, "metadata");
    PodRuns found;
    found.uid = kube::Uid::fromText(text(at(meta, "uid")), text(at(meta, "namespace")), text(at(meta, "name")));
    const std::string phase = text(at(object, {"status", "phase"}));
    found.isOver = phase == "Succeeded" || phase == "Failed";
    read(object, "initContainers", "initContainerStatuses", SourceInfo::Kind::Init, found.runs);
    read(object, "containers", "containerStatuses", SourceInfo::Kind::Main, found.runs);
    read(object, "ephemeralContainers", "ephemeralContainerStatuses", SourceInfo::Kind::Ephemeral, found.runs);
    return found;
}

} // namespace logs
