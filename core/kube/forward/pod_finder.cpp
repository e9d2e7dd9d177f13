// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kube/forward/pod_finder.h"

#include "core/kube/describe/writer.h"
#include "core/kube/go_json.h"
#include "core/kube/streams/log_sources.h"
#include "core/kube/streams/pod_order.h"
#include "core/kube/watch_requests.h"

#include <algorithm>
#include <utility>

namespace kube {

namespace {

using describe::at;
using describe::Json;
using describe::text;

constexpr std::size_t kMostPods = std::size_t(64) << 20; // bytes of a list of pods

std::string nameOf(const Json& object) {
    return text(at(object, {"metadata", "name"}));
}

bool runs(const Json& pod) {
    return text(at(pod, {"status", "phase"})) == "Running";
}

bool isGoing(const Json& pod) {
    return describe::isSet(at(pod, {"metadata", "deletionTimestamp"}));
}

bool isReady(const Json& pod) {
    const Json& conditions = at(pod, {"status", "conditions"});
    return conditions.is_array() && std::any_of(conditions.begin(), conditions.end(), [](const Json& condition) {
               return text(at(condition, "type")) == "Ready" && text(at(condition, "status")) == "True";
           });
}

base::Error noLivingPod(std::string message) {
    base::Error error;
    error.code = base::ErrorCode::Unreachable;
    error.message = std::move(message);
    error.reason = kNoLivingPod;
    return error;
}

} // namespace

PodFinder::PodFinder(ForwardTarget target, std::vector<ForwardPort> ports, base::Executor& executor)
    : m_target(std::move(target))
    , m_ports(std::move(ports))
    , m_executor(executor) {}

void PodFinder::find(std::shared_ptr<Transport> transport, Handler handler) {
    m_transport = std::move(transport);
    m_handler = std::move(handler);
    ask(m_target.kind.path(m_target.ns, m_target.name), "get", nullptr, &PodFinder::onTarget);
}

void PodFinder::ask(std::string path, const char* verb, const char* resource, void (PodFinder::*then)(nlohmann::json)) {
    ApiRequest request;
    request.target = std::move(path);
    request.verb = verb;
    request.resource = resource ? resource : m_target.kind.resource();
    request.maxBody = kMostPods;
    m_step = m_transport->send(std::move(request), m_executor, [this, then](const base::Result<net::Response>& answer) {
        if (!answer) {
            // The pod chosen before is gone: that is no failure.
            if (answer.error().code == base::ErrorCode::NotFound && then == &PodFinder::onLast)
                listPods();
            else
                finish(base::fail(answer.error()));
            return;
        }
        base::Result<Json> object = parseGoJson(answer->body);
        if (object)
            (this->*then)(std::move(*object));
        else
            finish(base::fail(base::ErrorCode::BadResponse, object.error().message));
    });
}

void PodFinder::onTarget(Json object) {
    m_object = std::move(object);
    if (m_target.kind.kind == "Pod") {
        if (!runs(m_object))
            finish(base::fail(noLivingPod("unable to forward port because pod is not running. Current status=" +
                                          text(at(m_object, {"status", "phase"})))));
        else
            take(m_object);
        return;
    }
    const auto selector = podSelectorOf(m_object.dump());
    if (!selector) {
        finish(base::fail(selector.error()));
        return;
    }
    m_selector = *selector;
    // Lists may be long; the one that served is asked alone.
    if (!m_last.empty() && m_last != m_avoided)
        ask(forwardableKind("pods")->path(m_target.ns, m_last), "get", "pods", &PodFinder::onLast);
    else
        listPods();
}

void PodFinder::onLast(Json pod) {
    if (runs(pod) && isReady(pod) && !isGoing(pod))
        take(pod);
    else
        listPods();
}

void PodFinder::listPods() {
    ask(forwardableKind("pods")->path(m_target.ns) + "?labelSelector=" + queryEscape(m_selector), "list", "pods",
        &PodFinder::onPods);
}

void PodFinder::onPods(Json list) {
    const Json& pods = at(list, "items");
    const Json* best = nullptr;
    const Json* avoided = nullptr;
    if (pods.is_array()) {
        for (const std::size_t i : attachingOrder(pods)) {
            const Json& pod = pods[i];
            if (!runs(pod) || best)
                continue;
            if (nameOf(pod) == m_avoided || isGoing(pod))
                avoided = avoided ? avoided : &pod;
            else
                best = &pod;
        }
    }
    if (const Json* chosen = best ? best : avoided)
        take(*chosen);
    else
        finish(base::fail(noLivingPod("no pod of " + m_target.text() + " is running")));
}

void PodFinder::take(const Json& pod) {
    FoundPod found;
    found.name = nameOf(pod);
    for (const ForwardPort& port : m_ports) {
        const auto number = podPortOf(port, m_object, pod);
        if (!number) {
            finish(base::fail(number.error()));
            return;
        }
        found.ports.push_back(*number);
    }
    if (found.name != m_avoided)
        m_avoided.clear();
    m_last = found.name;
    finish(std::move(found));
}

void PodFinder::finish(base::Result<FoundPod> result) {
    const Handler handler = std::move(m_handler);
    handler(std::move(result));
}

} // namespace kube
