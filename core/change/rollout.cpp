// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/rollout.h"

#include <cstdint>
#include <string>

namespace change {

namespace {

using Json = nlohmann::json;

std::int64_t number(const Json& object, const char* path, std::int64_t fallback = 0) {
    const Json value = object.value(Json::json_pointer(path), Json());
    return value.is_number_integer() ? value.get<std::int64_t>() : fallback;
}

std::string text(const Json& object, const char* path) {
    const Json value = object.value(Json::json_pointer(path), Json());
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::string name(const Json& object) {
    return "\"" + text(object, "/metadata/name") + "\"";
}

std::string count(std::int64_t number) {
    return std::to_string(number);
}

RolloutState underWay(std::string text) {
    return {RolloutPhase::UnderWay, std::move(text)};
}

RolloutState complete(std::string text) {
    return {RolloutPhase::Complete, std::move(text)};
}

bool isObserved(const Json& object) {
    return number(object, "/metadata/generation") <= number(object, "/status/observedGeneration");
}

RolloutState ofDeployment(const Json& object) {
    if (!isObserved(object))
        return underWay("Waiting for deployment spec update to be observed...");
    for (const Json& condition : object.value(Json::json_pointer("/status/conditions"), Json::array())) {
        if (text(condition, "/type") == "Progressing" && text(condition, "/reason") == "ProgressDeadlineExceeded")
            return {RolloutPhase::Failed, "deployment " + name(object) + " exceeded its progress deadline"};
    }
    const std::int64_t wanted = number(object, "/spec/replicas", 1);
    const std::int64_t updated = number(object, "/status/updatedReplicas");
    const std::int64_t all = number(object, "/status/replicas");
    const std::int64_t available = number(object, "/status/availableReplicas");
    const std::string waiting = "Waiting for deployment " + name(object) + " rollout to finish: ";
    if (updated < wanted)
        return underWay(waiting + count(updated) + " out of " + count(wanted) + " new replicas have been updated...");
    if (all > updated)
        return underWay(waiting + count(all - updated) + " old replicas are pending termination...");
    if (available < updated)
        return underWay(waiting + count(available) + " of " + count(updated) + " updated replicas are available...");
    return complete("deployment " + name(object) + " successfully rolled out");
}

RolloutState ofDaemonSet(const Json& object) {
    if (text(object, "/spec/updateStrategy/type") != "RollingUpdate")
        return {RolloutPhase::Failed, "rollout status is only available for RollingUpdate strategy type"};
    if (!isObserved(object))
        return underWay("Waiting for daemon set spec update to be observed...");
    const std::int64_t wanted = number(object, "/status/desiredNumberScheduled");
    const std::int64_t updated = number(object, "/status/updatedNumberScheduled");
    const std::int64_t available = number(object, "/status/numberAvailable");
    const std::string waiting = "Waiting for daemon set " + name(object) + " rollout to finish: ";
    if (updated < wanted)
        return underWay(waiting + count(updated) + " out of " + count(wanted) + " new pods have been updated...");
    if (available < wanted)
        return underWay(waiting + count(available) + " of " + count(wanted) + " updated pods are available...");
    return complete("daemon set " + name(object) + " successfully rolled out");
}

RolloutState ofStatefulSet(const Json& object) {
    if (text(object, "/spec/updateStrategy/type") != "RollingUpdate")
        return {RolloutPhase::Failed, "rollout status is only available for RollingUpdate strategy type"};
    if (number(object, "/status/observedGeneration") == 0 || !isObserved(object))
        return underWay("Waiting for statefulset spec update to be observed...");
    const std::int64_t wanted = number(object, "/spec/replicas", 1);
    const std::int64_t ready = number(object, "/status/readyReplicas");
    const std::int64_t updated = number(object, "/status/updatedReplicas");
    if (ready < wanted)
        return underWay("Waiting for " + count(wanted - ready) + " pods to be ready...");
    // kubectl speaks of partitions wherever there is such a block, and the server writes one with partition 0.
    if (object.contains(Json::json_pointer("/spec/updateStrategy/rollingUpdate"))) {
        const std::int64_t toUpdate = wanted - number(object, "/spec/updateStrategy/rollingUpdate/partition", wanted);
        if (updated < toUpdate)
            return underWay("Waiting for partitioned roll out to finish: " + count(updated) + " out of " +
                            count(toUpdate) + " new pods have been updated...");
        return complete("partitioned roll out complete: " + count(updated) + " new pods have been updated...");
    }
    if (text(object, "/status/updateRevision") != text(object, "/status/currentRevision"))
        return underWay("waiting for statefulset rolling update to complete " + count(updated) + " pods at revision " +
                        text(object, "/status/updateRevision") + "...");
    return complete("statefulset rolling update complete " + count(number(object, "/status/currentReplicas")) +
                    " pods at revision " + text(object, "/status/currentRevision") + "...");
}

} // namespace

RolloutState rolloutState(const nlohmann::json& object) {
    const std::string kind = text(object, "/kind");
    if (kind == "Deployment")
        return ofDeployment(object);
    if (kind == "DaemonSet")
        return ofDaemonSet(object);
    if (kind == "StatefulSet")
        return ofStatefulSet(object);
    return {RolloutPhase::Failed, "no rollout status for a " + kind};
}

} // namespace change
