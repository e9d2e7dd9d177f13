// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/qdctl/pod_target.h"

#include "app/qdctl/fleet_get.h"
#include "app/qdctl/session.h"
#include "core/kube/describe/writer.h"
#include "core/kube/go_json.h"
#include "core/kube/streams/log_sources.h"
#include "core/kube/streams/pod_order.h"
#include "core/kube/streams/pod_shells.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

namespace qdctl {

namespace {

using kube::describe::at;
using kube::describe::Json;
using kube::describe::text;

constexpr const char* kDefaultContainer = "kubectl.kubernetes.io/default-container";

tl::unexpected<int> failed(const std::string& why) {
    complain(why);
    return tl::unexpected(int(Failed));
}

/// The only answer there is, or why there is none.
tl::expected<ClusterAnswer, int> ask(Session& session, const std::string& context, const GetOptions& options,
                                     const Wanted& wanted) {
    std::vector<ClusterAnswer> answers = askClusters(session, {context}, options, wanted, Depth::Objects);
    ClusterAnswer& answer = answers.front();
    const base::Error* error = answer.error ? &*answer.error : nullptr;
    for (const KindAnswer& part : answer.kinds)
        error = !error && part.error ? &*part.error : error;
    if (error)
        return failed(explain(*error));
    return std::move(answer);
}

/// The pod's JSON, that of a workload's best where a workload is named.
tl::expected<std::string, int> findJson(Session& session, const std::string& context, const PodWords& words,
                                        std::shared_ptr<kube::Transport>& transport) {
    GetOptions options;
    options.ns = words.ns;
    options.kinds = words.pod.find('/') == std::string::npos ? "pods/" + words.pod : words.pod;
    const base::Result<Wanted> wanted = wantedOf(options);
    if (!wanted)
        return failed(wanted.error().message);
    const auto named = ask(session, context, options, *wanted);
    if (!named)
        return tl::unexpected(named.error());
    transport = named->environment.transport;
    const KindAnswer& part = named->kinds.front();
    if (part.objects.empty())
        return failed(part.kind.resource() + " \"" + wanted->names.front() + "\" not found in namespace \"" +
                      named->ns + "\"");
    if (part.kind.group.empty() && part.kind.plural == "pods")
        return part.objects.front().json;
    const auto selector = kube::podSelectorOf(part.objects.front().json);
    if (!selector)
        return failed(selector.error().message);
    GetOptions behind;
    behind.ns = part.objects.front().ns;
    behind.selector = *selector;
    const auto found = ask(session, context, behind, {{"pods"}, {}});
    if (!found)
        return tl::unexpected(found.error());
    const std::vector<kube::ObjectText>& pods = found->kinds.front().objects;
    if (pods.empty())
        return failed("no pod of " + words.pod + " is there");
    Json list = Json::array();
    for (const kube::ObjectText& pod : pods)
        list.push_back(kube::parseGoJson(pod.json).value_or(Json()));
    return pods[kube::attachingOrder(list).front()].json;
}

} // namespace

void describeContainer(PodTarget& target) {
    target.hasTerminal = kube::containerInputOf(target.json, target.container).isTerminal;
    const base::Result<Json> pod = kube::parseGoJson(target.json);
    const Json& ephemeral = pod ? at(*pod, {"spec", "ephemeralContainers"}) : Json();
    target.isEphemeral =
        ephemeral.is_array() && std::any_of(ephemeral.begin(), ephemeral.end(), [&target](const Json& container) {
            return text(at(container, "name")) == target.container;
        });
}

tl::expected<PodTarget, int> findPod(Session& session, const PodWords& words, const char* act) {
    const auto contexts = session.chosen(words.clusters);
    if (!contexts) {
        complain(contexts.error().message);
        return tl::unexpected(int(Usage));
    }
    if (contexts->size() != 1) {
        complain(std::string(act) + " goes to one cluster at a time");
        return tl::unexpected(int(Usage));
    }
    PodTarget target;
    target.context = contexts->front();
    auto json = findJson(session, target.context, words, target.transport);
    if (!json)
        return tl::unexpected(json.error());
    target.json = *std::move(json);
    const base::Result<Json> pod = kube::parseGoJson(target.json);
    if (!pod)
        return failed(pod.error().message);
    target.name = text(at(*pod, {"metadata", "name"}));
    target.ns = text(at(*pod, {"metadata", "namespace"}));
    if (const std::string phase = text(at(*pod, {"status", "phase"})); phase == "Succeeded" || phase == "Failed")
        return failed("cannot " + std::string(act) + (std::string_view(act) == "attach" ? " a" : " into a") +
                      " container in a completed pod; current phase is " + phase);
    std::string wanted = words.container;
    if (wanted.empty())
        wanted = text(at(*pod, {"metadata", "annotations", kDefaultContainer}));
    const auto chosen = kube::logSourcesOf(target.json, wanted, kube::ContainerChoice::One);
    if (!chosen)
        return failed(chosen.error().message);
    for (const std::string& note : chosen->notes) {
        if (!words.quiet)
            std::fprintf(stderr, "%s\n", note.c_str());
    }
    target.container = chosen->sources.front().container;
    describeContainer(target);
    return target;
}

} // namespace qdctl
