// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/quantity.h"
#include "core/kube/decode/kinds.h"
#include "core/kube/decode/typed_kind.h"
#include "core/kube/decode/workload_facts.h"

#include <algorithm>
#include <vector>

namespace kube::decode {

namespace {

enum PodField : std::uint16_t {
    Ready,
    Status,
    Restarts,
    Restarted,
    Ip,
    NodeName,
    NominatedNode,
    ReadinessGates,
    Phase,
    Qos,
    CpuRequests,
    MemoryRequests,
};

struct Requests {
    std::int64_t milliCpu = 0;
    std::int64_t memory = 0;
    bool hasCpu = false;
    bool hasMemory = false;

    Requests& operator+=(const Requests& other) {
        milliCpu += other.milliCpu;
        memory += other.memory;
        return *this;
    }
    void raiseTo(const Requests& other) {
        milliCpu = std::max(milliCpu, other.milliCpu);
        memory = std::max(memory, other.memory);
    }
};

struct ContainerFacts {
    std::string_view name;
    bool isSidecar = false; // An init container that keeps running.
    Requests requests;
};

struct ContainerStatusFacts {
    std::string_view name;
    std::int64_t restarts = 0;
    bool ready = false;
    bool started = false;
    bool running = false;
    bool waiting = false;
    bool terminated = false;
    std::string_view waitingReason;
    std::string_view terminatedReason;
    std::int64_t exitCode = 0;
    std::int64_t signal = 0;
    std::int64_t lastFinishedMs = 0;
};

struct PodFacts {
    MetaFacts meta;
    std::string_view nodeName;
    std::vector<ContainerFacts> containers;
    std::vector<ContainerFacts> initContainers;
    std::vector<std::string_view> gates;
    Requests overhead;
    Requests podLevel;
    std::string_view phase;
    std::string_view reason;
    std::string_view ip;
    std::string_view firstOfIps;
    std::string_view nominatedNode;
    std::string_view qos;
    std::vector<ConditionFacts> conditions;
    std::vector<ContainerStatusFacts> initStatuses;
    std::vector<ContainerStatusFacts> statuses;

    void clear() {
        meta.clear();
        containers.clear();
        initContainers.clear();
        gates.clear();
        overhead = {};
        podLevel = {};
        nodeName = phase = reason = ip = firstOfIps = nominatedNode = qos = {};
        conditions.clear();
        initStatuses.clear();
        statuses.clear();
    }

    [[nodiscard]] bool isTrue(std::string_view type) const { return decode::isTrue(conditions, type); }
    [[nodiscard]] bool isSidecar(std::string_view name) const {
        // The last of one name counts, as in the server's map.
        const auto known = std::find_if(initContainers.rbegin(), initContainers.rend(),
                                        [name](const ContainerFacts& container) { return container.name == name; });
        return known != initContainers.rend() && known->isSidecar;
    }
};

template <typename Value>
void readRequests(Value& map, Requests& requests) {
    map.quantities([&requests](std::string_view key, std::string_view quantity) {
        if (key == "cpu") {
            requests.milliCpu = base::quantityMilli(quantity).value_or(0);
            requests.hasCpu = true;
        } else if (key == "memory") {
            requests.memory = base::quantityUnits(quantity).value_or(0);
            requests.hasMemory = true;
        }
    });
}

template <typename Value>
void readResources(Value& resources, Requests& requests) {
    resources.fields([&requests](auto& field) {
        if (field.is("requests", 2))
            readRequests(field, requests);
    });
}

template <typename Value>
void readContainer(Value& container, std::vector<ContainerFacts>& out) {
    ContainerFacts& facts = out.emplace_back();
    container.fields([&facts](auto& field) {
        if (field.is("name", 1))
            facts.name = field.text();
        else if (field.is("resources", 8))
            readResources(field, facts.requests);
        else if (field.is("restartPolicy", 24))
            facts.isSidecar = field.text() == "Always";
    });
}

template <typename Value>
void readSpec(Value& spec, PodFacts& pod) {
    spec.fields([&pod](auto& field) {
        if (field.is("containers", 2)) {
            field.each([&pod](auto& item) { readContainer(item, pod.containers); });
        } else if (field.is("initContainers", 20)) {
            field.each([&pod](auto& item) { readContainer(item, pod.initContainers); });
        } else if (field.is("nodeName", 10)) {
            pod.nodeName = field.text();
        } else if (field.is("readinessGates", 28)) {
            field.each([&pod](auto& item) {
                item.fields([&pod](auto& part) {
                    if (part.is("conditionType", 1))
                        pod.gates.push_back(part.text());
                });
            });
        } else if (field.is("overhead", 32)) {
            readRequests(field, pod.overhead);
        } else if (field.is("resources", 40)) {
            readResources(field, pod.podLevel);
        }
    });
}

template <typename Value>
void readTerminated(Value& terminated, ContainerStatusFacts& facts) {
    facts.terminated = true;
    terminated.fields([&facts](auto& part) {
        if (part.is("exitCode", 1))
            facts.exitCode = part.integer();
        else if (part.is("signal", 2))
            facts.signal = part.integer();
        else if (part.is("reason", 3))
            facts.terminatedReason = part.text();
    });
}

template <typename Value>
void readContainerState(Value& state, ContainerStatusFacts& facts) {
    state.fields([&facts](auto& field) {
        if (field.is("waiting", 1)) {
            facts.waiting = true;
            field.fields([&facts](auto& part) {
                if (part.is("reason", 1))
                    facts.waitingReason = part.text();
            });
        } else if (field.is("running", 2)) {
            facts.running = true;
        } else if (field.is("terminated", 3)) {
            readTerminated(field, facts);
        }
    });
}

template <typename Value>
void readContainerStatus(Value& status, std::vector<ContainerStatusFacts>& out) {
    ContainerStatusFacts& facts = out.emplace_back();
    status.fields([&facts](auto& field) {
        if (field.is("name", 1)) {
            facts.name = field.text();
        } else if (field.is("state", 2)) {
            readContainerState(field, facts);
        } else if (field.is("lastState", 3)) {
            field.fields([&facts](auto& state) {
                if (state.is("terminated", 3)) {
                    state.fields([&facts](auto& part) {
                        if (part.is("finishedAt", 6))
                            facts.lastFinishedMs = part.timeMs();
                    });
                }
            });
        } else if (field.is("ready", 4)) {
            facts.ready = field.boolean();
        } else if (field.is("restartCount", 5)) {
            facts.restarts = field.integer();
        } else if (field.is("started", 9)) {
            facts.started = field.boolean();
        }
    });
}

template <typename Value>
void readStatus(Value& status, PodFacts& pod) {
    status.fields([&pod](auto& field) {
        if (field.is("phase", 1)) {
            pod.phase = field.text();
        } else if (field.is("conditions", 2)) {
            field.each([&pod](auto& item) { readCondition(item, 5, pod.conditions); });
        } else if (field.is("reason", 4)) {
            pod.reason = field.text();
        } else if (field.is("podIP", 6)) {
            pod.ip = field.text();
        } else if (field.is("podIPs", 12)) {
            field.each([&pod](auto& item) {
                item.fields([&pod](auto& part) {
                    if (part.is("ip", 1) && pod.firstOfIps.empty())
                        pod.firstOfIps = part.text();
                });
            });
        } else if (field.is("nominatedNodeName", 11)) {
            pod.nominatedNode = field.text();
        } else if (field.is("qosClass", 9)) {
            pod.qos = field.text();
        } else if (field.is("initContainerStatuses", 10)) {
            field.each([&pod](auto& item) { readContainerStatus(item, pod.initStatuses); });
        } else if (field.is("containerStatuses", 8)) {
            field.each([&pod](auto& item) { readContainerStatus(item, pod.statuses); });
        }
    });
}

template <typename Value>
void readObject(Value& object, PodFacts& pod) {
    readUsual(
        object, pod, [&pod](auto& spec) { readSpec(spec, pod); }, [&pod](auto& status) { readStatus(status, pod); });
}

// What the scheduler counts (KEP-753): containers and sidecars together, or the most that an init container needs
// beside the sidecars started before it; then pod-level requests instead where they are set; then overhead.
Requests schedulerRequests(const PodFacts& pod) {
    Requests sum;
    for (const ContainerFacts& container : pod.containers)
        sum += container.requests;
    Requests sidecars;
    Requests initPeak;
    for (const ContainerFacts& container : pod.initContainers) {
        Requests here = sidecars;
        here += container.requests;
        if (container.isSidecar) {
            sum += container.requests;
            sidecars = here;
        }
        initPeak.raiseTo(here);
    }
    sum.raiseTo(initPeak);
    if (pod.podLevel.hasCpu)
        sum.milliCpu = pod.podLevel.milliCpu;
    if (pod.podLevel.hasMemory)
        sum.memory = pod.podLevel.memory;
    sum += pod.overhead;
    return sum;
}

void numbered(std::string& reason, std::string_view prefix, std::int64_t number) {
    reason = prefix;
    base::appendNumber(reason, number);
}

void terminatedReason(std::string& reason, std::string_view prefix, const ContainerStatusFacts& status) {
    reason = prefix;
    if (!status.terminatedReason.empty()) {
        reason += status.terminatedReason;
        return;
    }
    reason += status.signal != 0 ? "Signal:" : "ExitCode:";
    base::appendNumber(reason, status.signal != 0 ? status.signal : status.exitCode);
}

struct Told {
    std::string reason;
    std::int64_t ready = 0;
    std::int64_t restarts = 0;
    std::int64_t restartedMs = 0;
    bool stuck = false; // A container waits for something that will not come by itself, or failed.
};

// Init containers in order until the first that is not through. Returns whether the pod is still initialising.
bool tellInit(const PodFacts& pod, Told& told, std::int64_t& sidecarRestarts, std::int64_t& sidecarRestartedMs) {
    for (std::size_t i = 0; i < pod.initStatuses.size(); ++i) {
        const ContainerStatusFacts& status = pod.initStatuses[i];
        const bool sidecar = pod.isSidecar(status.name);
        told.restarts += status.restarts;
        told.restartedMs = std::max(told.restartedMs, status.lastFinishedMs);
        if (sidecar) {
            sidecarRestarts += status.restarts;
            sidecarRestartedMs = std::max(sidecarRestartedMs, status.lastFinishedMs);
        }
        if (status.terminated && status.exitCode == 0)
            continue;
        if (sidecar && status.started) {
            told.ready += status.ready ? 1 : 0;
            continue;
        }
        if (status.terminated) {
            terminatedReason(told.reason, "Init:", status);
            told.stuck = true;
        } else if (!status.waitingReason.empty() && status.waitingReason != "PodInitializing") {
            told.reason = "Init:";
            told.reason += status.waitingReason;
            told.stuck = true;
        } else {
            numbered(told.reason, "Init:", static_cast<std::int64_t>(i));
            told.reason += '/';
            base::appendNumber(told.reason, static_cast<std::int64_t>(pod.initContainers.size()));
        }
        return true;
    }
    return false;
}

// The containers, last first, so that the first one's word stands in the end.
void tellContainers(const PodFacts& pod, Told& told, int serverMinor) {
    bool hasRunning = false;
    std::string errorReason;
    for (auto status = pod.statuses.rbegin(); status != pod.statuses.rend(); ++status) {
        told.restarts += status->restarts;
        told.restartedMs = std::max(told.restartedMs, status->lastFinishedMs);
        if (!status->waitingReason.empty()) {
            told.reason = status->waitingReason;
            told.stuck = told.stuck ||
                         (status->waitingReason != "ContainerCreating" && status->waitingReason != "PodInitializing");
        } else if (status->terminated) {
            terminatedReason(told.reason, {}, *status);
            if (status->exitCode != 0) {
                errorReason = told.reason;
                told.stuck = true;
            }
        } else if (status->ready && status->running) {
            hasRunning = true;
            ++told.ready;
        }
    }
    if (told.reason != "Completed")
        return;
    // 1.34 and before let a container that ended well hide one that failed.
    const bool namesErrors = serverMinor == 0 || serverMinor >= 35;
    if (hasRunning && pod.isTrue("Ready"))
        told.reason = "Running";
    else if (namesErrors && !errorReason.empty())
        told.reason = errorReason;
    else if (hasRunning)
        told.reason = "NotReady";
}

ObjectState stateOf(const PodFacts& pod, const Told& told, std::int64_t total) {
    if (pod.phase == "Succeeded")
        return ObjectState::Done;
    if (pod.phase == "Failed")
        return ObjectState::Broken;
    if (told.stuck)
        return ObjectState::Broken;
    if (pod.phase == "Pending")
        return ObjectState::Pending;
    if (pod.phase != "Running")
        return ObjectState::Attention;
    return told.ready == total && pod.isTrue("Ready") ? ObjectState::Good : ObjectState::Attention;
}

std::string_view readinessGates(const PodFacts& pod, const Printer& out) {
    if (pod.gates.empty())
        return "<none>";
    const auto open =
        std::count_if(pod.gates.begin(), pod.gates.end(), [&pod](std::string_view gate) { return pod.isTrue(gate); });
    return out.ratio(open, static_cast<std::int64_t>(pod.gates.size()));
}

// pkg/printers/internalversion printPod.
void printRow(PodFacts& pod, const Printer& out) {
    Told told;
    told.reason = orElse(pod.reason, pod.phase);
    for (const ConditionFacts& condition : pod.conditions) {
        if (condition.type == "PodScheduled" && condition.reason == "SchedulingGated")
            told.reason = condition.reason;
    }
    const auto sidecars = std::count_if(pod.initContainers.begin(), pod.initContainers.end(),
                                        [](const ContainerFacts& container) { return container.isSidecar; });
    const std::int64_t total = static_cast<std::int64_t>(pod.containers.size()) + sidecars;
    std::int64_t sidecarRestarts = 0;
    std::int64_t sidecarRestartedMs = 0;
    const bool initialising = tellInit(pod, told, sidecarRestarts, sidecarRestartedMs);
    if (!initialising || pod.isTrue("Initialized")) {
        told.restarts = sidecarRestarts;
        told.restartedMs = sidecarRestartedMs;
        tellContainers(pod, told, out.serverMinor);
    }
    if (pod.meta.isLeaving() && pod.reason == "NodeLost")
        told.reason = "Unknown";
    else if (pod.meta.isLeaving() && pod.phase != "Succeeded" && pod.phase != "Failed")
        told.reason = "Terminating";

    RowBatch& batch = out.batch;
    out.setState(stateOf(pod, told, total));
    batch.setText(Ready, out.ratio(told.ready, total));
    batch.setText(Status, told.reason);
    batch.setNumber(Restarts, told.restarts);
    batch.setTime(Restarted, told.restarts != 0 ? told.restartedMs : 0);
    batch.setText(Ip, orElse(orElse(pod.ip, pod.firstOfIps), "<none>"));
    batch.setText(NodeName, orElse(pod.nodeName, "<none>"));
    batch.setText(NominatedNode, orElse(pod.nominatedNode, "<none>"));
    batch.setText(ReadinessGates, readinessGates(pod, out));
    batch.setText(Phase, pod.phase);
    batch.setText(Qos, pod.qos);
    const Requests requests = schedulerRequests(pod);
    batch.setNumber(CpuRequests, requests.milliCpu);
    batch.setNumber(MemoryRequests, requests.memory);
}

} // namespace

TypedKind podKind() {
    return {
        "",
        "v1",
        "pods",
        {{"ready", FieldType::Text},
         {"status", FieldType::Text},
         {"restarts", FieldType::Number},
         {"restarted", FieldType::Time},
         {"ip", FieldType::Text},
         {"node", FieldType::Text},
         {"nominated-node", FieldType::Text},
         {"readiness-gates", FieldType::Text},
         {"phase", FieldType::Text},
         {"qos", FieldType::Text},
         {"cpu-requests", FieldType::Number},
         {"memory-requests", FieldType::Number}},
        {{kNameColumn,
          {"Ready", CellFormat::Text, SortKind::Ratio, Ready},
          textColumn("Status", Status),
          {"Restarts", CellFormat::CountAgo, SortKind::Number, Restarts, Restarted},
          kAgeColumn,
          {"IP", CellFormat::Text, SortKind::Address, Ip, 0, 1},
          wideColumn("Node", NodeName),
          wideColumn("Nominated Node", NominatedNode),
          {"Readiness Gates", CellFormat::Text, SortKind::Ratio, ReadinessGates, 0, 1}}},
        ReaderOf<PodFacts>::make,
    };
}

} // namespace kube::decode
